"""The system of compose.yaml, in containers: make test-compose."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from containers import compose
from edge_config.page import SECURITY_HEADERS
from local.paths import ROOT
from tests.compose.engine import TAG, Engine
from tests.e2e.recipes import answers_in, run, sections

pytestmark = pytest.mark.timeout(900)  # the first test builds the images

# What the engine itself writes into a container.
ENGINE_FILES = ("/etc", "/run", "/dev", "/proc", "/sys")


@pytest.mark.parametrize(
    ("number", "names"),
    [(0, ("total_amount", "holdings_value", "total_value")), (1, ("totalAmount", "holdingsValue", "totalValue"))],
    ids=["by REST", "by gRPC"],
)
async def test_the_first_trade_of_the_readme_works_in_containers(
    edge_url: str, number: int, names: tuple[str, str, str]
) -> None:
    trade = sections(ROOT / "README.md")["A first trade"][number]
    *_, order, portfolio = answers_in(await run(trade.replace("localhost:8080", edge_url)))
    amount, holdings, total = names
    assert order["status"] == "COMPLETED"
    assert portfolio["holdings"][0]["quantity"] == "0.05"
    # The market moves, so the price is not known before.
    cash = Decimal(portfolio["cash"])
    assert cash == Decimal("10000.00") - Decimal(order[amount]) - Decimal(order["fee"])
    assert Decimal(portfolio[total]) == cash + Decimal(portfolio[holdings])


async def test_the_api_reference_comes_with_the_image(edge_url: str) -> None:
    page = await run(f"curl --fail --silent http://{edge_url}/docs")
    [bundle] = [part for part in page.split('"') if part.endswith("swagger-ui-bundle.js")]
    assert len(await run(f"curl --fail --silent http://{edge_url}{bundle}")) > 1_000_000


@pytest.mark.parametrize("path", ["/", "/trade/BTC"])
def test_the_web_client_comes_with_the_image_and_its_policy(edge_url: str, path: str) -> None:
    headers = {"accept": "text/html", "accept-encoding": "gzip"}
    with httpx.Client(base_url=f"http://{edge_url}", headers=headers, trust_env=False) as http:
        page = http.get(path)
        assert page.status_code == httpx.codes.OK
        assert page.headers.items() >= SECURITY_HEADERS.items()
        assert '<div id="root">' in page.text
        files = [part for part in page.text.split('"') if part.startswith("/assets/")]
        assert {Path(file).suffix for file in files} >= {".js", ".css"}
        for file in files:
            answer = http.get(file)
            assert answer.status_code == httpx.codes.OK
            assert answer.headers["content-encoding"] == "gzip"  # copies of the image: the edge compresses nothing
            assert answer.content
        assert http.get("/assets/of-no-release.js").status_code == httpx.codes.NOT_FOUND


def test_a_changed_limit_needs_no_restart(edge_url: str, limits: Path) -> None:
    before = limits.read_text()
    limits.write_text(before.replace('"3000/minute"', '"2900/minute"'))
    while limit_of_reads(edge_url) != "2900":
        time.sleep(0.5)
    limits.write_text(before)


def limit_of_reads(edge_url: str) -> str:
    """Returns the limit of reads without a token."""
    answer = httpx.get(f"http://{edge_url}/api/v1/inventory/assets/BTC", trust_env=False)
    return str(answer.headers["x-ratelimit-limit"])


@pytest.mark.parametrize("name", compose.PROCESSES)
def test_a_process_has_no_privileges_and_writes_nothing(engine: Engine, edge_url: str, name: str) -> None:
    [container] = engine.run(
        "ps", "--quiet", "--filter", "label=com.docker.compose.project=cnop-test",
        "--filter", f"label=com.docker.compose.service={name}",
    ).split()  # fmt: skip
    status = engine.run("exec", container, "python", "-c", "print(open('/proc/1/status').read())")
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert set(fields["Uid"].split()) == {"65532"}
    assert int(fields["CapEff"], 16) == int(fields["CapBnd"], 16) == 0
    assert fields["NoNewPrivs"].strip() == "1"
    [details] = json.loads(engine.run("inspect", container))
    assert details["HostConfig"]["ReadonlyRootfs"]
    changed = [line.split()[1] for line in engine.run("diff", container).splitlines() if line]
    assert [path for path in changed if not path.startswith(ENGINE_FILES)] == []


@pytest.mark.parametrize(("image", "limit_mb"), [("cnop-services", 130), ("cnop-edge", 120)])
def test_the_layers_on_top_of_the_base_are_small(engine: Engine, image: str, limit_mb: int) -> None:
    size = engine.layers_mb(f"{image}:{TAG}")
    print(f"{image}: {size:.1f} MB on top of the base")
    assert size <= limit_mb
