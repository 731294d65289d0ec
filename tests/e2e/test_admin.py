"""Admin methods by REST and gRPC: their effects, their audit events, and that customers are refused."""

from __future__ import annotations

import asyncio
import secrets
import subprocess
import sys
from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.inventory.v1 import asset_admin_service_pb2 as assets
from cnop.inventory.v1 import asset_admin_service_pb2_grpc as assets_grpc
from cnop.inventory.v1.asset_pb2 import TradingStatus
from cnop.order.v1 import order_admin_service_pb2 as orders
from cnop.order.v1 import order_admin_service_pb2_grpc as orders_grpc
from cnop.user.v1 import audit_admin_service_pb2 as audit
from cnop.user.v1 import audit_admin_service_pb2_grpc as audit_grpc
from cnop.user.v1 import user_admin_service_pb2 as users
from cnop.user.v1 import user_admin_service_pb2_grpc as users_grpc
from google.protobuf.message import Message

from local import programs
from local.stack import Stack, StackSettings

from .contract import FOR_ADMINS
from .rest import Json, Refusal, Rest
from .rpc import Channels, bearer, refused
from .token_acceptance import assert_refused_in_time, places_that_accept
from .users import User, registration, request_id
from .waiting import eventually

ADMIN = "/api/v1/admin"


async def make_admin(settings: StackSettings, username: str) -> str:
    """Runs the command and returns its output."""
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "services.user", "make-admin", username],
        env=programs.table_environment(settings, "user"),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


async def new_admin(settings: StackSettings, user: User) -> User:
    """Makes a user an admin and signs in again."""
    assert "is an admin from the next sign-in on" in await make_admin(settings, user.username)
    credentials = {"username": user.username, "password": user.password}
    signed_in = await Rest(user.http).post("/api/v1/auth/login", credentials)
    return User(user.http, signed_in["access_token"], user.username, user.password, user.user_id)


@pytest.fixture(scope="module")
async def admin(stack: Stack, new_user: Callable[[], Awaitable[User]]) -> User:
    return await new_admin(stack.settings, await new_user())


@pytest.fixture
async def asset(admin: User) -> str:
    """Creates an asset for one test: active, at 10 dollars, with a stock of 100."""
    asset_id = f"T{secrets.token_hex(5).upper()}"
    await admin.post(f"{ADMIN}/assets", new_asset(asset_id))
    await admin.post(f"{ADMIN}/assets/{asset_id}:restock", {"quantity": "100"})
    await admin.post(f"{ADMIN}/assets/{asset_id}:setActive", {"is_active": True})

    async def is_open() -> bool:
        response = await admin.send("GET", f"/api/v1/inventory/assets/{asset_id}")
        return response.status_code == 200 and bool(response.json()["is_active"])

    await eventually(is_open, f"{asset_id} is open for trade", seconds_max=5)
    return asset_id


def new_asset(asset_id: str) -> Json:
    return {
        "asset_id": asset_id,
        "name": "Test",
        "description": "For a test.",
        "category": "test",
        "price_usd": "10.00",
        "circulating_supply": "1000",
        "request_id": request_id(),
    }


async def trail(admin: User, subject: str) -> list[tuple[str, str]]:
    """Returns the events of the admin about a subject, oldest first."""
    pages = await admin.pages(f"{ADMIN}/audit", "events", actor_id=admin.user_id, page_size=200)
    events = [event for page in pages for event in page if event["subject"] == subject]
    assert all(event["client_address"] and event["request_id"] for event in events)
    return [(event["event"], event["outcome"]) for event in events][::-1]


def done(*events: str) -> list[tuple[str, str]]:
    return [(event, outcome) for event in events for outcome in ("INTENDED", "DONE")]


