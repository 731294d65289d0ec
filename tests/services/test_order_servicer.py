from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

import grpc
import pytest
from cnop.inventory.v1 import asset_pb2
from cnop.order.v1 import order_pb2, order_service_pb2, order_service_pb2_grpc
from order_fakes import NOON, World

from services.common.rpc.pages import PageTokens
from services.common.times import timestamp
from services.order.quotes import Fees
from services.order.servicers import OrderServicer
from services.order.ticket import order_id_of
from services.order.watch.servicer import OrderStreams

SERVICES = ("cnop.order.v1.OrderService",)
PENDING, COMPLETED, FAILED = order_pb2.Order.PENDING, order_pb2.Order.COMPLETED, order_pb2.Order.FAILED
BUY, SELL = order_pb2.Order.BUY, order_pb2.Order.SELL

Told = Callable[[grpc.aio.AioRpcError], dict[str, Any]]


with_fees = pytest.mark.parametrize("fees", [Fees(Decimal("0.1"), Decimal("0.1"))], ids=["0.1%"])


@pytest.fixture
def fees() -> Fees:
    return Fees()


@pytest.fixture
def world(fees: Fees) -> World:
    world = World()
    world.fees = fees
    return world


@pytest.fixture
async def orders(serve: Any, world: World) -> Any:
    def register(server: grpc.aio.Server) -> None:
        servicer = OrderServicer(world.orders(), PageTokens(b"k" * 32), cast(OrderStreams, None))
        order_service_pb2_grpc.add_OrderServiceServicer_to_server(servicer, server)

    return order_service_pb2_grpc.OrderServiceStub(await serve(SERVICES, register))


def create(**changes: Any) -> order_service_pb2.CreateOrderRequest:
    return order_service_pb2.CreateOrderRequest(**{"side": BUY, "asset_id": "BTC", "quantity": "1", **changes})


async def test_an_order_is_returned_with_all_its_fields(orders: Any, sign_in: Any) -> None:
    request = create(quantity="0.50", limit_price="100.5", request_id="r-1", type=order_pb2.Order.MARKET)
    order = await orders.CreateOrder(request, metadata=sign_in())
    assert (order.side, order.type, order.status) == (BUY, order_pb2.Order.MARKET, COMPLETED)
    assert (order.asset_id, order.quantity, order.price, order.limit_price) == ("BTC", "0.5", "100.00", "100.50")
    assert (order.total_amount, order.failure_reason, order.request_id) == ("50.00", "", "r-1")
    assert order.created_at.ToJsonString() == "2026-03-01T12:00:00Z"
    found = await orders.GetOrder(order_service_pb2.GetOrderRequest(order_id=order.order_id), metadata=sign_in())
    assert found == order


@with_fees
async def test_an_order_says_what_it_costs_and_where_its_price_is_from(orders: Any, world: World, sign_in: Any) -> None:
    order = await orders.CreateOrder(create(), metadata=sign_in())
    assert (order.total_amount, order.fee, order.net_amount) == ("100.00", "0.10", "100.10")
    assert (order.price_seq, order.price_source) == (world.prices.frame.seq, asset_pb2.FIXED)
    assert (order.quote_amount, order.sell_all) == ("", False)
    listing = order_service_pb2.ListAssetTransactionsRequest(asset_id="BTC")
    [fill] = (await orders.ListAssetTransactions(listing, metadata=sign_in())).transactions
    assert (fill.total_amount, fill.fee, fill.net_amount) == ("100.00", "0.10", "100.10")


@with_fees
async def test_an_order_by_amount_and_one_of_all_have_the_quantity_that_they_come_to(orders: Any, sign_in: Any) -> None:
    bought = await orders.CreateOrder(create(quantity="", quote_amount="50"), metadata=sign_in())
    assert (bought.quote_amount, bought.quantity, bought.net_amount) == ("50.00", "0.4995", "50.00")
    sold = await orders.CreateOrder(create(side=SELL, quantity="", sell_all=True), metadata=sign_in())
    assert (sold.sell_all, sold.quantity, sold.net_amount) == (True, "5.4995", "549.40")


@pytest.mark.parametrize("size", [{"quote_amount": "50"}, {"side": SELL, "sell_all": True}], ids=["amount", "all"])
async def test_an_order_that_may_not_be_stored_has_no_quantity_that_depends_on_it(
    orders: Any, world: World, sign_in: Any, size: dict[str, Any]
) -> None:
    world.faults.after["add"] = 1
    unconfirmed = await orders.CreateOrder(create(quantity="", **size), metadata=sign_in())
    assert (unconfirmed.status, unconfirmed.quantity, unconfirmed.fee, unconfirmed.price_seq) == (PENDING, "", "", 0)
    again = create(quantity="", request_id=unconfirmed.request_id, **size)
    done = await orders.CreateOrder(again, metadata=sign_in())
    assert (done.status, done.quantity != "") == (COMPLETED, True)


