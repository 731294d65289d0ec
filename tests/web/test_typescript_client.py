"""The page of the TypeScript client in a browser: from another origin, by gRPC-Web and REST."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from local.stack import Stack
from tests.clients.pages import served
from tests.clients.typescript import QUANTITIES, build, run

from .packages import Browser

pytestmark = pytest.mark.timeout(400)  # the first test builds the page


@pytest.fixture(scope="module")
def programs() -> Path:
    """The folder with the built programs and page."""
    return build()


def use_page(browser: Browser, programs: Path, page: str, stack: Stack) -> Any:
    """Uses the page as a person would, and returns what it shows after each step."""
    address = f"{page}?edge={stack.settings.edge_url}"
    return json.loads(run("node", str(programs / "drive.js"), browser.path, address, env=browser.env))


@pytest.fixture(scope="module")
def told(browser: Browser, programs: Path, stack: Stack) -> Any:
    """What the page shows, served from another origin that the edge allows."""
    [origin] = stack.settings.allowed_origins
    with served(programs / "web", urlsplit(origin).port or 0) as page:
        assert page == origin
        return use_page(browser, programs, page, stack)


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


def test_a_page_from_an_origin_that_is_not_allowed_reads_nothing(
    browser: Browser, programs: Path, stack: Stack
) -> None:
    with served(programs / "web") as page:
        told = use_page(browser, programs, page, stack)
    assert told["signedIn"] == "UNAVAILABLE: the edge cannot be reached"
    assert any("blocked by CORS policy" in error for error in told["errors"])