async def test_an_asset_can_be_traded_as_soon_as_it_is_open(admin: User, user: User) -> None:
    asset_id = f"T{secrets.token_hex(5).upper()}"
    order = {"side": "BUY", "asset_id": asset_id, "quantity": "2"}
    await user.deposit("100.00")
    assert (await user.refused("POST", "/api/v1/orders", order)).reason == "ASSET_NOT_FOUND"
    await admin.post(f"{ADMIN}/assets", new_asset(asset_id))
    assert not (await admin.get(f"/api/v1/inventory/assets/{asset_id}"))["is_active"]
    await admin.post(f"{ADMIN}/assets/{asset_id}:restock", {"quantity": "100"})
    assert (await user.refused("POST", "/api/v1/orders", order)).reason == "ASSET_INACTIVE"
    await admin.post(f"{ADMIN}/assets/{asset_id}:setActive", {"is_active": True})
    assert (await user.post("/api/v1/orders", order))["status"] == "COMPLETED"


async def test_an_asset_is_listed_while_it_is_open(admin: User, guest: Rest) -> None:
    asset_id = f"T{secrets.token_hex(5).upper()}"

    async def listed(**query: Any) -> list[str]:
        page = await guest.get("/api/v1/inventory/assets", search=asset_id, **query)
        return [one["asset_id"] for one in page["assets"]]

    async def is_shown() -> bool:
        return await listed(show_inactive=True) == [asset_id]

    async def is_listed() -> bool:
        return await listed() == [asset_id]

    await admin.post(f"{ADMIN}/assets", new_asset(asset_id))
    await eventually(is_shown, f"{asset_id} is in the catalogue", seconds_max=5)
    assert not await is_listed()
    await admin.post(f"{ADMIN}/assets/{asset_id}:setActive", {"is_active": True})
    await eventually(is_listed, f"{asset_id} is listed", seconds_max=5)


async def test_the_command_makes_an_admin_once_and_records_it(stack: Stack, user: User) -> None:
    assert (await user.refused("GET", f"{ADMIN}/users")).reason == "ROLE_REQUIRED"
    admin = await new_admin(stack.settings, user)
    assert (await admin.get("/api/v1/auth/me"))["role"] == "ADMIN"
    assert "is an admin already" in await make_admin(stack.settings, user.username)
    assert "no user has the name nobody_at_all; register it first" in await make_admin(stack.settings, "nobody_at_all")
    events = (await admin.get("/api/v1/auth/audit"))["events"]
    changes = [event for event in events if event["event"] == "ROLE_CHANGE"]
    assert [(event["actor_id"], event["facts"]) for event in changes] == [("operator", {"role": "admin"})]


async def test_users_read_their_own_trail(user: User, guest: Rest) -> None:
    credentials = {"username": user.username, "password": "a wrong password"}
    assert (await guest.refused("POST", "/api/v1/auth/login", credentials)).reason == "BAD_CREDENTIALS"
    await user.patch("/api/v1/auth/me", {"first_name": "Grace"})
    credentials["password"] = user.password
    first = await guest.post("/api/v1/auth/login", credentials)
    second = await guest.post("/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    reused = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": first["refresh_token"]})
    assert reused.reason == "REFRESH_TOKEN_REUSED"
    third = Rest(guest.http, (await guest.post("/api/v1/auth/login", credentials))["access_token"])
    [session, *_] = (await user.get("/api/v1/auth/sessions"))["sessions"]
    await third.post("/api/v1/auth/logout", {})
    changed = {"current_password": user.password, "new_password": f"another {secrets.token_hex(8)}"}
    wrong = {**changed, "current_password": "a wrong password"}
    assert (await user.refused("POST", "/api/v1/auth/password", wrong)).reason == "BAD_CREDENTIALS"
    await user.post("/api/v1/auth/password", changed)
    credentials["password"] = changed["new_password"]
    last = Rest(guest.http, (await guest.post("/api/v1/auth/login", credentials))["access_token"])
    pages = await last.pages("/api/v1/auth/audit", "events", page_size=4)
    events = [event for page in pages for event in page][::-1]
    assert [(event["event"], event["outcome"], bool(event["actor_id"])) for event in events] == [
        ("REGISTRATION", "DONE", True),
        ("SIGN_IN", "DONE", True),
        ("SIGN_IN", "BAD_CREDENTIALS", False),
        ("PROFILE_CHANGE", "DONE", True),
        ("SIGN_IN", "DONE", True),
        ("TOKEN_REFRESH", "DONE", True),
        ("TOKEN_REUSE_DETECTED", "DONE", False),
        ("SIGN_IN", "DONE", True),
        ("LOGOUT", "DONE", True),
        ("PASSWORD_CHANGE", "BAD_CREDENTIALS", True),
        ("PASSWORD_CHANGE", "DONE", True),
        ("SIGN_IN", "DONE", True),
    ]
    assert {event["actor_id"] for event in events} == {user.user_id, ""}
    assert all(event["client_address"] and event["user_agent"] for event in events)
    assert events[3]["facts"] == {"fields": "first_name"}
    assert events[8]["facts"] == {"session": session["session_id"]}
    text = str(events)
    for secret in (user.password, second["refresh_token"], second["access_token"], *changed.values(), user.token):
        assert secret not in text