@with_fees
async def test_a_preview_has_all_that_the_order_would_have(orders: Any, world: World, sign_in: Any) -> None:
    request = order_service_pb2.PreviewOrderRequest(side=BUY, asset_id="BTC", quote_amount="50")
    preview = await orders.PreviewOrder(request, metadata=sign_in())
    assert (preview.price, preview.quantity, preview.total_amount) == ("100.00", "0.4995", "49.95")
    assert (preview.fee, preview.net_amount, preview.worst_price) == ("0.05", "50.00", "105.00")
    assert (preview.price_seq, preview.price_source) == (world.prices.frame.seq, asset_pb2.FIXED)
    assert preview.expires_at.ToJsonString() == "2026-03-01T12:00:10Z"
    order = create(quantity="", quote_amount="50.00", preview_id=preview.preview_id)
    assert (await orders.CreateOrder(order, metadata=sign_in())).net_amount == "50.00"


async def test_the_preview_id_of_another_user_is_a_wrong_field(orders: Any, sign_in: Any, told: Told) -> None:
    request = order_service_pb2.PreviewOrderRequest(side=BUY, asset_id="BTC", quantity="1")
    preview = await orders.PreviewOrder(request, metadata=sign_in("u-1"))
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.CreateOrder(create(preview_id=preview.preview_id), metadata=sign_in("u-2"))
    answer = told(error.value)
    assert (answer["code"], answer["fields"]) == ("INVALID_ARGUMENT", ["preview_id"])


async def test_an_order_is_unavailable_while_the_price_is(orders: Any, world: World, sign_in: Any, told: Told) -> None:
    world.faults.before["prices"] = 1
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.CreateOrder(create(), metadata=sign_in())
    answer = told(error.value)
    assert (answer["code"], answer["reason"]) == ("UNAVAILABLE", "PRICES_UNAVAILABLE")


async def test_a_refused_order_is_an_error_and_can_be_read(orders: Any, world: World, sign_in: Any, told: Told) -> None:
    world.inventory.stock["BTC"] = Decimal(1)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.CreateOrder(create(quantity="2"), metadata=sign_in())
    answer = told(error.value)
    assert (answer["code"], answer["reason"]) == ("FAILED_PRECONDITION", "OUT_OF_STOCK")
    request = order_service_pb2.GetOrderRequest(order_id=answer["facts"]["order_id"])
    order = await orders.GetOrder(request, metadata=sign_in())
    assert (order.status, order.failure_reason) == (FAILED, "OUT_OF_STOCK")


async def test_an_order_is_pending_after_an_outage(orders: Any, world: World, sign_in: Any) -> None:
    world.faults.before["settle"] = 1
    pending = await orders.CreateOrder(create(request_id="r-1"), metadata=sign_in())
    assert pending.status == PENDING
    done = await orders.CreateOrder(create(request_id="r-1"), metadata=sign_in())
    assert (done.order_id, done.status) == (pending.order_id, COMPLETED)


async def test_an_order_that_may_not_be_stored_has_no_price_and_no_time(
    orders: Any, world: World, sign_in: Any
) -> None:
    world.faults.after["add"] = 1
    unconfirmed = await orders.CreateOrder(create(), metadata=sign_in())
    assert (unconfirmed.status, unconfirmed.price, unconfirmed.total_amount, unconfirmed.HasField("created_at")) == (
        PENDING,
        "",
        "",
        False,
    )
    done = await orders.CreateOrder(create(request_id=unconfirmed.request_id), metadata=sign_in())
    assert (done.order_id, done.status, done.price) == (unconfirmed.order_id, COMPLETED, "100.00")


async def test_the_idempotency_key_header_makes_a_replay(orders: Any, world: World, sign_in: Any) -> None:
    metadata = (*sign_in(), ("idempotency-key", "h-1"))
    answers = [await orders.CreateOrder(create(), metadata=metadata) for _ in range(2)]
    assert answers[0] == answers[1]
    assert world.users.dollars["u-1"] == 900


