"""Features of the edge: CORS, gRPC-Web, health, request ids, logs."""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import grpc
import httpx
import jwt
import pytest
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2
from cnop.user.v1 import account_pb2, account_service_pb2, account_service_pb2_grpc, auth_service_pb2
from google.protobuf.message import Message
from google.rpc import status_pb2

from local.stack import Stack

from .conftest import SERVICES
from .rest import Json, Rest
from .rpc import Channels, bearer, reason_of, refused
from .tokens import Forge
from .users import User, register, registration, request_id
from .waiting import eventually

TRAILERS = 0x80  # the flag of the frame with the trailers


# --- health -----------------------------------------------------------------------------------------------------------


async def test_health_is_ok_while_all_services_are_up(guest: Rest) -> None:
    response = await guest.send("GET", "/health")
    assert (response.status_code, response.json()) == (200, {"status": "SERVING"})
    assert response.headers["content-type"] == "application/json"


# --- CORS -------------------------------------------------------------------------------------------------------------

PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type,idempotency-key",
}


@pytest.mark.parametrize("path", ["/api/v1/orders", "/api/v1/auth/login", "/cnop.order.v1.OrderService/CreateOrder"])
async def test_a_browser_may_call_from_an_allowed_origin(guest: Rest, stack: Stack, path: str) -> None:
    [origin] = stack.settings.allowed_origins
    response = await guest.send("OPTIONS", path, headers={"origin": origin, **PREFLIGHT})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == origin
    assert "POST" in response.headers["access-control-allow-methods"]
    allowed = {name.strip() for name in response.headers["access-control-allow-headers"].split(",")}
    assert {"authorization", "content-type", "idempotency-key", "x-grpc-web"} <= allowed
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "{allowed}.evil.example", "{allowed}0"])
async def test_a_browser_may_not_call_from_another_origin(guest: Rest, user: User, stack: Stack, origin: str) -> None:
    origin = origin.format(allowed=stack.settings.allowed_origins[0])
    response = await guest.send("OPTIONS", "/api/v1/orders", headers={"origin": origin, **PREFLIGHT})
    assert "access-control-allow-origin" not in response.headers
    response = await user.send("GET", "/api/v1/balance", headers={"origin": origin})
    assert "access-control-allow-origin" not in response.headers


async def test_a_browser_can_read_errors_and_request_ids(guest: Rest, user: User, stack: Stack) -> None:
    [origin] = stack.settings.allowed_origins
    for caller, path in ((guest, "/api/v1/balance"), (user, "/api/v1/orders/nope"), (user, "/api/v1/balance")):
        response = await caller.send("GET", path, headers={"origin": origin})
        assert response.headers["access-control-allow-origin"] == origin
        exposed = {name.strip() for name in response.headers["access-control-expose-headers"].split(",")}
        assert {"x-request-id", "grpc-status", "grpc-message"} <= exposed


# --- gRPC-Web ---------------------------------------------------------------------------------------------------------


def frame(message: Message) -> bytes:
    """Returns a message as a gRPC-Web frame."""
    data = message.SerializeToString()
    return b"\0" + len(data).to_bytes(4, "big") + data


