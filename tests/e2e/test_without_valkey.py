"""Trading while Valkey is away: prices come through the inventory table, once a second."""

from __future__ import annotations

from collections.abc import AsyncIterator
from signal import SIGKILL

import pytest

from local.stack import Stack, StackSettings, running

from .conftest import CHEAP_PASSWORDS, client_of
from .rest import Refusal
from .users import User, register

FRAMES = 10  # prices that orders are filled at during the outage, and after it
BUY = {"side": "BUY", "asset_id": "ADA", "quantity": "2"}


@pytest.fixture
async def market(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    settings = StackSettings.on_free_ports(
        log_dir=tmp_path_factory.mktemp("logs"), service_env=CHEAP_PASSWORDS, prices="simulated"
    )
    async with running(settings) as stack:
        yield stack


@pytest.fixture
async def trader(market: Stack) -> AsyncIterator[User]:
    async with client_of(market.settings) as client:
        user = await register(client)
        await user.deposit("10000.00")
        yield user


async def trade(trader: User, least: int) -> int:
    """Buys until orders were filled at several prices. Returns the number of the last frame.

    Orders may be refused only while no price is known yet, before the first is filled.
    """
    seqs = [least]
    while len(seqs) <= FRAMES:
        outcome = await trader.outcome(BUY)
        if isinstance(outcome, Refusal):
            assert (outcome.reason, len(seqs)) == ("PRICES_UNAVAILABLE", 1), outcome
        elif (seq := int(outcome["price_seq"])) != seqs[-1]:
            seqs.append(seq)
    assert seqs == sorted(seqs)
    return seqs[-1]


async def test_orders_are_filled_while_valkey_is_away(market: Stack, trader: User) -> None:
    last = await trade(trader, 0)
    market["valkey"].signal(SIGKILL)
    await market["valkey"].wait()
    last = await trade(trader, last)
    await market.start_one("valkey")
    await trade(trader, last)
