"""The whole system with the page, started once for all tests of this package, and the browser."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from local import ports
from local.stack import Stack
from tests.e2e.books import problems
from tests.e2e.conftest import errors_in_logs

from . import packages, system
from .packages import Browser, MissingError


@pytest.fixture(scope="session")
async def stack(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    """Runs the system with the page. At the end its books must balance, and its logs must contain no errors."""
    folder = tmp_path_factory.mktemp("logs")
    [page_port] = ports.claim(1)  # for tests that serve a page of their own
    async with system.system(folder, allowed_origins=(f"http://localhost:{page_port}",)) as stack:
        yield stack
        assert not await problems(stack.settings)
    assert not list(errors_in_logs(folder))


@pytest.fixture(scope="session")
def browser() -> Browser:
    """The browser of the tests. Without one they fail, and say what is missing."""
    try:
        return packages.browser()
    except MissingError as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
async def variables(
    stack: Stack, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, str]]:
    """The variables with which tests run in Node."""
    async with system.environment(stack) as variables:
        yield {**variables, "CNOP_PAGE_ARTIFACTS": str(tmp_path_factory.mktemp("pictures"))}
