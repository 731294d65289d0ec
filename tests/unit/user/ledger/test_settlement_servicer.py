"""What the order service is told about a settlement."""

from __future__ import annotations

import uuid
from typing import Any, cast

import grpc
import pytest
from cnop.user.v1 import settlement_service_pb2
from ledger_fakes import FakeLedger, accounts_over

from services.common.rpc.errors import AlreadyExists, InvalidArgument
from services.user.ledger.servicers import SettlementServicer

Request = settlement_service_pb2.SettleTradeRequest
CONTEXT = cast("grpc.aio.ServicerContext[Any, Any]", None)


@pytest.fixture
def ledger() -> FakeLedger:
    """Returns a ledger with an account of 100 dollars."""
    made = FakeLedger()
    made.open("u-1", "100.00")
    return made


def request(side: Request.Side.ValueType, amount: str, fee: str = "") -> Request:
    return Request(
        order_id=str(uuid.uuid4()), user_id="u-1", side=side, asset_id="BTC", quantity="0.5", amount=amount, fee=fee
    )


async def settle(ledger: FakeLedger, wanted: Request) -> str:
    """Settles a trade at a replica without a cache. Returns the cash that is left."""
    answer = await SettlementServicer(accounts_over(ledger)).SettleTrade(wanted, CONTEXT)
    return answer.available_balance


async def test_a_settlement_tells_what_cash_is_left(ledger: FakeLedger) -> None:
    assert await settle(ledger, request(Request.BUY, "60.00", "0.06")) == "39.94"
    assert await settle(ledger, request(Request.SELL, "30.00", "0.03")) == "69.91"


async def test_a_replay_tells_what_cash_is_left_now(ledger: FakeLedger) -> None:
    bought = request(Request.BUY, "60.00", "0.06")
    assert await settle(ledger, bought) == "39.94"
    assert await settle(ledger, request(Request.SELL, "10.00")) == "49.94"
    assert await settle(ledger, bought) == "49.94"


async def test_an_empty_fee_and_one_of_0_are_the_same_request(ledger: FakeLedger) -> None:
    bought = request(Request.BUY, "60.00")
    await settle(ledger, bought)
    bought.fee = "0.00"
    await settle(ledger, bought)
    bought.fee = "0.01"
    with pytest.raises(AlreadyExists):
        await settle(ledger, bought)


async def test_a_sell_cannot_cost_more_than_it_brings(ledger: FakeLedger) -> None:
    with pytest.raises(InvalidArgument):
        await settle(ledger, request(Request.SELL, "0.01", "0.02"))
