"""The correct run that the test of the checker starts from: each possible fate of a request, at least once."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from services.inventory.admin.domain import ChangeRequest
from services.inventory.catalogue.domain import INCREMENT, Asset
from services.prices.frame import Status

from .checker_lines import CHAPTER_SIZE
from .checker_system import Client, Fate, System
from .dump import Dump
from .history import Kind

ASSETS = {  # price and stock
    "AAA": ("50123.45678901", "2.5"),
    "BBB": ("0.00123456", "90000000"),
    "CCC": ("19.99", "30"),
    "DDD": ("7.777", "100"),
    "GONE": ("1.00", "5"),
}
SEEDED = {asset_id: Decimal(stock) for asset_id, (_, stock) in ASSETS.items()}
_DEPOSIT, _WITHDRAW, _BUY, _SELL = Kind.DEPOSIT, Kind.WITHDRAW, Kind.BUY, Kind.SELL


async def play(system: System, client: Client, read: Callable[[], Awaitable[Dump]]) -> tuple[Dump, Dump]:
    """Plays the run. Returns a dump from the middle and one from the end."""
    await _seed(system)
    users = await _sign_up(client)
    await _cash(client, users)
    await _trades(client, users)
    await _amounts(system, client, users)
    await _administer(system, client, users[0])
    await _at_random(client, users, random.Random(1))  # noqa: S311 - the same run each time
    pending = await _left_pending(system, client, users)
    earlier = await read()
    system.clock.time += timedelta(days=1)
    await _recovered(client, users, pending)
    await _at_random(client, users, random.Random(2), "next-")  # noqa: S311
    await _put_aside(system, client, users)
    await system.saga.drained()
    return earlier, await read()


async def _seed(system: System) -> None:
    for asset_id, (price, stock) in ASSETS.items():
        asset = Asset(
            asset_id=asset_id,
            name=asset_id.title(),
            description="",
            category="test",
            price=Decimal(price),
            priced_at=system.clock(),
            circulating_supply=Decimal(1),
            max_supply=None,
            is_active=asset_id != "GONE",
            image="",
            updated_at=system.clock(),
            available=Decimal(stock),
            quantity_increment=Decimal("0.0001") if asset_id == "CCC" else INCREMENT,
        )
        assert await system.loader.add(asset)
    tx = system.loader.begin()
    system.assets.set_loaded(tx, "a file")
    system.assets.raise_version(tx)
    await tx.commit()
    await system.catalogue.refresh()


async def _administer(system: System, client: Client, user: str) -> None:
    """Restocks, once per request; changes a price twice, with a trade after each change."""
    for request_id, asset_id, quantity in (("m-1", "AAA", "1.00000001"), ("m-2", "CCC", "7"), ("m-2", "CCC", "7")):
        await system.asset_admin.restock(ChangeRequest("an admin", request_id, asset_id), Decimal(quantity))
    for price in ("8.5", "7.25"):
        await system.asset_admin.set_price(ChangeRequest("an admin", f"p-{price}", "DDD"), Decimal(price))
        bought = await client.call(_BUY, user, f"at-{price}", {"asset_id": "DDD", "quantity": "1"})
        assert abs(Decimal(bought["price"]) / Decimal(price) - 1) < Decimal("0.01")
    await _halt(system, client, user)


async def _halt(system: System, client: Client, user: str) -> None:
    """Restricts the trade of an asset, and halts it and the whole market. Each order then says why it is refused."""
    for number, (status, sides) in enumerate(
        ((Status.SELL_ONLY, (_SELL,)), (Status.HALTED, ()), (Status.TRADING, (_BUY, _SELL)))
    ):
        await system.asset_admin.set_status(ChangeRequest("an admin", f"s-{number}", "DDD"), status)
        for side in (_BUY, _SELL):
            answer = await client.call(side, user, f"{status}-{side}", {"asset_id": "DDD", "quantity": "0.25"})
            assert answer.get("reason", "") == ("" if side in sides else f"ASSET_{status}")
    for is_halted in (True, False):
        request = ChangeRequest("an admin", f"h-{is_halted}", "")
        await system.asset_admin.set_halted(request, is_halted=is_halted)
        answer = await client.call(_BUY, user, f"halted-{is_halted}", {"asset_id": "DDD", "quantity": "0.25"})
        assert answer.get("reason", "") == ("MARKET_HALTED" if is_halted else "")


async def _sign_up(client: Client) -> list[str]:
    """Registers four users. One learns of the account only from a replay; one request never arrives."""

    def who(name: str, **more: str) -> dict[str, str]:
        return {"username": name, "email": f"{name}@Example.org", "first_name": "Ann", "last_name": "Lee", **more}

    users = []
    for number, name in enumerate(("Anna", "bert", "carla")):
        more = {"phone": "+14155550100", "date_of_birth": "1990-12-31"} if number else {}
        answer = await client.call(Kind.REGISTER, "", f"new-{number}" if number else "", who(name, **more))
        users.append(answer["user_id"])
    await client.call(Kind.REGISTER, "", "new-3", who("Dora"), Fate.RESPONSE_LOST)
    users.append((await client.call(Kind.REGISTER, "", "new-3", who("Dora")))["user_id"])
    await client.call(Kind.REGISTER, "", "new-4", who("emil"), Fate.LOST)
    await client.call(Kind.REGISTER, "", "new-5", who("fay"), Fate.RESPONSE_LOST)
    taken = await client.call(Kind.REGISTER, "", "new-6", who("ANNA"))
    assert taken["reason"] == "USERNAME_TAKEN"
    taken = await client.call(Kind.REGISTER, "", "", {**who("gus"), "email": "bert@example.org"})
    assert taken["reason"] == "EMAIL_TAKEN"
    reused = await client.call(Kind.REGISTER, "", "new-1", who("bert", phone="+14155550101"))
    assert reused["reason"] == "IDEMPOTENCY_KEY_REUSED"
    return users


async def _cash(client: Client, users: list[str]) -> None:
    a, b, c, d = users
    for user in users:
        await client.call(_DEPOSIT, user, "in-1", {"amount": "20000"})
        await client.call(_DEPOSIT, user, "in-2", {"amount": "1234.56"})
    await asyncio.gather(*(client.call(_DEPOSIT, a, "in-2", {"amount": "1234.56"}) for _ in range(3)))
    await client.call(_DEPOSIT, a, "", {"amount": "10.00"})
    await client.call(_DEPOSIT, a, "", {"amount": "10.00"})
    await client.call(_DEPOSIT, b, "", {"amount": "77.77"}, Fate.RESPONSE_LOST)
    await client.call(_DEPOSIT, b, "", {"amount": "77.77"}, Fate.LOST)
    await client.call(_DEPOSIT, b, "in-3", {"amount": "5.55"}, Fate.RESPONSE_LOST)
    await client.call(_DEPOSIT, b, "in-4", {"amount": "6.66"}, Fate.LOST)
    await client.call(_DEPOSIT, c, "in-5", {"amount": "8.88"}, Fate.LOST)
    await client.call(_DEPOSIT, c, "in-5", {"amount": "8.88"})
    for request_id in ("in-6", "in-6", ""):
        assert (await client.call(_DEPOSIT, d, request_id, {"amount": "40000"}))["reason"] == "DAILY_LIMIT_REACHED"
    assert (await client.call(_DEPOSIT, d, "in-1", {"amount": "1.00"}))["reason"] == "IDEMPOTENCY_KEY_REUSED"
    await client.call(_WITHDRAW, a, "out-1", {"amount": "100.01"})
    await asyncio.gather(*(client.call(_WITHDRAW, a, "out-1", {"amount": "100.01"}) for _ in range(2)))
    await client.call(_WITHDRAW, c, "", {"amount": "3.50"})
    for request_id in ("out-2", "out-2", ""):
        assert (await client.call(_WITHDRAW, a, request_id, {"amount": "900000"}))["reason"] == "INSUFFICIENT_FUNDS"
    assert (await client.call(_WITHDRAW, b, "out-3", {"amount": "5001"}))["reason"] == "DAILY_LIMIT_REACHED"
    await client.call(_WITHDRAW, b, "out-4", {"amount": "800000"}, Fate.RESPONSE_LOST)
    await client.call(_WITHDRAW, b, "", {"amount": "800001"}, Fate.RESPONSE_LOST)


async def _trades(client: Client, users: list[str]) -> None:
    a, b, c, d = users
    for user in users:
        assert (await client.call(_BUY, user, "b-1", {"asset_id": "BBB", "quantity": "500000.5"}))[
            "status"
        ] == "COMPLETED"
    await client.call(_BUY, a, "b-2", {"asset_id": "AAA", "quantity": "0.12345678", "limit_price": "50600"})
    await client.call(
        _BUY, a, "b-3", {"asset_id": "CCC", "quantity": "3", "expected_price": "19.5", "max_slippage": "5"}
    )
    await client.call(_BUY, a, "", {"asset_id": "CCC", "quantity": "1"})
    await client.call(_BUY, b, "", {"asset_id": "CCC", "quantity": "2"}, Fate.RESPONSE_LOST)
    await client.call(_BUY, b, "", {"asset_id": "CCC", "quantity": "2"}, Fate.LOST)
    await client.call(_BUY, b, "b-4", {"asset_id": "DDD", "quantity": "4"}, Fate.RESPONSE_LOST)
    await asyncio.gather(*(client.call(_BUY, c, "b-5", {"asset_id": "CCC", "quantity": "12"}) for _ in range(3)))
    await client.call(_BUY, c, "b-6", {"asset_id": "CCC", "quantity": "12"}, Fate.LOST)
    await client.call(_SELL, a, "s-1", {"asset_id": "CCC", "quantity": "1.5"})
    await client.call(_SELL, a, "s-1", {"asset_id": "CCC", "quantity": "1.5"})
    await client.call(_SELL, a, "s-2", {"asset_id": "AAA", "quantity": "0.12345678"})
    await client.call(_SELL, c, "", {"asset_id": "CCC", "quantity": "12"})
    for request_id in ("x-1", "x-1", ""):
        refused = await client.call(_BUY, d, request_id, {"asset_id": "AAA", "quantity": "1"})
        assert refused["reason"] == "INSUFFICIENT_FUNDS"
    await client.call(_BUY, d, "x-lost", {"asset_id": "AAA", "quantity": "1"}, Fate.RESPONSE_LOST)
    refusals: tuple[tuple[str, Kind, dict[str, Any]], ...] = (
        ("OUT_OF_STOCK", _BUY, {"asset_id": "CCC", "quantity": "900"}),
        ("INSUFFICIENT_HOLDINGS", _SELL, {"asset_id": "DDD", "quantity": "1000"}),
        ("PRICE_OUT_OF_BOUNDS", _BUY, {"asset_id": "CCC", "quantity": "1", "limit_price": "18.98"}),
        ("PRICE_OUT_OF_BOUNDS", _SELL, {"asset_id": "BBB", "quantity": "9000", "limit_price": "0.01"}),
        ("ORDER_VALUE_OUT_OF_RANGE", _BUY, {"asset_id": "BBB", "quantity": "1"}),
        ("ASSET_INACTIVE", _BUY, {"asset_id": "GONE", "quantity": "1"}),
        ("QUANTITY_INCREMENT", _BUY, {"asset_id": "CCC", "quantity": "1.00001"}),
        ("ORDER_VALUE_OUT_OF_RANGE", _SELL, {"asset_id": "CCC", "quote_amount": "0.99"}),
        ("INSUFFICIENT_HOLDINGS", _SELL, {"asset_id": "AAA", "sell_all": True}),
    )
    for number, (reason, kind, body) in enumerate(refusals):
        for request_id in (f"x-{number}-{kind}", f"x-{number}-{kind}", ""):
            assert (await client.call(kind, d, request_id, body))["reason"] == reason
        await client.call(kind, d, f"lost-{number}-{kind}", body, Fate.RESPONSE_LOST)
    assert (await client.call(_BUY, d, "x-2", {"asset_id": "NONE", "quantity": "1"}))["reason"] == "ASSET_NOT_FOUND"
    reused = await client.call(_SELL, d, "b-1", {"asset_id": "BBB", "quantity": "500000.5"})
    assert reused["reason"] == "IDEMPOTENCY_KEY_REUSED"


async def _amounts(system: System, client: Client, users: list[str]) -> None:
    """Orders by amount, of all, and after a preview. The clients look at prices in between."""
    a, b, c, d = users
    for number, (side, asset_id, amount) in enumerate(
        ((_BUY, "BBB", "100.00"), (_BUY, "CCC", "20.03"), (_SELL, "BBB", "33.33"), (_BUY, "AAA", "7.77"))
    ):
        order = {"asset_id": asset_id, "quote_amount": amount}
        await client.call(Kind.GET_ASSET, c, "", {"asset_id": asset_id})
        assert (await client.call(side, c, f"n-{number}", order))["status"] == "COMPLETED"
        await client.call(side, c, f"n-{number}", order)
        await client.call(side, d, "", order, Fate.RESPONSE_LOST)
        await client.call(side, d, f"n-lost-{number}", order, Fate.LOST)
    sold = await client.call(_SELL, c, "all-1", {"asset_id": "AAA", "sell_all": True})
    assert sold["status"] == "COMPLETED"
    await client.call(_SELL, d, "all-2", {"asset_id": "AAA", "sell_all": True}, Fate.RESPONSE_LOST)
    await client.call(_BUY, c, "dust", {"asset_id": "BBB", "quote_amount": "1.01"})
    terms = {"side": "BUY", "asset_id": "CCC", "quantity": "0.5"}
    preview_id = await client.preview(a, terms)
    for _ in range(2):
        bought = await client.call(_BUY, a, "previewed", {**terms, "preview_id": preview_id})
        assert bought["status"] == "COMPLETED"
    system.clock.time += timedelta(seconds=30)
    system.exchange.move()
    late = await client.call(_BUY, a, "too-late", {**terms, "preview_id": preview_id})
    assert late["reason"] == "PREVIEW_EXPIRED"
    system.neighbours.believed_cash = Decimal(10**9)  # so that the settlement refuses
    for request_id in ("y-1", "y-1", ""):
        refused = await client.call(_BUY, b, request_id, {"asset_id": "AAA", "quantity": "1.5"})
        assert refused["reason"] == "INSUFFICIENT_FUNDS"
    system.neighbours.believed_cash = None
    for number in range(CHAPTER_SIZE):
        await client.call(_DEPOSIT, b, f"small-{number}", {"amount": "0.25"})


async def _at_random(client: Client, users: list[str], choice: random.Random, prefix: str = "") -> None:
    """Makes random calls, some of them twice."""
    for number in range(20):
        kind = choice.choice((_DEPOSIT, _WITHDRAW, _BUY, _BUY, _SELL, _SELL))
        if kind in (_BUY, _SELL):
            asset_id, most = choice.choice((("AAA", 9_000_000), ("BBB", 10**13), ("CCC", 10**9), ("DDD", 10**9)))
            places = 4 if asset_id == "CCC" else 8
            body = {"asset_id": asset_id, "quantity": str(Decimal(choice.randint(1, most)).scaleb(-8))}
            body["quantity"] = str(round(Decimal(body["quantity"]), places))
        else:
            body = {"amount": str(Decimal(choice.randint(1, 200_000)).scaleb(-2))}
        fate = choice.choice((Fate.ANSWERED, Fate.ANSWERED, Fate.ANSWERED, Fate.RESPONSE_LOST))
        for _ in range(choice.choice((1, 1, 2))):
            await client.call(kind, choice.choice(users), f"{prefix}random-{number}", body, fate)


async def _left_pending(system: System, client: Client, users: list[str]) -> list[str]:
    """Makes orders that stop after each of their steps. Returns the ids of the requests."""
    requests = []
    for step, kind in (("take", _BUY), ("settle", _BUY), ("settle", _SELL), ("return", _SELL)):
        system.neighbours.away = {step}
        requests.append(f"p-{step}-{kind}")
        order = await client.call(kind, users[0], requests[-1], {"asset_id": "BBB", "quantity": "12345"})
        assert order["status"] == "PENDING"
        read = await client.call(Kind.GET_ORDER, users[0], "", {"order_id": order["order_id"]})
        assert read["status"] == "PENDING"
    system.neighbours.away, system.neighbours.believed_cash = {"return"}, Decimal(10**9)  # the settlement refuses
    refused = await client.call(_BUY, users[3], "p-return-buy", {"asset_id": "AAA", "quantity": "2"})
    assert refused["status"] == "PENDING"
    system.neighbours.away, system.neighbours.believed_cash = set(), None
    return requests


async def _recovered(client: Client, users: list[str], requests: list[str]) -> None:
    for request_id in requests:
        kind = Kind(request_id.rpartition("-")[2])
        order = await client.call(kind, users[0], request_id, {"asset_id": "BBB", "quantity": "12345"})
        assert order["status"] == "COMPLETED"
        await client.call(Kind.GET_ORDER, users[0], "", {"order_id": order["order_id"]})
    refused = await client.call(_BUY, users[3], "p-return-buy", {"asset_id": "AAA", "quantity": "2"})
    assert refused["reason"] == "INSUFFICIENT_FUNDS"


async def _put_aside(system: System, client: Client, users: list[str]) -> None:
    """Puts two orders with some steps done into quarantine."""
    for step, kind in (("settle", _BUY), ("return", _SELL)):
        system.neighbours.away = {step}
        order = await client.call(kind, users[1], f"q-{kind}", {"asset_id": "BBB", "quantity": "7777"})
        candidate = await system.recovery.find(users[1], order["order_id"])
        assert candidate is not None
        assert await system.recovery.quarantine(candidate, "INTERNAL: persistent", system.clock())
    system.neighbours.away = set()
