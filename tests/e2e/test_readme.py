"""The commands of the README work as described."""

from __future__ import annotations

import pytest

from local.paths import ROOT
from local.stack import Stack

from .recipes import answers_in, in_this_run, run, sections


def snippet(heading: str, number: int) -> str:
    """Returns a block of shell commands in a section of the README."""
    return sections(ROOT / "README.md")[heading][number]


@pytest.mark.parametrize(("number", "total", "cash"), [(0, "total_value", "cash"), (1, "totalValue", "cash")])
async def test_the_first_trade_of_the_readme_ends_with_a_portfolio(
    stack: Stack, number: int, total: str, cash: str
) -> None:
    out = await run(in_this_run(stack, snippet("A first trade", number)))
    portfolio = answers_in(out)[-1]
    assert portfolio[total] == "10000.00"
    assert portfolio[cash] == "5000.00"
    assert portfolio["holdings"][0]["quantity"] == "0.05"


async def test_the_operator_calls_the_services_at_their_own_ports(stack: Stack) -> None:
    trade = snippet("A first trade", 1).splitlines()
    names = [line for line in trade if "Register" not in line][:2]  # the shell function and the sign-in
    ports = snippet("The services' own ports", 0)
    out = await run(in_this_run(stack, "\n".join([*names, ports])))
    assert "cnop.inventory.v1.StockService" in out
    assert "rpc ListAssets" in out
    assert '"currency": "USD"' in out


async def test_an_admin_can_do_what_the_readme_says(stack: Stack) -> None:
    register = snippet("A first trade", 0).splitlines()[:2]  # another test may not have registered the user yet
    make_admin = snippet("Administration", 0)
    output = await run(in_this_run(stack, "\n".join([*register, make_admin])))
    assert "ada is an admin" in output
    out = await run(in_this_run(stack, snippet("Administration", 1)))
    created, restocked, opened, priced, users, trail = answers_in(out)
    assert created["asset_id"] == "NEW"
    assert restocked["available_quantity"] == "5000"
    assert opened["is_active"]
    assert priced["price_usd"] == "2.75"
    assert "users" in users
    assert [event["event"] for event in trail["events"]][:2] == ["ASSET_PRICED", "ASSET_PRICED"]