def unframed(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yields the frames of a response: flags and data."""
    while content:
        end = 5 + int.from_bytes(content[1:5], "big")
        yield content[0], content[5:end]
        content = content[end:]


async def web_call(caller: Rest, path: str, message: Message) -> httpx.Response:
    headers = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1", "accept": "application/grpc-web+proto"}
    return await caller.send("POST", path, content=frame(message), headers=headers)


async def test_a_browser_calls_with_grpc_web(guest: Rest) -> None:
    asset_id = inventory_service_pb2.GetAssetRequest(asset_id="BTC")
    response = await web_call(guest, "/cnop.inventory.v1.InventoryService/GetAsset", asset_id)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/grpc-web+proto"
    (flags, data), (trailer_flags, trailers) = unframed(response.content)
    assert (flags, trailer_flags) == (0, TRAILERS)
    assert asset_pb2.Asset.FromString(data).name == "Bitcoin"
    assert b"grpc-status:0\r\n" in trailers


async def test_a_browser_signs_in_and_reads_its_balance_with_grpc_web(guest: Rest, user: User) -> None:
    credentials = auth_service_pb2.LoginRequest(username=user.username, password=user.password)
    response = await web_call(guest, "/cnop.user.v1.AuthService/Login", credentials)
    (_, data), _ = unframed(response.content)
    token = auth_service_pb2.LoginResponse.FromString(data).access_token
    await user.deposit("12.34")
    nothing = account_service_pb2.GetBalanceRequest()
    response = await web_call(Rest(guest.http, token), "/cnop.user.v1.AccountService/GetBalance", nothing)
    (_, data), _ = unframed(response.content)
    assert account_pb2.Balance.FromString(data).current_balance == "12.34"


@pytest.mark.parametrize(
    ("path", "message", "code", "reason"),
    [
        (
            "/cnop.inventory.v1.InventoryService/GetAsset",
            inventory_service_pb2.GetAssetRequest(asset_id="NOPE"),
            grpc.StatusCode.NOT_FOUND,
            "ASSET_NOT_FOUND",
        ),
        (
            "/cnop.user.v1.AccountService/GetBalance",
            account_service_pb2.GetBalanceRequest(),
            grpc.StatusCode.UNAUTHENTICATED,
            "TOKEN_MISSING",
        ),
    ],
)
async def test_an_error_over_grpc_web_keeps_its_code_and_its_details(
    guest: Rest, path: str, message: Message, code: grpc.StatusCode, reason: str
) -> None:
    response = await web_call(guest, path, message)
    number: int = code.value[0]
    assert int(response.headers["grpc-status"]) == number
    details = jwt.utils.base64url_decode(
        response.headers["grpc-status-details-bin"].replace("+", "-").replace("/", "_")
    )
    status = status_pb2.Status.FromString(details)
    assert (status.code, reason_of(status)) == (number, reason)
    assert unquote(response.headers["grpc-message"]) == status.message


# --- headers and metadata ---------------------------------------------------------------------------------------------


async def test_an_error_keeps_its_details_in_json_and_in_grpc(user: User, channels: Channels) -> None:
    await user.deposit("1.00")
    response = await user.send("POST", "/api/v1/balance/withdraw", {"amount": "2.50"})
    assert response.json() == {
        "code": 9,
        "message": "2.50 USD needed, but only 1.00 USD available; deposit more or lower the amount",
        "details": [
            {
                "@type": "type.googleapis.com/google.rpc.ErrorInfo",
                "reason": "INSUFFICIENT_FUNDS",
                "domain": "cnop",
                "metadata": {"needed": "2.50", "available": "1.00"},
            }
        ],
    }
    stub = account_service_pb2_grpc.AccountServiceStub(channels["edge"])
    wanted = account_service_pb2.WithdrawRequest(amount="2.50")
    native = await refused(stub.Withdraw(wanted, metadata=bearer(user.token)))
    assert (native.code, native.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "INSUFFICIENT_FUNDS")
    assert native.message == "2.50 USD needed, but only 1.00 USD available; deposit more or lower the amount"


async def test_every_401_says_how_to_sign_in(guest: Rest, new_user: Callable[..., Awaitable[User]]) -> None:
    user = await new_user()
    await user.post("/api/v1/auth/logout", {})
    wrong = {"username": user.username, "password": "a wrong password"}
    for response in (
        await guest.send("POST", "/api/v1/auth/login", wrong),
        await guest.send("POST", "/api/v1/auth/refresh", {"refresh_token": "x" * 40}),
        await guest.send("GET", "/api/v1/balance"),
    ):
        assert response.status_code == 401
        assert response.headers.get_list("www-authenticate") == ['Bearer realm="cnop"']

    async def refused_for_its_session() -> list[httpx.Response]:
        response = await user.send("GET", "/api/v1/balance")
        return [response] if response.status_code == 401 else []

    [response] = await eventually(refused_for_its_session, "the end of the session")
    assert response.headers.get_list("www-authenticate") == ['Bearer realm="cnop", error="invalid_token"']


async def test_json_responses_are_not_cached_or_sniffed_and_reveal_no_internals(user: User) -> None:
    for path in ("/api/v1/balance", "/api/v1/orders/nope", "/nope", "/api/v1/inventory/assets"):
        response = await user.send("GET", path)
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-content-type-options"] == "nosniff"
        assert not [name for name in response.headers if name.startswith(("grpc-", "x-envoy-"))]


async def test_long_responses_are_compressed(guest: Rest) -> None:
    response = await guest.send("GET", "/api/v1/inventory/assets?page_size=200", headers={"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert len(response.json()["assets"]) >= 100


async def test_the_keys_that_verify_tokens_are_published_without_their_secrets(guest: Rest, user: User) -> None:
    keys = (await guest.get("/.well-known/jwks.json"))["keys"]
    assert keys
    for key in keys:
        assert key.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
        assert (key["kty"], key["crv"], key["alg"], key["use"]) == ("EC", "P-256", "ES256", "sig")
    kid = jwt.get_unverified_header(user.token)["kid"]
    [signed_by] = [jwt.PyJWK(key) for key in keys if key["kid"] == kid]
    claims = jwt.decode(user.token, signed_by, algorithms=["ES256"], audience="cnop")
    assert claims["sub"] == user.user_id


# --- logs -------------------------------------------------------------------------------------------------------------


def log_lines(stack: Stack, name: str) -> list[Json]:
    """Returns the JSON lines of a program's log."""
    lines = stack[name].log.read_text().splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]


