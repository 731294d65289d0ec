"""Real servers on a free port, with the interceptor that every service has."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Protocol

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from google.rpc import error_details_pb2, status_pb2

from services.common import policy, server, settings
from services.common.contract import Contract
from services.common.mesh import MeshSecret
from services.common.policy import Policy
from services.common.tokens import TokenVerifier

ISSUER, AUDIENCE = "https://cnop.local", "cnop"

Metadata = tuple[tuple[str, str], ...]


@pytest.fixture(scope="session")
def mesh() -> MeshSecret:
    return MeshSecret(b"a secret that the services share")


@pytest.fixture(scope="session")
def private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="session")
def tokens(private_key: ec.EllipticCurvePrivateKey) -> TokenVerifier:
    class Keys:
        async def key(self, kid: str) -> ec.EllipticCurvePublicKey | None:
            return private_key.public_key() if kid == "k1" else None

    return TokenVerifier(Keys(), ISSUER, AUDIENCE)


SignIn = Callable[..., Metadata]


@pytest.fixture(scope="session")
def sign_in(private_key: ec.EllipticCurvePrivateKey) -> SignIn:
    """The metadata of a user who is signed in."""

    def make(user_id: str = "u-1", role: str = "customer", expires_in: float = 60) -> Metadata:
        now = time.time()
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user_id, "role": role, "jti": "j", "iat": now - 60}
        token = jwt.encode(claims | {"exp": now + expires_in}, private_key, algorithm="ES256", headers={"kid": "k1"})
        return (("authorization", f"Bearer {token}"),)

    return make


class Serve(Protocol):
    """Serves methods; answers a channel to them. `register` puts the servicers into the server."""

    async def __call__(
        self,
        names: tuple[str, ...],
        register: Callable[[grpc.aio.Server], None],
        changes: Mapping[str, Policy | None] = ...,
        config: settings.Server = ...,
    ) -> grpc.aio.Channel: ...


@pytest.fixture
async def serve(tokens: TokenVerifier, mesh: MeshSecret) -> AsyncIterator[Serve]:
    async with AsyncExitStack() as stack:

        async def make(
            names: tuple[str, ...],
            register: Callable[[grpc.aio.Server], None],
            changes: Mapping[str, Policy | None] = {},
            config: settings.Server = settings.Server(),  # noqa: B008 - frozen
        ) -> grpc.aio.Channel:
            policies = {**policy.read(names), **changes}
            kept = {path: one for path, one in policies.items() if one is not None}
            made = server.build(Contract(kept, tokens, mesh, config.concurrency), config)
            register(made)
            return await stack.enter_async_context(running(made))

        yield make


@asynccontextmanager
async def running(made: grpc.aio.Server) -> AsyncIterator[grpc.aio.Channel]:
    port = made.add_insecure_port("127.0.0.1:0")
    await made.start()
    async with connect(f"127.0.0.1:{port}") as channel:
        yield channel
    await made.stop(0)


def connect(address: str) -> grpc.aio.Channel:
    options = [("grpc.enable_http_proxy", 0), ("grpc.use_local_subchannel_pool", 1)]
    return grpc.aio.insecure_channel(address, options=options)


@pytest.fixture(scope="session")
def told() -> Callable[[grpc.aio.AioRpcError], dict[str, Any]]:
    """What a client is told by an error: code, message, reason, facts, and the broken fields."""

    def read(error: grpc.aio.AioRpcError) -> dict[str, Any]:
        trailing = dict(error.trailing_metadata() or ())
        answer: dict[str, Any] = {"code": error.code().name, "message": error.details()}
        details = trailing.get("grpc-status-details-bin")
        if isinstance(details, bytes):
            whole = status_pb2.Status.FromString(details)
            assert (whole.code, whole.message) == (error.code().value[0], error.details())
            for detail in whole.details:
                info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
                if detail.Unpack(info):
                    answer |= {"reason": info.reason, "facts": dict(info.metadata)}
                elif detail.Unpack(bad):
                    answer["fields"] = [violation.field for violation in bad.field_violations]
        return answer

    return read
