"""Access control at the edge, over REST and gRPC, and at the services' own ports."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import grpc
import pytest

from local.programs import TOKEN_AUDIENCE
from services.bootstrap.certificates import PARTS

from .contract import FOR_ADMINS, FOR_USERS, MESH, METHODS, PUBLIC, SIGNED_IN, Binding, Method
from .rest import Rest, refusal
from .rpc import Channels, RpcRefusal, bearer, outcome
from .tokens import BAD_TOKENS, Forge
from .users import User

GRPC_WEB = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
EMPTY_FRAME = b"\0\0\0\0\0"


def test_every_method_declares_its_callers() -> None:
    assert all(method.caller for method in METHODS)
    assert {len(PUBLIC), len(SIGNED_IN), len(MESH)}.isdisjoint({0})
    assert not [method for method in MESH if method.bindings]


# All bad tokens are tried on one method of each service and kind, some of them on all methods.
OF_EACH_KIND = list({(method.owner, method.caller): method for method in SIGNED_IN}.values())
EVERYWHERE = ("no JWT", "a changed signature", "a foreign key", "alg none")
TRIES = [(method, what) for method in SIGNED_IN for what in (BAD_TOKENS if method in OF_EACH_KIND else EVERYWHERE)]


@pytest.mark.parametrize(("method", "what"), TRIES, ids=str)
async def test_every_protocol_refuses_a_bad_token(
    guest: Rest, channels: Channels, bad_tokens: dict[str, str | None], method: Method, what: str
) -> None:
    token = bad_tokens[what]
    reason = {"no token": "TOKEN_MISSING", "expired": "TOKEN_EXPIRED"}.get(what, "TOKEN_INVALID")
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    for binding in method.bindings:
        body = None if binding.verb == "GET" else {}
        refused = await guest.refused(binding.verb, binding.url(), body, headers=headers)
        assert (refused.status, refused.reason) == (401, reason)
    for where in ("edge", method.owner):
        refused = await outcome(channels[where], method.path, metadata=bearer(token))
        assert isinstance(refused, RpcRefusal), where
        assert (where, refused.code, refused.reason) == (where, grpc.StatusCode.UNAUTHENTICATED, reason)
    web = await guest.send("POST", method.path, content=EMPTY_FRAME, headers={**GRPC_WEB, **headers})
    assert (web.headers["grpc-status"], web.content) == ("16", b"")


@pytest.fixture(scope="module")
async def user_id(new_user: Callable[[], Awaitable[User]]) -> str:
    """Returns the id of an existing user, so that only the token is wrong."""
    return (await new_user()).user_id


@pytest.fixture(scope="module")
def bad_tokens(forge: Forge, user_id: str) -> dict[str, str | None]:
    return forge.bad(user_id)


@pytest.mark.parametrize(
    ("method", "role"),
    [(method, "customer") for method in FOR_USERS] + [(method, "admin") for method in SIGNED_IN],
    ids=str,
)
async def test_a_method_accepts_a_valid_token_of_its_role(
    guest: Rest, channels: Channels, token_of: Callable[[str], str], method: Method, role: str
) -> None:
    token = token_of(role)
    for binding in method.bindings:
        body = None if binding.verb == "GET" else {}
        response = await guest.send(binding.verb, binding.url(), body, headers={"authorization": f"Bearer {token}"})
        assert response.status_code == 200 or refusal(response).status in (400, 404), response.text
    for where in ("edge", method.owner):
        answer = await outcome(channels[where], method.path, metadata=bearer(token))
        assert isinstance(answer, bytes) or answer.code in (
            grpc.StatusCode.INVALID_ARGUMENT,
            grpc.StatusCode.NOT_FOUND,
        ), answer


@pytest.mark.parametrize("method", FOR_ADMINS, ids=str)
async def test_every_protocol_refuses_customers_at_methods_for_admins(
    guest: Rest, channels: Channels, token_of: Callable[[str], str], method: Method
) -> None:
    for role in ("customer", "Admin", "", "admin "):
        token = token_of(role)
        for binding in method.bindings:
            body = None if binding.verb == "GET" else {}
            headers = {"authorization": f"Bearer {token}"}
            refused = await guest.refused(binding.verb, binding.url(), body, headers=headers)
            assert (refused.status, refused.reason) == (403, "ROLE_REQUIRED")
        for where in ("edge", method.owner):
            refused = await outcome(channels[where], method.path, metadata=bearer(token))
            assert isinstance(refused, RpcRefusal)
            assert (refused.code, refused.reason) == (grpc.StatusCode.PERMISSION_DENIED, "ROLE_REQUIRED")


async def test_a_token_for_several_audiences_is_valid_if_one_is_ours(
    guest: Rest, channels: Channels, forge: Forge, user_id: str
) -> None:
    """RFC 7519, 4.1.3: the audience claim may be a list that includes the recipient."""
    token = forge.good(user_id, aud=["another", TOKEN_AUDIENCE])
    await Rest(guest.http, token).get("/api/v1/balance")
    for where in ("edge", "user"):
        assert isinstance(
            await outcome(channels[where], "/cnop.user.v1.AccountService/GetBalance", b"", bearer(token)), bytes
        )


@pytest.fixture(scope="module")
def token_of(forge: Forge, user_id: str) -> Callable[[str], str]:
    """Returns a function that makes valid tokens of one user with a given role."""
    return lambda role: forge.good(user_id, role=role)


@pytest.mark.parametrize("method", PUBLIC, ids=str)
@pytest.mark.parametrize("token", [None, "not-a-token"], ids=["no token", "a bad token"])
async def test_a_public_method_needs_no_token(
    guest: Rest, channels: Channels, method: Method, token: str | None
) -> None:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    for binding in method.bindings:
        body = None if binding.verb == "GET" else {}
        response = await guest.send(binding.verb, binding.url(), body, headers=headers)
        assert response.status_code == 200 or refusal(response).reason == "INVALID_FIELD"
    for where in ("edge", method.owner):
        answer = await outcome(channels[where], method.path, metadata=bearer(token))
        assert isinstance(answer, bytes) or answer.code == grpc.StatusCode.INVALID_ARGUMENT


async def test_a_token_is_read_only_from_the_authorization_header(guest: Rest, user: User) -> None:
    ways = [
        {"params": {"access_token": user.token}},
        {"headers": {"cookie": f"access_token={user.token}; authorization=Bearer {user.token}"}},
        {"headers": {"x-authorization": f"Bearer {user.token}"}},
        {"headers": {"authorization": f"Basic {user.token}"}},
        {"headers": {"authorization": user.token}},
    ]
    for way in ways:
        assert (await guest.refused("GET", "/api/v1/balance", **way)).status in (400, 401), way


@pytest.mark.parametrize("method", MESH, ids=str)
async def test_a_method_of_the_mesh_does_not_exist_at_the_edge(
    guest: Rest, user: User, channels: Channels, method: Method
) -> None:
    spoofed = (*bearer(user.token), ("x-mesh-identity", method.mesh_identities[0]))
    for metadata in ((), bearer(user.token), spoofed):
        native = await outcome(channels["edge"], method.path, metadata=metadata)
        assert isinstance(native, RpcRefusal)
        assert (native.code, native.reason) == (grpc.StatusCode.UNIMPLEMENTED, "ROUTE_NOT_FOUND")
        web = await guest.send("POST", method.path, content=EMPTY_FRAME, headers={**GRPC_WEB, **dict(metadata)})
        assert web.headers["grpc-status"] == "12"
        for verb in ("GET", "POST"):
            body = {} if verb == "POST" else None
            refused = await guest.refused(verb, method.path, body, headers=dict(metadata))
            assert (refused.status, refused.reason) == (404, "ROUTE_NOT_FOUND")


@pytest.mark.parametrize("caller", PARTS)
@pytest.mark.parametrize("method", MESH, ids=str)
async def test_a_method_of_the_mesh_accepts_only_the_services_that_it_names(
    forge: Forge, user: User, channels: Channels, method: Method, caller: str
) -> None:
    spoofed = (("x-mesh-identity", method.mesh_identities[0]),)
    for metadata in ((), bearer(user.token), bearer(forge.good(user.user_id, role="admin")), spoofed):
        answer = await outcome(channels.of(method.owner, caller), method.path, metadata=metadata)
        if caller in method.mesh_identities:  # the method admits the caller, but may refuse the empty request
            assert isinstance(answer, bytes) or answer.reason == "INVALID_FIELD"
        else:
            assert isinstance(answer, RpcRefusal)
            assert (answer.code, answer.reason) == (grpc.StatusCode.PERMISSION_DENIED, "MESH_IDENTITY_REQUIRED")


@pytest.mark.parametrize("caller", PARTS)
@pytest.mark.parametrize("method", SIGNED_IN, ids=str)
async def test_a_mesh_certificate_does_not_stand_for_a_user(
    guest: Rest, channels: Channels, method: Method, caller: str
) -> None:
    spoofed = (("x-mesh-identity", caller), ("x-user-id", "u-1"), ("x-user-role", "admin"))
    for binding in method.bindings:
        body = None if binding.verb == "GET" else {}
        refused = await guest.refused(binding.verb, binding.url(), body, headers=dict(spoofed))
        assert (refused.status, refused.reason) == (401, "TOKEN_MISSING")
    refused = await outcome(channels.of(method.owner, caller), method.path, metadata=spoofed)
    assert isinstance(refused, RpcRefusal)
    assert (refused.code, refused.reason) == (grpc.StatusCode.UNAUTHENTICATED, "TOKEN_MISSING")


@pytest.mark.parametrize(
    "path",
    [
        "/grpc.health.v1.Health/Check",
        "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
        "/cnop.user.v1.AccountService/NoSuchMethod",
        "/cnop.nope.v1.NoService/NoMethod",
    ],
)
async def test_a_method_outside_the_contracts_does_not_exist_at_the_edge(
    guest: Rest, user: User, channels: Channels, path: str
) -> None:
    native = await outcome(channels["edge"], path, metadata=bearer(user.token))
    assert isinstance(native, RpcRefusal)
    assert (native.code, native.reason) == (grpc.StatusCode.UNIMPLEMENTED, "ROUTE_NOT_FOUND")
    assert (await guest.refused("POST", path, {})).status == 404


async def test_the_edge_refuses_a_stream_to_an_unknown_method_at_once(channels: Channels, user: User) -> None:
    """`grpcurl list` against the edge opens such a stream and does not half-close it."""
    path = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
    # Write nothing: a write after the response would fail the call with INTERNAL in the client.
    call = channels["edge"].stream_stream(path)(metadata=bearer(user.token), timeout=5)
    assert await call.code() == grpc.StatusCode.UNIMPLEMENTED


def test_the_documented_rest_paths_exist() -> None:
    wanted = {
        "POST /api/v1/auth/register", "POST /api/v1/auth/login", "GET /.well-known/jwks.json", "GET /api/v1/auth/me",
        "PATCH /api/v1/auth/me", "GET /api/v1/auth/profile", "PATCH /api/v1/auth/profile", "PUT /api/v1/auth/me",
        "PUT /api/v1/auth/profile", "GET /api/v1/balance",
        "POST /api/v1/balance/deposit", "POST /api/v1/balance/withdraw", "GET /api/v1/balance/transactions",
        "GET /api/v1/balance/asset/{asset_id}", "GET /api/v1/assets/balances", "GET /api/v1/portfolio",
        "GET /api/v1/inventory/assets", "GET /api/v1/inventory/assets/{asset_id}",
        "GET /api/v1/inventory/assets/{asset_id}/prices", "POST /api/v1/orders", "GET /api/v1/orders",
        "GET /api/v1/auth/audit", "GET /api/v1/admin/audit", "GET /api/v1/admin/users",
        "GET /api/v1/admin/users/{user_id}", "POST /api/v1/admin/users/{user_id}:disable",
        "POST /api/v1/admin/users/{user_id}:enable", "POST /api/v1/admin/assets",
        "PATCH /api/v1/admin/assets/{asset_id}", "POST /api/v1/admin/assets/{asset_id}:setActive",
        "POST /api/v1/admin/assets/{asset_id}:setPrice", "POST /api/v1/admin/assets/{asset_id}:restock",
        "GET /api/v1/admin/orders:quarantined", "POST /api/v1/admin/orders/{order_id}:release",
        "GET /api/v1/orders/{order_id}", "POST /api/v1/orders:preview", "GET /api/v1/assets/{asset_id}/transactions",
    }  # fmt: skip
    found: set[Binding] = {binding for method in METHODS for binding in method.bindings}
    assert wanted <= {str(binding) for binding in found}