async def logged(stack: Stack, name: str, given: str) -> Json:
    """Waits for the line of a request in a program's log and returns it."""

    async def look() -> list[Json]:
        return [line for line in log_lines(stack, name) if line.get("request_id") == given]

    return (await eventually(look, f"{given} in the log of {name}"))[0]


async def test_a_request_id_is_returned_and_logged_by_every_service_on_the_way(user: User, stack: Stack) -> None:
    given = request_id()
    await user.deposit("100.00")
    order = {"side": "BUY", "asset_id": "DOT", "quantity": "1"}
    response = await user.send("POST", "/api/v1/orders", order, headers={"x-request-id": given})
    assert response.headers["x-request-id"] == given
    for name in SERVICES:
        line = await logged(stack, name, given)
        assert (line["service"], line["code"], line["level"]) == (name, "OK", "INFO")
    assert (await logged(stack, "order", given))["user"] == user.user_id
    at_edge = await logged(stack, "edge", given)
    assert (at_edge["method"], at_edge["code"], at_edge["user"]) == ("POST", 200, user.user_id)
    assert at_edge["rpc"] == "cnop.order.v1.OrderService/CreateOrder"


async def test_a_request_without_an_id_gets_one(user: User, stack: Stack) -> None:
    first, second = [(await user.send("GET", "/api/v1/balance")).headers["x-request-id"] for _ in range(2)]
    assert first != second
    assert (await logged(stack, "user", first))["method"] == "/cnop.user.v1.AccountService/GetBalance"


async def test_an_error_of_the_edge_has_a_request_id_and_is_logged(guest: Rest, stack: Stack) -> None:
    given = request_id()
    response = await guest.send("GET", "/api/v1/balance", headers={"x-request-id": given})
    assert response.headers["x-request-id"] == given
    assert (await logged(stack, "edge", given))["code"] == 401


