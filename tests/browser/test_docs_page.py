"""The API reference in a real browser: it shows every operation, accepts a token, and makes calls."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page, expect

from local.stack import Stack
from tests.e2e.openapi import OPERATIONS
from tests.e2e.users import User


async def authorize(page: Page, token: str) -> None:
    await page.locator(".scheme-container button.authorize").click()
    await page.locator(".auth-container input").fill(token)
    await page.locator(".auth-btn-wrapper button.authorize").click()
    await page.locator(".auth-btn-wrapper button.btn-done").click()


async def test_a_call_is_made_with_the_token(page: Page, stack: Stack, user: User, tmp_path: Path) -> None:
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    await user.deposit("12.34")

    await page.goto("/docs")
    await expect(page.locator(".opblock")).to_have_count(len(OPERATIONS))
    await expect(page.locator(".errors-wrapper, .info .version-pragma__message")).to_have_count(0)

    await authorize(page, user.token)

    balance = page.locator("#operations-AccountService-AccountService_GetBalance")
    await balance.locator(".opblock-summary-control").click()
    await balance.get_by_role("button", name="Execute").click()
    await expect(balance.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    await expect(balance.locator(".live-responses-table")).to_contain_text('"current_balance": "12.34"')
    await page.screenshot(path=tmp_path / "docs.png")

    assert all(url.startswith((stack.settings.edge_url, "data:")) for url in asked), "another site was asked"
    assert not said, "the page's own policy refuses something of it"


async def test_the_example_of_an_order_can_be_sent_as_it_is(page: Page, user: User, tmp_path: Path) -> None:
    await user.deposit("50000.00")
    await page.goto("/docs")
    await authorize(page, user.token)

    order = page.locator("#operations-OrderService-OrderService_CreateOrder")
    await order.locator(".opblock-summary-control").click()
    await order.get_by_role("button", name="Execute").click()
    await expect(order.locator(".live-responses-table")).to_contain_text('"asset_id": "BTC"')
    await order.scroll_into_view_if_needed()
    await page.screenshot(path=tmp_path / "order.png")
    assert await user.quantity("BTC") > 0