async def test_an_asset_is_created_restocked_activated_priced_and_deactivated(
    admin: User, user: User, asset: str
) -> None:
    await user.deposit("1000.00")
    assert (await user.buy(asset, "2"))["total_amount"] == "20.00"
    priced = await admin.post(f"{ADMIN}/assets/{asset}:setPrice", {"price_usd": "12.5"})
    assert priced["price_usd"] == "12.50"
    assert (await user.buy(asset, "2"))["total_amount"] == "25.00"
    prices = (await user.get(f"/api/v1/inventory/assets/{asset}/prices"))["prices"]
    assert [price["price_usd"] for price in prices] == ["12.50", "10.00"]

    closed = await admin.post(f"{ADMIN}/assets/{asset}:setActive", {"is_active": False})
    assert not closed["is_active"]
    outcome = await user.outcome({"side": "BUY", "asset_id": asset, "quantity": "1"})
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "ASSET_INACTIVE"

    renamed = await admin.patch(f"{ADMIN}/assets/{asset}", {"name": "Other", "max_supply": "5000"})
    assert (renamed["name"], renamed["max_supply"], renamed["available_quantity"]) == ("Other", "5000", "96")
    assert await trail(admin, f"asset:{asset}") == done(
        *("ASSET_CREATED", "ASSET_RESTOCKED", "ASSET_ACTIVATED", "ASSET_PRICED", "ASSET_DEACTIVATED", "ASSET_UPDATED")
    )


async def test_a_restock_counts_once_and_makes_the_asset_available(admin: User, user: User, asset: str) -> None:
    await user.deposit("5000.00")
    outcome = await user.outcome({"side": "BUY", "asset_id": asset, "quantity": "101"})
    assert isinstance(outcome, Refusal)
    assert outcome.reason == "OUT_OF_STOCK"
    more = {"quantity": "1.5", "request_id": request_id()}
    answers = await asyncio.gather(*(admin.post(f"{ADMIN}/assets/{asset}:restock", more) for _ in range(5)))
    assert {answer["available_quantity"] for answer in answers} == {"101.5"}
    assert (await user.buy(asset, "101"))["status"] == "COMPLETED"
    reused = await admin.refused("POST", f"{ADMIN}/assets/{asset}:restock", {**more, "quantity": "2"})
    assert (reused.status, reused.reason) == (409, "IDEMPOTENCY_KEY_REUSED")
    assert (await admin.refused("POST", f"{ADMIN}/assets", new_asset(asset))).reason == "ASSET_EXISTS"
    assert (
        await admin.refused("POST", f"{ADMIN}/assets/NOSUCH:restock", {"quantity": "1"})
    ).reason == "ASSET_NOT_FOUND"