async def test_no_log_holds_a_password_or_a_token(
    guest: Rest, stack: Stack, forge: Forge, channels: Channels, http: httpx.AsyncClient
) -> None:
    canary = f"canary{secrets.token_hex(6)}"
    details = registration() | {"password": f"{canary} right"}
    user = await register(http, details)
    tokens = [user.token, forge.good(user.user_id, exp=1), forge.good(user.user_id, aud=canary)]
    login = "/api/v1/auth/login"
    await guest.send("POST", "/api/v1/auth/register", details)
    await guest.send("POST", "/api/v1/auth/register", registration() | {"password": f"{canary}" * 5})
    await guest.send("POST", "/api/v1/auth/register", registration() | {"password": [f"{canary}"]})
    await guest.send("POST", "/api/v1/auth/register", {"password": f"{canary} without the rest"})
    await guest.send("POST", login, {"username": user.username, "password": f"{canary} wrong"})
    await guest.send("POST", login, {"username": user.username, "password": f"{canary}" * 50})
    await guest.send("POST", login, {"username": user.username}, params={"password": f"{canary} in the query"})
    await guest.send("POST", login, content=f'{{"username": "x", "password": "{canary}" broken'.encode())
    await guest.send("POST", login, content=f'{{"username": "x", "password": "{canary}\\ud800"}}'.encode())
    for token in tokens:
        await Rest(http, token).send("GET", "/api/v1/portfolio")
        await guest.send("GET", "/api/v1/balance", params={"access_token": token})
        await guest.send("GET", "/api/v1/balance", headers={"authorization": f"Basic {token}"})
        for where in ("edge", "user"):
            stub = account_service_pb2_grpc.AccountServiceStub(channels[where])
            call = stub.GetBalance(account_service_pb2.GetBalanceRequest(), metadata=bearer(token))
            await call.code()
    await user.post("/api/v1/orders:preview", {"side": "BUY", "asset_id": "BTC", "quantity": "1"})

    last = (await user.send("GET", "/api/v1/balance")).headers["x-request-id"]
    for name in ("edge", "user"):
        await logged(stack, name, last)
    secrets_of_users = [canary, *(token.split(".")[2] for token in tokens), *(token.split(".")[1] for token in tokens)]
    for log in stack.settings.log_dir.glob("*.log*"):
        text = log.read_text(errors="replace")
        assert not [secret for secret in secrets_of_users if secret in text], log.name


def test_no_log_holds_the_secrets_of_the_system(stack: Stack) -> None:
    environment = stack.programs["user"].env
    mesh = Path(environment["CNOP_MESH_SECRET_FILE"]).read_text()
    keys = [path.read_text().splitlines()[1] for path in Path(environment["CNOP_KEYS_DIR"]).glob("*.pem")]
    keys += [path.read_text().splitlines()[1] for path in stack.mesh.rglob("*.key")]
    for log in stack.settings.log_dir.glob("*.log*"):
        text = log.read_text(errors="replace")
        assert not [secret for secret in (mesh, *keys) if secret in text], log.name


async def test_the_access_log_has_a_line_for_each_kind_of_call(
    guest: Rest, user: User, stack: Stack, channels: Channels, new_user: Callable[..., Awaitable[User]]
) -> None:
    given = request_id()
    stub = account_service_pb2_grpc.AccountServiceStub(channels["edge"])
    metadata = (*bearer(user.token), ("x-request-id", given))
    await stub.GetBalance(account_service_pb2.GetBalanceRequest(), metadata=metadata)
    native = await logged(stack, "edge", given)
    assert (native["rpc"], native["grpc_status"]) == ("cnop.user.v1.AccountService/GetBalance", "OK")
    assert (native["user"], native["upstream"]) == (user.user_id, "user")
    assert native["duration_ms"] >= 0

    given = request_id()
    query = {"search": "bitcoin", "page_size": "1"}
    await guest.send("GET", "/api/v1/inventory/assets", params=query, headers={"x-request-id": given})
    json_call = await logged(stack, "edge", given)
    assert (json_call["method"], json_call["code"]) == ("GET", 200)
    assert json_call["rpc"] == "cnop.inventory.v1.InventoryService/ListAssets"
    assert "bitcoin" not in json.dumps(json_call)


async def test_headers_are_accepted_up_to_a_size_and_services_accept_all_that_the_edge_accepts(guest: Rest) -> None:
    for _ in range(20):
        answer = await guest.send("GET", "/api/v1/inventory/assets/BTC", headers={"x-much": "a" * 32_500})
        assert answer.status_code == 200, answer.text
    answer = await guest.send("GET", "/api/v1/inventory/assets/BTC", headers={"x-much": "a" * 33_000})
    assert answer.status_code == 431
