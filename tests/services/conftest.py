"""Real servers on free ports, with the interceptor of all services."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

import grpc
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from google.rpc import error_details_pb2, status_pb2

from local import authority, dial
from services.auth.refusals import Refusal
from services.auth.tokens import TokenVerifier
from services.auth.user_access import UserAccess
from services.common import settings
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import Policy, read_policies
from services.common.rpc.errors import Unauthenticated, Unavailable
from services.common.rpc.interceptor import ContractInterceptor
from services.streams.runner import Streams

ISSUER, AUDIENCE = "https://cnop.local", "cnop"

Metadata = tuple[tuple[str, str], ...]


class Ended:
    """Which sessions were revoked."""

    def __init__(self) -> None:
        self.sessions: set[str] = set()
        self.is_unknown = False

    async def check(self, session_id: str) -> None:
        if self.is_unknown:
            raise Unavailable("DEPENDENCY_UNAVAILABLE", "unknown")
        if session_id in self.sessions:
            raise Unauthenticated("TOKEN_REVOKED", "the session has ended")


@pytest.fixture(scope="session")
def mesh() -> Mesh:
    return Mesh(authority.TRUST_DOMAIN, authority.NAMESPACE)


@pytest.fixture(scope="session")
def certs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate for each service of the mesh. The servers here present that of the user service."""
    folder = tmp_path_factory.mktemp("certs")
    authority.ensure(folder)
    return folder


@pytest.fixture(scope="session")
def private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="session")
def ended() -> Ended:
    return Ended()


@pytest.fixture(scope="session")
def tokens(private_key: ec.EllipticCurvePrivateKey) -> TokenVerifier:
    class Keys:
        async def key(self, kid: str) -> ec.EllipticCurvePublicKey | None:
            return private_key.public_key() if kid == "k1" else None

    return TokenVerifier(Keys(), ISSUER, AUDIENCE)


class Kept:
    """Keeps the recorded refusals. Awaits `before` first."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []
        self.recorded = asyncio.Event()

        async def nothing() -> None:
            return

        self.before: Callable[[], Awaitable[None]] = nothing

    async def record_refusal(self, refusal: Refusal) -> None:
        await self.before()
        self.refusals.append(refusal)
        self.recorded.set()


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def access(tokens: TokenVerifier, ended: Ended, kept: Kept) -> UserAccess:
    return UserAccess(tokens, ended, kept)


SignIn = Callable[..., Metadata]


@pytest.fixture(scope="session")
def sign_in(private_key: ec.EllipticCurvePrivateKey) -> SignIn:
    """Returns the metadata of a signed-in user."""

    def make(user_id: str = "u-1", role: str = "customer", expires_in: float = 60, session_id: str = "s-1") -> Metadata:
        now = time.time()
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": user_id, "role": role, "jti": "j", "iat": now - 60}
        claims |= {"exp": now + expires_in, "sid": session_id}
        token = jwt.encode(claims, private_key, algorithm="ES256", headers={"kid": "k1", "typ": "at+jwt"})
        return (("authorization", f"Bearer {token}"),)

    return make


class Serve(Protocol):
    """Serves methods and returns a channel to them. `register` adds the servicers to the server."""

    async def __call__(
        self,
        names: tuple[str, ...],
        register: Callable[[grpc.aio.Server], None],
        changes: Mapping[str, Policy | None] = ...,
        config: settings.Server = ...,
        streams: Streams | None = ...,
    ) -> grpc.aio.Channel: ...


CallAs = Callable[[str], grpc.aio.Channel]


class ServeAll(Protocol):
    """Serves methods and returns what opens channels to them, with the identity of a service of the mesh."""

    async def __call__(
        self,
        names: tuple[str, ...],
        register: Callable[[grpc.aio.Server], None],
        changes: Mapping[str, Policy | None] = ...,
        config: settings.Server = ...,
        streams: Streams | None = ...,
    ) -> CallAs: ...


@pytest.fixture
async def serve_all(access: UserAccess, mesh: Mesh, certs: Path) -> AsyncIterator[ServeAll]:
    async with AsyncExitStack() as stack:

        async def make(
            names: tuple[str, ...],
            register: Callable[[grpc.aio.Server], None],
            changes: Mapping[str, Policy | None] = {},
            config: settings.Server = settings.Server(),  # noqa: B008 - frozen
            streams: Streams | None = None,
        ) -> CallAs:
            policies = {**read_policies(names), **changes}
            enforced = {path: one for path, one in policies.items() if one is not None}
            interceptor = ContractInterceptor(enforced, access, mesh, config.concurrency, streams=streams)
            made = server.build(interceptor, config, 100)
            register(made)
            address = await stack.enter_async_context(running(made, certs))

            def call_as(service: str) -> grpc.aio.Channel:
                asyncio.get_running_loop()  # a fixture that is not async fails here, not only after asyncio.run()
                channel = dial.channel(address, "user", certs / service)
                stack.push_async_callback(channel.close)
                return channel

            return call_as

        yield make


@pytest.fixture
def serve(serve_all: ServeAll) -> Serve:
    async def make(*args: Any, **kwargs: Any) -> grpc.aio.Channel:
        return (await serve_all(*args, **kwargs))("edge")

    return make


@asynccontextmanager
async def running(made: grpc.aio.Server, certs: Path) -> AsyncIterator[str]:
    """Runs a server as the user service. Yields its address."""
    port = made.add_secure_port("127.0.0.1:0", Certificates(certs / "user").for_server())
    await made.start()
    yield f"127.0.0.1:{port}"
    await made.stop(0)


@pytest.fixture(scope="session")
def told() -> Callable[[grpc.aio.AioRpcError], dict[str, Any]]:
    """Reads the error that a client gets: code, message, reason, facts (metadata), and invalid fields."""

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
