"""A real server of the methods in servicers.py, and its clients."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import grpc
import pytest
from cnop.user.v1 import account_service_pb2_grpc, auth_service_pb2_grpc, settlement_service_pb2_grpc

from .servicers import SERVICES, CallAs, Refused, Servicers, Told


@pytest.fixture
def servicers() -> Servicers:
    return Servicers()


@pytest.fixture
def register(servicers: Servicers) -> Callable[[grpc.aio.Server], None]:
    def into(server: grpc.aio.Server) -> None:
        auth_service_pb2_grpc.add_AuthServiceServicer_to_server(servicers, server)
        account_service_pb2_grpc.add_AccountServiceServicer_to_server(servicers, server)
        settlement_service_pb2_grpc.add_SettlementServiceServicer_to_server(servicers, server)

    return into


@pytest.fixture
async def call_as(serve_all: Any, register: Any) -> CallAs:
    return await serve_all(SERVICES, register)


@pytest.fixture
async def channel(call_as: CallAs) -> grpc.aio.Channel:
    return call_as("edge")


@pytest.fixture
def accounts(channel: grpc.aio.Channel) -> account_service_pb2_grpc.AccountServiceStub:
    return account_service_pb2_grpc.AccountServiceStub(channel)


@pytest.fixture
def auth(channel: grpc.aio.Channel) -> auth_service_pb2_grpc.AuthServiceStub:
    return auth_service_pb2_grpc.AuthServiceStub(channel)


@pytest.fixture
def refused(told: Told) -> Refused:
    """Returns what reads the error of a call, which must fail."""

    async def read(call: Awaitable[object]) -> dict[str, Any]:
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await call
        return told(error.value)

    return read