@pytest.mark.parametrize(
    ("method", "message"),
    [
        ("CreateOrder", create(asset_id="NONE")),
        ("PreviewOrder", order_service_pb2.PreviewOrderRequest(side=BUY, asset_id="NONE", quantity="1")),
        ("PreviewOrder", order_service_pb2.PreviewOrderRequest(side=SELL, asset_id="NONE", quantity="1")),
    ],
    ids=["create", "preview of a buy", "preview of a sell"],
)
async def test_an_unknown_asset_is_not_found(
    orders: Any, sign_in: Any, told: Told, *, method: str, message: Any
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await getattr(orders, method)(message, metadata=sign_in())
    answer = told(error.value)
    assert (answer["code"], answer["reason"]) == ("NOT_FOUND", "ASSET_NOT_FOUND")


@pytest.mark.parametrize("part", ["listing", "cash", "available"])
async def test_a_preview_is_unavailable_while_a_dependency_is_unavailable(
    orders: Any, world: World, sign_in: Any, told: Told, *, part: str
) -> None:
    world.faults.before[part] = 1
    request = order_service_pb2.PreviewOrderRequest(side=BUY, asset_id="BTC", quantity="1")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.PreviewOrder(request, metadata=sign_in())
    assert told(error.value)["reason"] == "DEPENDENCY_UNAVAILABLE"


async def test_a_preview_returns_price_total_and_reasons(orders: Any, world: World, sign_in: Any) -> None:
    world.users.dollars["u-1"] = Decimal(1)
    request = order_service_pb2.PreviewOrderRequest(side=BUY, asset_id="BTC", quantity="0.125")
    preview = await orders.PreviewOrder(request, metadata=sign_in())
    assert (preview.price, preview.total_amount, list(preview.obstacles)) == (
        "100.00",
        "12.50",
        ["INSUFFICIENT_FUNDS"],
    )


async def test_the_order_of_another_user_is_not_found(orders: Any, sign_in: Any, told: Told) -> None:
    order = await orders.CreateOrder(create(), metadata=sign_in("u-1"))
    answers = []
    for user_id, order_id in (("u-2", order.order_id), ("u-2", "made-up")):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await orders.GetOrder(order_service_pb2.GetOrderRequest(order_id=order_id), metadata=sign_in(user_id))
        answers.append(told(error.value))
    assert answers[0] == answers[1], "the response must not reveal that the order exists"
    assert (answers[0]["code"], answers[0]["reason"]) == ("NOT_FOUND", "ORDER_NOT_FOUND")
    own = await orders.ListOrders(order_service_pb2.ListOrdersRequest(), metadata=sign_in("u-2"))
    assert list(own.orders) == []


@pytest.fixture
async def history(orders: Any, world: World, sign_in: Any) -> list[Any]:
    """Creates nine orders of u-1: purchases and sales of two assets, some refused. Returns them, newest first."""
    world.list("ETH", 10)
    for n in range(9):
        world.now += timedelta(seconds=1)
        request = create(side=SELL if n % 3 == 2 else BUY, asset_id="ETH" if n % 2 else "BTC", request_id=f"r-{n}")
        if n in {4, 5}:
            request.quantity = "99"
        try:
            await orders.CreateOrder(request, metadata=sign_in())
        except grpc.aio.AioRpcError as error:
            assert error.code() is grpc.StatusCode.FAILED_PRECONDITION  # noqa: PT017 - only two of the orders are refused
    listed = await orders.ListOrders(order_service_pb2.ListOrdersRequest(), metadata=sign_in())
    assert [order.request_id for order in listed.orders] == [f"r-{n}" for n in reversed(range(9))]
    return list(listed.orders)


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"status": COMPLETED},
        {"status": FAILED},
        {"status": PENDING},
        {"side": SELL},
        {"asset_id": "ETH"},
        {"asset_id": "BTC", "side": BUY, "status": COMPLETED},
    ],
    ids=str,
)
@pytest.mark.parametrize("size", [1, 2, 200])
async def test_the_pages_of_orders_are_complete(
    orders: Any, history: list[Any], sign_in: Any, *, wanted: dict[str, Any], size: int
) -> None:
    found, token = [], ""
    for _ in range(100):
        request = order_service_pb2.ListOrdersRequest(**wanted, page_size=size, page_token=token)
        page = await orders.ListOrders(request, metadata=sign_in())
        found += page.orders
        token = page.next_page_token
        if not token:
            break
    assert found == [one for one in history if all(getattr(one, name) == value for name, value in wanted.items())]


async def test_a_window_has_the_orders_from_its_start_until_before_its_end(
    orders: Any, history: list[Any], sign_in: Any
) -> None:
    window = {"start_time": history[6].created_at, "end_time": history[2].created_at}
    found, token = [], ""
    while not found or token:
        request = order_service_pb2.ListOrdersRequest(**window, page_size=2, page_token=token)
        page = await orders.ListOrders(request, metadata=sign_in())
        found += page.orders
        token = page.next_page_token
    assert found == history[3:7]


