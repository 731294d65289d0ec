"""Runs the real Envoy in front of a fake user service. The other services are unavailable."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import grpc
import httpx
import jwt
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
)
from cryptography.hazmat.primitives.asymmetric import ec
from google.api import httpbody_pb2
from google.protobuf import empty_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from edge_config.configuration import CONFIGURATION, envoy_arguments, write
from edge_config.settings import EdgeSettings
from local import authority, binaries, ports, readiness
from local.paths import LIMITS_FOR_LOAD
from services.common.mesh.certificates import Certificates
from services.common.rpc.status import NO_RETRY
from tests.edge.rendered import edge_settings

Context = grpc.aio.ServicerContext[Any, Any]

KEY = ec.generate_private_key(ec.SECP256R1())
SET_COOKIE = "__Host-Http-cnop=next; Path=/; Secure; HttpOnly; SameSite=Strict"
JWK = {**json.loads(jwt.algorithms.ECAlgorithm.to_jwk(KEY.public_key())), "kid": "1", "alg": "ES256", "use": "sig"}


def token(*, key: ec.EllipticCurvePrivateKey | None = KEY, **claims: object) -> str:
    """Returns a valid token, except for the given claims (None removes one) and key (None leaves it unsigned)."""
    now = int(time.time())
    good = {"iss": "https://cnop.local", "aud": "cnop", "sub": "u-1", "jti": "1", "iat": now, "exp": now + 3600}
    payload = {name: value for name, value in {**good, **claims}.items() if value is not None}
    if key is None:
        return jwt.encode(payload, "", algorithm="none", headers={"kid": "1"})
    return jwt.encode(payload, key, algorithm="ES256", headers={"kid": "1"})


class UserService(auth_service_pb2_grpc.AuthServiceServicer, account_service_pb2_grpc.AccountServiceServicer):
    """Fakes the user service: serves keys and a balance, lacks the rest, and records the calls."""

    def __init__(self) -> None:
        self.metadata: dict[str, str] = {}
        self.peer: dict[str, list[bytes]] = {}  # the auth context of the last connection
        self.calls: Counter[str] = Counter()
        self.gate: asyncio.Event | None = None  # if set, deposits wait for it

    async def GetJwks(self, request: empty_pb2.Empty, context: Context) -> httpbody_pb2.HttpBody:
        self.peer = {key: list(values) for key, values in context.auth_context().items()}
        return httpbody_pb2.HttpBody(content_type="application/json", data=json.dumps({"keys": [JWK]}).encode())

    async def GetBalance(self, request: account_service_pb2.GetBalanceRequest, context: Context) -> account_pb2.Balance:
        self._note(context)
        return account_pb2.Balance(current_balance="10.00", currency="USD")

    async def Deposit(self, request: account_service_pb2.DepositRequest, context: Context) -> account_pb2.Transaction:
        self.calls["Deposit"] += 1
        if self.gate is not None:
            await self.gate.wait()
        return account_pb2.Transaction(transaction_id="t-1")

    async def Login(self, request: auth_service_pb2.LoginRequest, context: Context) -> auth_service_pb2.LoginResponse:
        self.calls["Login"] += 1
        self._note(context)
        await context.send_initial_metadata((("set-cookie", SET_COOKIE),))
        return auth_service_pb2.LoginResponse(access_token="t")

    async def RefreshToken(
        self, request: auth_service_pb2.RefreshTokenRequest, context: Context
    ) -> auth_service_pb2.LoginResponse:
        self._note(context)
        return auth_service_pb2.LoginResponse(access_token="t")

    async def Logout(
        self, request: auth_service_pb2.LogoutRequest, context: Context
    ) -> auth_service_pb2.LogoutResponse:
        self._note(context)
        return auth_service_pb2.LogoutResponse()

    def _note(self, context: Context) -> None:
        self.metadata = {key: str(value) for key, value in context.invocation_metadata() or ()}

    async def GetPortfolio(
        self, request: account_service_pb2.GetPortfolioRequest, context: Context
    ) -> account_pb2.Portfolio:
        self.calls["GetPortfolio"] += 1
        return await context.abort(grpc.StatusCode.UNAVAILABLE, "away")

    async def GetHolding(self, request: account_service_pb2.GetHoldingRequest, context: Context) -> account_pb2.Holding:
        self.calls["GetHolding"] += 1
        return await context.abort(grpc.StatusCode.UNAVAILABLE, "too many", NO_RETRY)

    async def Withdraw(self, request: account_service_pb2.WithdrawRequest, context: Context) -> account_pb2.Transaction:
        self.calls["Withdraw"] += 1
        return await context.abort(grpc.StatusCode.UNAVAILABLE, "away")


class Edge:
    """A running edge, and the folder of the mesh certificates."""

    def __init__(
        self, settings: EdgeSettings, user: UserService, mesh: Path, process: asyncio.subprocess.Process
    ) -> None:
        self.settings = settings
        self.process = process
        self.address = address = settings.listen
        self.admin = settings.admin
        self.health = settings.health
        self.user = user
        self.mesh = mesh
        # Generous, since the machine may be busy; a test that opens many calls waits here for one of 100 connections.
        self.http = httpx.AsyncClient(base_url=f"http://{address}", trust_env=False, timeout=httpx.Timeout(20, pool=60))
        self.channel = grpc.aio.insecure_channel(address)

    async def stats(self, pattern: str) -> dict[str, int]:
        """The counters and gauges whose names match a pattern."""
        url = f"http://{self.admin}/stats"
        answer = await self.http.get(url, params={"filter": pattern, "format": "json", "type": "All"})
        return {stat["name"]: stat["value"] for stat in answer.json()["stats"] if "value" in stat}

    async def close(self) -> None:
        await self.http.aclose()
        await self.channel.close()


@asynccontextmanager
async def serving(
    user: UserService, address: str, certs: Path | None, more: tuple[grpc.GenericRpcHandler, ...] = ()
) -> AsyncIterator[None]:
    """Serves the fake service, with the certificate in `certs`, or in plaintext if that is None; `more` beside it."""
    server = grpc.aio.server()
    server.add_generic_rpc_handlers(more)
    auth_service_pb2_grpc.add_AuthServiceServicer_to_server(user, server)
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(user, server)
    healths = health.aio.HealthServicer()
    await healths.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(healths, server)
    if certs is None:
        server.add_insecure_port(address)
    else:
        server.add_secure_port(address, Certificates(certs).for_server())
    await server.start()
    try:
        yield
    finally:
        await server.stop(None)


@asynccontextmanager
async def running(
    folder: Path,
    edit: Callable[[str], str] = str,
    mesh: Path | None = None,
    more: tuple[grpc.GenericRpcHandler, ...] = (),
    **changes: Any,
) -> AsyncIterator[Edge]:
    """Starts an edge with the fake service behind it, with certificates from `mesh` (default: issued in `folder`).

    `changes` are settings of the edge. `edit` may change the rendered configuration, for example to break it. The fake
    service has `more` methods.
    """
    user = UserService()  # type: ignore[abstract]  # what it lacks answers UNIMPLEMENTED
    mesh = mesh or folder / "mesh"
    authority.ensure(mesh)
    [port] = ports.claim(1)
    address = f"127.0.0.1:{port}"
    serves = serving(user, address, mesh / "user", more)
    async with serves, edge_alone(folder, user, address, edit, mesh, **changes) as edge:
        yield edge


@asynccontextmanager
async def edge_alone(
    folder: Path,
    user: UserService,
    user_address: str,
    edit: Callable[[str], str] = str,
    mesh: Path | None = None,
    **changes: Any,
) -> AsyncIterator[Edge]:
    """Starts an edge that expects the fake service at `user_address`. The other parameters are those of `running`."""
    mesh = mesh or folder / "mesh"
    edge_port, admin_port, health_port, away = ports.claim(4)
    settings = edge_settings(
        listen=f"127.0.0.1:{edge_port}",
        admin=f"127.0.0.1:{admin_port}",
        health=f"127.0.0.1:{health_port}",
        user=user_address,
        inventory=f"127.0.0.1:{away}",
        order=f"127.0.0.1:{away}",
        ratelimit=f"127.0.0.1:{away}",
        access_log=str(folder / "access.log"),
        concurrency=1,
        limits=LIMITS_FOR_LOAD,
        certs_dir=mesh / "edge",
        secrets_dir=folder,
    )
    settings = replace(settings, **changes)
    write(settings, folder)
    file = folder / CONFIGURATION
    file.write_text(edit(file.read_text()))
    with (folder / "envoy.log").open("w") as log:
        envoy = await asyncio.create_subprocess_exec(
            str(binaries.envoy()), *envoy_arguments(settings), stdout=log, stderr=log
        )
    edge = Edge(settings, user, mesh, envoy)
    try:
        if settings.tls_dir:  # the channel speaks plaintext
            async with asyncio.timeout(30):
                while not await readiness.answers_ok(f"http://{settings.admin}/ready"):  # noqa: ASYNC110
                    await asyncio.sleep(0.05)
        else:
            await edge.channel.channel_ready()
        yield edge
    finally:
        await edge.close()
        if envoy.returncode is None:
            envoy.terminate()
        await envoy.wait()