async def test_a_disabled_user_is_refused_everywhere_in_time_and_cannot_sign_in_until_enabled(
    admin: User, user: User, guest: Rest, channels: Channels
) -> None:
    credentials = {"username": user.username, "password": user.password}
    body = {"reason": "a test", "request_id": request_id()}
    tokens = [user.token, (await guest.post("/api/v1/auth/login", credentials))["access_token"]]
    assert len(await places_that_accept(user, channels, user.token)) == 6
    assert (await admin.post(f"{ADMIN}/users/{user.user_id}:disable", body))["is_disabled"]
    await asyncio.gather(*(assert_refused_in_time(user, channels, token) for token in tokens))
    assert (await admin.post(f"{ADMIN}/users/{user.user_id}:disable", body))["is_disabled"]
    assert (await guest.refused("POST", "/api/v1/auth/login", credentials)).reason == "ACCOUNT_DISABLED"
    assert (
        await guest.refused("POST", "/api/v1/auth/login", {**credentials, "password": "x"})
    ).reason == "BAD_CREDENTIALS"
    enabled = await admin.post(f"{ADMIN}/users/{user.user_id}:enable", {"request_id": request_id()})
    assert not enabled["is_disabled"]
    replayed = await admin.post(f"{ADMIN}/users/{user.user_id}:disable", body)
    assert not replayed["is_disabled"]
    again = await guest.post("/api/v1/auth/login", credentials)
    events = (await Rest(guest.http, again["access_token"]).get("/api/v1/auth/audit"))["events"]
    by_admin = [event for event in events if event["actor_id"] == admin.user_id]
    assert [event["event"] for event in by_admin] == ["USER_ENABLED", "USER_DISABLED"]
    assert {(event["client_address"], event["user_agent"]) for event in by_admin} == {("", "")}
    assert await trail(admin, f"user:{user.user_id}") == [("USER_DISABLED", "DONE"), ("USER_ENABLED", "DONE")]


async def test_admins_cannot_disable_themselves(admin: User) -> None:
    refused_ = await admin.refused("POST", f"{ADMIN}/users/{admin.user_id}:disable", {})
    assert (refused_.status, refused_.reason) == (400, "OWN_ACCOUNT")


async def test_users_are_found_by_name_and_address(admin: User, new_user: Callable[[Json], Awaitable[User]]) -> None:
    stem = f"Find_{secrets.token_hex(4)}"
    made = [await new_user(registration(f"{stem}_{letter}")) for letter in "cab"]
    pages = await admin.pages(f"{ADMIN}/users", "users", username_prefix=stem.upper(), page_size=2)
    assert [len(page) for page in pages] == [2, 1]
    names = [found["profile"]["username"] for page in pages for found in page]
    assert names == [f"{stem}_a", f"{stem}_b", f"{stem}_c"]
    found = await admin.get(f"{ADMIN}/users", email=f"{made[0].username}@example.com".upper())
    assert [one["profile"]["user_id"] for one in found["users"]] == [made[0].user_id]
    one = await admin.get(f"{ADMIN}/users/{made[0].user_id}")
    assert one == found["users"][0]
    assert not {"password", "password_hash"} & one["profile"].keys()