async def test_an_order_is_found_by_its_request_id(orders: Any, sign_in: Any, told: Told) -> None:
    stored = "7db51c22-d5e3-5f51-890d-8bb1ea6ea4d5"
    order = await orders.CreateOrder(create(request_id=stored), metadata=sign_in("u-1"))

    async def found(request_id: str, user_id: str = "u-1") -> Any:
        request = order_service_pb2.GetOrderByRequestIdRequest(request_id=request_id)
        return await orders.GetOrderByRequestId(request, metadata=sign_in(user_id))

    assert await found(stored) == await found(stored.upper()) == order
    for request_id, user_id in ((stored, "u-2"), ("another", "u-1")):
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await found(request_id, user_id)
        answer = told(error.value)
        assert (answer["code"], answer["reason"]) == ("NOT_FOUND", "ORDER_NOT_FOUND")
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.GetOrderByRequestId(
            order_service_pb2.GetOrderByRequestIdRequest(),
            metadata=(*sign_in("u-1"), ("idempotency-key", stored)),
        )
    assert told(error.value)["fields"] == ["request_id"]


async def test_an_order_stored_under_a_uuid_in_upper_case_is_still_found(
    orders: Any, world: World, sign_in: Any
) -> None:
    key = "7DB51C22-D5E3-5F51-890D-8BB1EA6EA4D5"  # accepted until keys in upper case were refused
    order = await orders.CreateOrder(create(), metadata=sign_in("u-1"))
    [stored] = world.repository.orders.values()
    old = replace(stored, order_id=order_id_of("u-1", key), request_id=key)
    await world.repository.add(old)
    request = order_service_pb2.GetOrderByRequestIdRequest(request_id=key)
    assert (
        (await orders.GetOrderByRequestId(request, metadata=sign_in("u-1"))).order_id == old.order_id != order.order_id
    )


async def test_a_uuid_names_an_order_in_upper_case_too_but_not_a_new_request(
    orders: Any, sign_in: Any, told: Told
) -> None:
    order = await orders.CreateOrder(create(), metadata=sign_in("u-1"))
    request = order_service_pb2.GetOrderRequest(order_id=order.order_id.upper())
    assert await orders.GetOrder(request, metadata=sign_in("u-1")) == order
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.CreateOrder(create(request_id="7DB51C22-D5E3-5F51-890D-8BB1EA6EA4D5"), metadata=sign_in("u-1"))
    assert told(error.value)["fields"] == ["request_id"]


async def test_fills_are_the_completed_orders_of_an_asset(orders: Any, history: list[Any], sign_in: Any) -> None:
    request = order_service_pb2.ListAssetTransactionsRequest(asset_id="BTC")
    fills = (await orders.ListAssetTransactions(request, metadata=sign_in())).transactions
    expected = [one for one in history if one.asset_id == "BTC" and one.status == COMPLETED]
    assert [fill.order_id for fill in fills] == [one.order_id for one in expected]
    assert [(fill.side, fill.quantity, fill.price, fill.total_amount) for fill in fills] == [
        (one.side, one.quantity, one.price, one.total_amount) for one in expected
    ]
    assert [fill.filled_at for fill in fills] == [one.updated_at for one in expected]


@pytest.mark.parametrize(
    ("user_id", "changes"),
    [
        ("u-2", {}),
        ("u-1", {"side": SELL}),
        ("u-1", {"status": COMPLETED}),
        ("u-1", {"asset_id": "BTC"}),
        ("u-1", {"start_time": timestamp(NOON)}),
        ("u-1", {"end_time": timestamp(NOON)}),
    ],
    ids=str,
)
@pytest.mark.usefixtures("history")
async def test_a_page_token_is_valid_only_for_its_query(
    orders: Any, sign_in: Any, told: Told, *, user_id: str, changes: dict[str, Any]
) -> None:
    first = await orders.ListOrders(order_service_pb2.ListOrdersRequest(page_size=1), metadata=sign_in())
    request = order_service_pb2.ListOrdersRequest(page_size=1, page_token=first.next_page_token, **changes)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.ListOrders(request, metadata=sign_in(user_id))
    assert told(error.value)["fields"] == ["page_token"]


@pytest.mark.usefixtures("history")
async def test_a_page_token_of_one_list_is_invalid_for_the_other(orders: Any, sign_in: Any, told: Told) -> None:
    request = order_service_pb2.ListOrdersRequest(page_size=1, asset_id="BTC", status=COMPLETED)
    first = await orders.ListOrders(request, metadata=sign_in())
    fills = order_service_pb2.ListAssetTransactionsRequest(asset_id="BTC", page_token=first.next_page_token)
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await orders.ListAssetTransactions(fills, metadata=sign_in())
    assert told(error.value)["fields"] == ["page_token"]


@pytest.mark.usefixtures("history")
async def test_the_page_size_can_change_between_pages(orders: Any, history: list[Any], sign_in: Any) -> None:
    first = await orders.ListOrders(order_service_pb2.ListOrdersRequest(page_size=2), metadata=sign_in())
    request = order_service_pb2.ListOrdersRequest(page_size=200, page_token=first.next_page_token)
    rest = await orders.ListOrders(request, metadata=sign_in())
    assert [*first.orders, *rest.orders] == history
