"""What other services fetch from the user service to admit users: keys and revocations."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2_grpc, session_service_pb2, session_service_pb2_grpc
from google.api import httpbody_pb2

from services.auth.user_access import UserAccess
from services.auth.user_service import SERVICES, UserService
from services.common import settings
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor

RESPONSE = session_service_pb2.ListRevocationsResponse
MANY = 100_000  # a hundred sign-outs per second for the life of an access token: more than 4 MiB


class Users(auth_service_pb2_grpc.AuthServiceServicer, session_service_pb2_grpc.SessionServiceServicer):
    """The user service."""

    async def GetJwks(self, request: Any, context: Any) -> httpbody_pb2.HttpBody:
        return httpbody_pb2.HttpBody(data=b'{"keys": []}')

    async def ListRevocations(self, request: Any, context: Any) -> session_service_pb2.ListRevocationsResponse:
        count = 1 if request.since_ms else MANY
        revoked = [RESPONSE.Revocation(session_id=f"{n:036d}", ended_at_ms=1_800_000_000_000) for n in range(count)]
        return RESPONSE(revocations=revoked, position_ms=request.since_ms + 1)


@pytest.fixture
async def address(access: UserAccess, mesh: Mesh, certs: Path) -> AsyncIterator[str]:
    made = server.build(ContractInterceptor(read_policies(SERVICES), access, mesh), settings.Server())
    auth_service_pb2_grpc.add_AuthServiceServicer_to_server(Users(), made)  # type: ignore[abstract]
    session_service_pb2_grpc.add_SessionServiceServicer_to_server(Users(), made)  # type: ignore[abstract]
    port = made.add_secure_port("127.0.0.1:0", Certificates(certs / "user").for_server())
    await made.start()
    yield f"127.0.0.1:{port}"
    await made.stop(0)


@pytest.mark.parametrize("identity", ["order", "inventory"])
async def test_keys_and_any_number_of_revocations_are_fetched(address: str, certs: Path, identity: str) -> None:
    async with channels.connect(address, Certificates(certs / identity), *SERVICES) as channel:
        users = UserService(channel)
        assert await users.jwks() == b'{"keys": []}'
        assert len((await users.read(0)).revoked) == MANY
        feed = await users.read(7)
        assert (dict(feed.revoked), feed.position) == ({f"{0:036d}": 1_800_000_000_000}, 8)


async def test_only_services_that_admit_users_may_fetch_revocations(address: str, certs: Path) -> None:
    async with channels.connect(address, Certificates(certs / "operator"), *SERVICES) as channel:
        with pytest.raises(grpc.aio.AioRpcError) as refusal:
            await UserService(channel).read(0)
        assert refusal.value.code() is grpc.StatusCode.PERMISSION_DENIED