async def test_every_method_works_for_an_admin_by_grpc(
    channels: Channels, admin: User, user: User, new_user: Callable[[], Awaitable[User]]
) -> None:
    """Calls both the edge and the service's own port; both must refuse a customer."""
    customer = await new_user()
    for where in ("edge", ""):
        at = _At(channels, where, admin, customer)
        asset_id = f"G{secrets.token_hex(5).upper()}"
        await at.call("CreateAsset", assets.CreateAssetRequest(**new_asset(asset_id)))
        await at.call("Restock", assets.RestockRequest(asset_id=asset_id, quantity="3"))
        await at.call("SetPrice", assets.SetPriceRequest(asset_id=asset_id, price_usd="2.5"))
        await at.call("SetAssetActive", assets.SetAssetActiveRequest(asset_id=asset_id, is_active=True))
        sell_only = assets.SetTradingStatusRequest(asset_id=asset_id, trading_status=TradingStatus.SELL_ONLY)
        assert (await at.call("SetTradingStatus", sell_only)).trading_status == TradingStatus.SELL_ONLY
        assert not (await at.call("SetMarketHalted", assets.SetMarketHaltedRequest(is_halted=False))).is_halted
        house = await at.call("GetHouse", assets.GetHouseRequest())
        assert [one.value for one in house.positions if one.asset_id == asset_id] == ["7.50"]
        asset = await at.call("UpdateAsset", assets.UpdateAssetRequest(asset_id=asset_id, description="New."))
        assert (asset.description, asset.price_usd, asset.available_quantity) == ("New.", "2.50", "3")
        assert len(await trail(admin, f"asset:{asset_id}")) == 12
        assert (await trail(admin, "market:all"))[-2:] == done("MARKET_RESUMED")

        await at.call("DisableUser", users.DisableUserRequest(user_id=user.user_id))
        assert (await at.call("GetUser", users.GetUserRequest(user_id=user.user_id))).is_disabled
        await at.call("EnableUser", users.EnableUserRequest(user_id=user.user_id))
        listed = await at.call("ListUsers", users.ListUsersRequest(username_prefix=user.username))
        assert [one.profile.user_id for one in listed.users] == [user.user_id]
        events = await at.call("ListAuditEvents", audit.ListAuditEventsRequest(user_id=user.user_id))
        assert [event.event for event in events.events][:2] == ["USER_ENABLED", "USER_DISABLED"]

        assert not (await at.call("ListQuarantinedOrders", orders.ListQuarantinedOrdersRequest())).orders
        order_id = "0b7e2a52-6a7b-5f5e-9d0a-3f2b1c4d5e6f"
        release = orders.ReleaseOrderRequest(order_id=order_id, user_id=user.user_id)
        assert (await refused(at.stub("ReleaseOrder", release))).reason == "ORDER_NOT_FOUND"
        assert (await trail(admin, f"order:{order_id}"))[-1] == ("ORDER_RELEASED", "ORDER_NOT_FOUND")
        fail = orders.FailOrderRequest(order_id=order_id, user_id=user.user_id)
        assert (await refused(at.stub("FailOrder", fail))).reason == "ORDER_NOT_FOUND"
        assert (await trail(admin, f"order:{order_id}"))[-1] == ("ORDER_FAILED", "ORDER_NOT_FOUND")
        assert at.called == {method.name for method in FOR_ADMINS} - {"ReleaseOrder", "FailOrder"}


_STUBS: dict[str, tuple[Callable[[grpc.aio.Channel], Any], ...]] = {
    "inventory": (assets_grpc.AssetAdminServiceStub,),
    "user": (users_grpc.UserAdminServiceStub, audit_grpc.AuditAdminServiceStub),
    "order": (orders_grpc.OrderAdminServiceStub,),
}


class _At:
    """Calls admin methods at the edge or at the services' own ports, as the admin and as a customer."""

    def __init__(self, channels: Channels, where: str, admin: User, customer: User) -> None:
        self._stubs = [stub(channels[where or service]) for service, stubs in _STUBS.items() for stub in stubs]
        self._admin, self._customer = admin, customer
        self.called: set[str] = set()

    def stub(self, name: str, message: Message, token: str = "") -> Awaitable[Any]:
        [method] = [getattr(stub, name) for stub in self._stubs if hasattr(stub, name)]
        call: Awaitable[Any] = method(message, metadata=bearer(token or self._admin.token), timeout=15)
        return call

    async def call(self, name: str, message: Message) -> Any:
        refusal = await refused(self.stub(name, message, self._customer.token))
        assert (refusal.code, refusal.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_REQUIRED")
        self.called.add(name)
        return await self.stub(name, message)
