"""Money, holdings and stock under concurrent calls: each effect happens once, and the books balance."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from decimal import ROUND_CEILING, Decimal

import httpx
import pytest
from cnop.order.v1 import order_service_pb2, order_service_pb2_grpc
from google.protobuf.json_format import ParseDict

from local.stack import Stack

from .books import problems
from .rest import Json, Refusal, Rest, answer, refusal
from .rpc import Channels, bearer
from .users import User, registration, request_id

NewUser = Callable[..., Awaitable[User]]

DEPOSIT, WITHDRAW, ORDERS = "/api/v1/balance/deposit", "/api/v1/balance/withdraw", "/api/v1/orders"


@pytest.fixture(autouse=True)
async def balanced(stack: Stack) -> AsyncIterator[None]:
    """Checks after each test that the books balance."""
    yield
    assert not await problems(stack.settings)


def reasons(outcomes: Iterable[Json | Refusal]) -> Counter[str]:
    """Counts the outcomes: statuses and reasons of refusals. None may be a server error."""
    found: Counter[str] = Counter()
    for outcome in outcomes:
        if isinstance(outcome, Refusal):
            assert outcome.status < 500, outcome
            found[outcome.reason] += 1
        else:
            found[outcome["status"]] += 1
    return found


def outcome(response: httpx.Response) -> Json | Refusal:
    return answer(response) if response.status_code == 200 else refusal(response)


async def stock(rest: Rest, asset_id: str) -> Decimal:
    return Decimal((await rest.get(f"/api/v1/inventory/assets/{asset_id}"))["available_quantity"])


async def test_32_concurrent_deposits_all_succeed_and_the_balance_is_exact(user: User) -> None:
    amounts = [Decimal("100.01") + number for number in range(32)]
    deposits = await asyncio.gather(*(user.deposit(str(amount)) for amount in amounts))
    assert len({deposit["transaction_id"] for deposit in deposits}) == 32
    assert await user.cash() == sum(amounts)
    assert max(Decimal(deposit["balance_after"]) for deposit in deposits) == sum(amounts)
    [ledger] = await user.pages("/api/v1/balance/transactions", "transactions", page_size=200)
    assert sorted(Decimal(entry["amount"]) for entry in ledger) == amounts


async def test_64_concurrent_buys_with_cash_for_20_are_20_orders_and_44_refusals(user: User) -> None:
    price = Decimal((await user.get("/api/v1/inventory/assets/AVAX"))["price_usd"])
    cash = 20 * (price * 2).quantize(Decimal("0.01"), ROUND_CEILING) + Decimal("0.99")
    before = await stock(user, "AVAX")
    await user.deposit(f"{cash:.2f}")
    order = {"side": "BUY", "asset_id": "AVAX", "quantity": "2"}
    outcomes = await asyncio.gather(*(user.outcome(order) for _ in range(64)))
    assert reasons(outcomes) == {"COMPLETED": 20, "INSUFFICIENT_FUNDS": 44}
    assert await user.cash() == Decimal("0.99")
    assert await user.quantity("AVAX") == 40
    assert await stock(user, "AVAX") == before - 40
    ledger = await user.pages("/api/v1/balance/transactions", "transactions")
    assert Counter(entry["transaction_type"] for page in ledger for entry in page) == {
        "DEPOSIT": 1,
        "ORDER_PAYMENT": 20,
    }
    completed = await user.pages("/api/v1/orders", "orders", status="COMPLETED")
    assert sum(len(page) for page in completed) == 20


async def test_concurrent_sells_never_exceed_the_holding(user: User) -> None:
    await user.deposit("10000.00")
    bought = await user.buy("LINK", "10")
    before = await stock(user, "LINK")
    order = {"side": "SELL", "asset_id": "LINK", "quantity": "1"}
    outcomes = await asyncio.gather(*(user.outcome(order) for _ in range(24)))
    assert reasons(outcomes) == {"COMPLETED": 10, "INSUFFICIENT_HOLDINGS": 14}
    assert await user.quantity("LINK") == 0
    assert await stock(user, "LINK") == before + 10
    sold = [one for one in outcomes if not isinstance(one, Refusal)]
    proceeds = sum(Decimal(order["total_amount"]) for order in sold)
    assert await user.cash() == 10_000 - Decimal(bought["total_amount"]) + proceeds


async def test_concurrent_withdrawals_never_exceed_the_balance(user: User) -> None:
    await user.deposit("100.00")
    responses = await asyncio.gather(*(user.send("POST", WITHDRAW, {"amount": "10.00"}) for _ in range(32)))
    outcomes = [outcome(response) for response in responses]
    assert reasons(outcomes) == {"COMPLETED": 10, "INSUFFICIENT_FUNDS": 22}
    assert await user.cash() == 0


async def test_concurrent_deposits_do_not_exceed_the_daily_limit(user: User) -> None:
    responses = await asyncio.gather(*(user.send("POST", DEPOSIT, {"amount": "150000.00"}) for _ in range(16)))
    assert reasons(outcome(response) for response in responses) == {"COMPLETED": 6, "DAILY_LIMIT_REACHED": 10}
    assert await user.cash() == 900_000


async def test_the_last_stock_of_an_asset_is_sold_to_as_many_buyers_as_it_covers(
    new_user: NewUser, guest: Rest
) -> None:
    asset = await guest.get("/api/v1/inventory/assets/ENJ")
    lot = "13000000"
    covered = int(Decimal(asset["available_quantity"]) // Decimal(lot))
    buyers = await asyncio.gather(*(new_user() for _ in range(covered + 5)))
    await asyncio.gather(*(buyer.deposit("1000000.00") for buyer in buyers))
    order = {"side": "BUY", "asset_id": "ENJ", "quantity": lot}
    outcomes = await asyncio.gather(*(buyer.outcome(order) for buyer in buyers))
    assert reasons(outcomes) == {"COMPLETED": covered, "OUT_OF_STOCK": 5}
    assert await stock(guest, "ENJ") == Decimal(asset["available_quantity"]) - covered * Decimal(lot)
    for buyer, result in zip(buyers, outcomes, strict=True):
        paid = 0 if isinstance(result, Refusal) else Decimal(result["total_amount"])
        assert await buyer.cash() == 1_000_000 - paid
        assert await buyer.quantity("ENJ") == (0 if isinstance(result, Refusal) else Decimal(lot))


async def test_concurrent_trades_of_many_users_add_up(new_user: NewUser, guest: Rest) -> None:
    before = await stock(guest, "DOT")
    users = await asyncio.gather(*(new_user() for _ in range(8)))

    async def trade(user: User) -> None:
        await user.deposit("1000.00")
        await asyncio.gather(*(user.buy("DOT", "1.5") for _ in range(4)))
        await asyncio.gather(*(user.sell("DOT", "0.5") for _ in range(4)))

    await asyncio.gather(*(trade(user) for user in users))
    assert [await user.quantity("DOT") for user in users] == [4] * 8
    assert await stock(guest, "DOT") == before - 32


async def test_20_concurrent_replays_of_an_order_are_one_order_with_equal_responses(user: User) -> None:
    await user.deposit("1000.00")
    order = {"side": "BUY", "asset_id": "XRP", "quantity": "7", "request_id": request_id()}
    answers = await asyncio.gather(*(user.outcome(order) for _ in range(20)))
    assert all(one == answers[0] for one in answers)
    assert await user.quantity("XRP") == 7
    assert (await user.get(ORDERS))["orders"] == [answers[0]]
    assert await user.outcome(order) == answers[0]


async def test_one_request_sent_concurrently_by_rest_and_grpc_is_one_order(user: User, channels: Channels) -> None:
    await user.deposit("1000.00")
    order = {"side": "BUY", "asset_id": "XRP", "quantity": "3", "request_id": request_id()}
    message = ParseDict(order, order_service_pb2.CreateOrderRequest())
    native = [
        order_service_pb2_grpc.OrderServiceStub(channels[where]).CreateOrder(message, metadata=bearer(user.token))
        for where in ("edge", "order") * 4
    ]
    over_rest, *over_grpc = await asyncio.gather(user.outcome(order), *native)
    assert {answer.order_id for answer in over_grpc} == {over_rest["order_id"]}
    assert await user.quantity("XRP") == 3


@pytest.mark.parametrize(("path", "left"), [(DEPOSIT, "62.50"), (WITHDRAW, "37.50")])
async def test_20_concurrent_replays_of_a_deposit_or_withdrawal_have_one_effect(
    user: User, path: str, left: str
) -> None:
    await user.deposit("50.00")
    body = {"amount": "12.50", "request_id": request_id()}
    answers = await asyncio.gather(*(user.post(path, body) for _ in range(20)))
    assert all(one == answers[0] for one in answers)
    assert await user.cash() == Decimal(left)
    assert await user.post(path, {**body, "amount": "12.5"}) == answers[0]


async def test_a_reused_request_id_with_another_body_is_refused(user: User) -> None:
    await user.deposit("1000.00")
    order = {"side": "BUY", "asset_id": "ADA", "quantity": "5", "request_id": request_id()}
    first = await user.outcome(order)
    assert not isinstance(first, Refusal)
    for change in ({"quantity": "6"}, {"side": "SELL"}, {"asset_id": "XRP"}, {"limit_price": "9999"}):
        refused = await user.refused("POST", ORDERS, order | change)
        assert (refused.status, refused.code, refused.reason) == (409, 6, "IDEMPOTENCY_KEY_REUSED"), change
    assert await user.outcome(order | {"quantity": "5.000", "type": "MARKET"}) == first
    assert await user.quantity("ADA") == 5

    for path, other in ((DEPOSIT, WITHDRAW), (WITHDRAW, DEPOSIT)):
        body = {"amount": "1.00", "request_id": request_id()}
        await user.post(path, body)
        refused = await user.refused("POST", path, body | {"amount": "1.01"})
        assert (refused.status, refused.reason) == (409, "IDEMPOTENCY_KEY_REUSED")
        refused = await user.refused("POST", other, body)
        assert (refused.status, refused.reason) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert await user.cash() == 1000 - Decimal(first["total_amount"])


async def test_of_concurrent_orders_with_one_request_id_one_is_created(user: User) -> None:
    await user.deposit("1000.00")
    same = request_id()
    orders = [{"side": "BUY", "asset_id": "DOT", "quantity": str(n), "request_id": same} for n in range(1, 11)]
    outcomes = await asyncio.gather(*(user.outcome(order) for order in orders))
    assert reasons(outcomes) == {"COMPLETED": 1, "IDEMPOTENCY_KEY_REUSED": 9}
    [made] = [one for one in outcomes if not isinstance(one, Refusal)]
    assert await user.quantity("DOT") == Decimal(made["quantity"])


async def test_the_header_idempotency_key_sets_the_request_id(user: User) -> None:
    key = request_id()
    first = await user.post(DEPOSIT, {"amount": "100.00"}, idempotency_key=key)
    assert await user.post(DEPOSIT, {"amount": "100.00"}, idempotency_key=key) == first
    assert await user.deposit("100.00", request_id=key) == first
    assert await user.cash() == 100

    key = request_id()
    order = {"side": "BUY", "asset_id": "DOT", "quantity": "1"}
    made = await user.post(ORDERS, order, idempotency_key=key)
    assert made["request_id"] == key
    assert await user.post(ORDERS, order, idempotency_key=key) == made
    assert await user.post(ORDERS, {**order, "request_id": key}, idempotency_key=f'"{key}"') == made
    assert await user.quantity("DOT") == 1


async def test_an_effect_with_two_request_ids_does_not_happen(user: User) -> None:
    await user.deposit("100.00")
    one, other = request_id(), request_id()
    for path, body in ((DEPOSIT, {"amount": "1.00"}), (ORDERS, {"side": "BUY", "asset_id": "DOT", "quantity": "1"})):
        for headers, given in (
            ([("idempotency-key", one), ("idempotency-key", other)], {}),
            ([("idempotency-key", one)], {"request_id": other}),
        ):
            signed = [("authorization", f"Bearer {user.token}"), *headers]
            refused = refusal(await user.http.post(path, json=body | given, headers=signed))
            assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", ("request_id",))
            assert "must be the same in the request and in each header Idempotency-Key" in refused.message
    assert await user.cash() == 100


async def test_a_refused_order_stays_refused_for_its_request_id_after_a_deposit(user: User) -> None:
    order = {"side": "BUY", "asset_id": "ETH", "quantity": "1", "request_id": request_id()}
    first = await user.outcome(order)
    assert isinstance(first, Refusal)
    assert first.reason == "INSUFFICIENT_FUNDS"
    await user.deposit("100000.00")
    assert await user.outcome(order) == first
    assert await user.cash() == 100_000
    await user.buy("ETH", "1")


async def test_a_refused_withdrawal_stays_refused_for_its_request_id(user: User) -> None:
    body = {"amount": "5.00", "request_id": request_id()}
    first = await user.refused("POST", WITHDRAW, body)
    await user.deposit("10.00")
    assert await user.refused("POST", WITHDRAW, body) == first
    assert await user.cash() == 10


async def test_5_concurrent_replays_of_a_registration_are_one_user(guest: Rest) -> None:
    details = registration() | {"request_id": request_id()}
    profiles = await asyncio.gather(*(guest.post("/api/v1/auth/register", details) for _ in range(5)))
    assert all(profile == profiles[0] for profile in profiles)
    refused = await guest.refused("POST", "/api/v1/auth/register", details | {"first_name": "Grace"})
    assert (refused.status, refused.reason) == (409, "IDEMPOTENCY_KEY_REUSED")
    refused = await guest.refused("POST", "/api/v1/auth/register", details | {"password": "another password"})
    assert (refused.status, refused.reason) == (409, "IDEMPOTENCY_KEY_REUSED")


async def test_of_concurrent_registrations_of_one_username_one_succeeds(guest: Rest) -> None:
    name = registration()["username"]
    all_users = [registration() | {"username": name} for _ in range(6)]
    responses = await asyncio.gather(*(guest.send("POST", "/api/v1/auth/register", details) for details in all_users))
    assert sorted(response.status_code for response in responses) == [200, 409, 409, 409, 409, 409]
    refused = [refusal(response) for response in responses if response.status_code != 200]
    assert {one.reason for one in refused} == {"USERNAME_TAKEN"}
