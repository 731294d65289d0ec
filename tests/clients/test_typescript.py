"""The TypeScript client: in Node by gRPC and REST, in a browser by gRPC-Web and REST."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.paths import ROOT
from local.stack import Stack

from .conftest import need
from .pages import served
from .programs import NPM_CI

CLIENT = ROOT / "clients" / "ts"
SECONDS_MAX = 100


QUANTITIES = ["10", "2", "2.5"]


def run(*command: str) -> str:
    """Runs a command in the client's folder and returns its output. Fails with the output if the command fails."""
    done = subprocess.run(
        command, cwd=CLIENT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=SECONDS_MAX, check=False
    )
    said = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    assert done.returncode == 0, said
    return done.stdout


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder with the built programs and page, as the README says."""
    need("npm")
    run(*NPM_CI)
    run("npm", "run", "build")
    return CLIENT / "dist"


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium")
    if found is None:
        pytest.fail("chromium is missing: install it (Debian: apt-get install chromium)", pytrace=False)
    return found


def use_page(chromium: str, programs: Path, page: str, stack: Stack) -> Any:
    """Uses the page as a person would, and returns what it shows after each step."""
    return json.loads(run("node", str(programs / "drive.js"), chromium, f"{page}?edge={stack.settings.edge_url}"))


@pytest.mark.usefixtures("programs")
def test_it_agrees_with_the_openapi_document_its_types_its_style_and_its_own_tests() -> None:
    run("npm", "run", "check")
    run("npm", "test")


def test_its_lock_file_names_no_registry() -> None:
    packages = json.loads((CLIENT / "package-lock.json").read_text())["packages"]
    resolved = {name: package["resolved"] for name, package in packages.items() if "resolved" in package}
    assert resolved == {"node_modules/@cnop/contracts": "file:../../gen/ts"}
    assert all("integrity" in package for name, package in packages.items() if name and name not in resolved)


@pytest.mark.parametrize("name", ["node", "rest"])
def test_a_program_trades_pages_and_handles_errors(programs: Path, stack: Stack, name: str) -> None:
    said = run("node", str(programs / f"{name}.js"), stack.settings.edge_url).splitlines()
    assert re.fullmatch(rf"signed in as {name}_\w+", said[0])
    assert said[1] == "deposited 1000.00, the balance is 1000.00"  # two deposits with the same request id
    assert re.fullmatch(r"10 ADA at [\d.]+ would cost [\d.]+(; obstacles: none)?", said[2])
    assert re.fullmatch(r"ADA is at [\d.]+", said.pop(3))
    bought = [re.fullmatch(r"bought (\S+ ADA for [\d.]+): COMPLETED", line) for line in said[3:6]]
    assert [match and match[1].split()[0] for match in bought] == QUANTITIES
    assert said[6:9] == [f"order of {match and match[1]}" for match in reversed(bought)]
    assert re.fullmatch(r"refused: deposit more: [\d.]+ USD needed, but only [\d.]+ USD available; .+", said[9])
    assert "quantity must be a string of a number above 0" in said[10]
    assert said[11:] == ["refused: sign in first"]


def test_a_program_says_that_there_is_no_edge(programs: Path) -> None:
    for name in ("node", "rest"):
        command = ["node", str(programs / f"{name}.js"), "http://127.0.0.1:1"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("UNAVAILABLE: ")


@pytest.fixture(scope="module")
def told(chromium: str, programs: Path, stack: Stack) -> Any:
    """What the page shows, served from another origin that the edge allows."""
    [origin] = stack.settings.allowed_origins
    with served(programs / "web", urlsplit(origin).port or 0) as page:
        assert page == origin
        return use_page(chromium, programs, page, stack)


def test_a_page_from_another_origin_trades_and_pages_by_grpc_web_and_rest(told: Any) -> None:
    assert told["signedIn"].startswith("signed in as web_")
    assert told["assets"] >= 100
    assert told["deposited"] == "deposited 1000.00, the balance is 1000.00"
    assert re.fullmatch(r"at [\d.]+ it would cost [\d.]+; obstacles: none", told["previewed"])
    bought = [re.fullmatch(r"bought (\S+) ADA for ([\d.]+)", said) for said in told["bought"]]
    assert [match and match[1] for match in bought] == QUANTITIES
    orders = [f"BUY\t{match[1]} ADA\t{match[2]}\tCOMPLETED" for match in reversed(bought) if match]
    assert (told["firstPage"], told["allPages"]) == (orders[:2], orders)
    # Chromium logs every 400 to its console; the quantity of -1 got one, by REST.
    assert [error for error in told["errors"] if "status of 400" not in error] == []


def test_a_page_reads_the_reason_of_an_error_the_fields_at_fault_and_the_id_of_the_request(told: Any) -> None:
    assert re.fullmatch(r"FAILED_PRECONDITION \(INSUFFICIENT_FUNDS\): .* \[request [0-9a-f]{32}\]", told["tooMuch"])
    for said in (told["noQuantity"]["buy"], told["noQuantity"]["preview"]):  # by gRPC-Web and by REST
        assert re.fullmatch(r"INVALID_ARGUMENT \(INVALID_FIELD\): quantity must be .* \[request [0-9a-f]{32}\]", said)


def test_a_page_reads_from_the_edge_when_to_try_again(told: Any) -> None:
    *wrong, limited = told["guesses"]
    assert all(said.startswith("UNAUTHENTICATED (BAD_CREDENTIALS): ") for said in wrong)
    assert re.match(r"RESOURCE_EXHAUSTED \(RATE_LIMITED\): .*, again in 1 s \[request ", limited)


def test_a_page_from_an_origin_that_is_not_allowed_reads_nothing(chromium: str, programs: Path, stack: Stack) -> None:
    with served(programs / "web") as page:
        told = use_page(chromium, programs, page, stack)
    assert told["signedIn"] == "UNAVAILABLE: the edge cannot be reached"
    assert any("blocked by CORS policy" in error for error in told["errors"])
