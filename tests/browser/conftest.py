"""The fixtures of tests/e2e, and a headless browser: Debian's Chromium."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, async_playwright

from local.stack import Stack
from tests.e2e.conftest import http, new_user, stack, user  # noqa: F401 - fixtures


@pytest.fixture
async def page(stack: Stack) -> AsyncIterator[Page]:  # noqa: F811
    """A page whose base URL is the edge."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            yield await browser.new_page(base_url=stack.settings.edge_url, viewport={"width": 1280, "height": 1100})
        finally:
            await browser.close()
