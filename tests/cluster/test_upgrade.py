"""An upgrade from an earlier revision of the chart, under load. It comes last: it installs the release anew."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import httpx
import pytest

from local.paths import ROOT
from tests.e2e.users import register

from . import kube, release
from .conftest import PEOPLE
from .paths import CHART
from .shell import run, wait_for
from .traffic import check, report, traffic


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """Returns the chart as it was before the last change of what it installs, or at the revision CNOP_CHART_FROM.

    The stores must be the same: they have one replica here, and no volume, so a new pod begins without tables.
    """
    path = str(CHART.relative_to(ROOT))
    parts = (f"{path}/templates", f"{path}/values.yaml")
    changes = run("git", "-C", ROOT, "log", "--format=%H", "--max-count=2", "--", *parts).split()
    revision = os.environ.get("CNOP_CHART_FROM") or changes[-1]
    archive = tmp_path / "chart.tar"
    run("git", "-C", ROOT, "archive", f"--output={archive}", revision, path)
    run("tar", "--extract", "--file", archive, "--directory", tmp_path)
    print(f"\nfrom the chart of {revision[:10]}")
    return tmp_path / path


@pytest.mark.timeout(1500)
async def test_no_call_fails_while_an_earlier_revision_of_the_chart_is_upgraded(earlier: Path) -> None:
    kube.helm("uninstall", release.RELEASE, "--namespace", release.NAMESPACE, "--ignore-not-found", "--wait")
    wait_for("no pod runs", lambda: not _running(), 120)
    await asyncio.to_thread(release.install, earlier)

    address = f"{release.service_ip('edge')}:80"
    async with httpx.AsyncClient(base_url=f"http://{address}", timeout=20.0, trust_env=False) as http:
        users = [await register(http) for _ in range(PEOPLE)]
        async with traffic(address, users) as tally:
            # A changed annotation replaces every pod, also if the revisions differ in nothing that does.
            await asyncio.to_thread(release.install, CHART, defaults={"podAnnotations": {"upgraded": "true"}})
            await asyncio.sleep(10)
        report("an upgrade", tally)

    check(tally)


def _running() -> list[str]:
    """Returns the pods that have not ended; that of `helm test` stays when it has."""
    pods = kube.items("pods", "--namespace", release.NAMESPACE)
    return [pod["metadata"]["name"] for pod in pods if pod["status"]["phase"] not in ("Succeeded", "Failed")]
