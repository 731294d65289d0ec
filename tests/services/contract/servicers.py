"""Servicers whose behaviour a test sets, and the requests of the tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import grpc
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    profile_pb2,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
)

from services.common.rpc import call
from tests.examples import request

SERVICES = ("cnop.user.v1.AuthService", "cnop.user.v1.AccountService", "cnop.user.v1.SettlementService")

EMPTY = account_service_pb2.GetBalanceRequest()
LOGIN = request(auth_service_pb2.LoginRequest.DESCRIPTOR)
TRADE = request(settlement_service_pb2.SettleTradeRequest.DESCRIPTOR)

Metadata = tuple[tuple[str, str], ...]
SignIn = Callable[..., Metadata]
CallAs = Callable[[str], grpc.aio.Channel]
Told = Callable[[grpc.aio.AioRpcError], dict[str, Any]]
Refused = Callable[[Awaitable[object]], Awaitable[dict[str, Any]]]


class Servicers(
    auth_service_pb2_grpc.AuthServiceServicer,
    account_service_pb2_grpc.AccountServiceServicer,
    settlement_service_pb2_grpc.SettlementServiceServicer,
):
    """Awaits `behave` in every method, then responds. Keeps what reached it."""

    def __init__(self) -> None:
        self.seen: list[tuple[Any, str, str, float]] = []  # request, user, request id, remaining seconds

        async def nothing(_: Any) -> None:
            return

        self.behave: Callable[[Any], Awaitable[None]] = nothing

    async def _serve(self, request: Any, response: Any) -> Any:
        current = call.current()
        user = current.principal.user_id if current.principal else ""
        self.seen.append((request, user, current.request_id, call.remaining_seconds(1000)))
        await self.behave(request)
        return response

    async def Register(self, request: Any, context: Any) -> profile_pb2.Profile:
        return await self._serve(request, profile_pb2.Profile(username=request.username))

    async def Login(self, request: Any, context: Any) -> auth_service_pb2.LoginResponse:
        return await self._serve(request, auth_service_pb2.LoginResponse(access_token="t"))

    async def GetBalance(self, request: Any, context: Any) -> account_pb2.Balance:
        return await self._serve(request, account_pb2.Balance(currency=call.principal().user_id))

    async def Deposit(self, request: Any, context: Any) -> account_pb2.Transaction:
        return await self._serve(request, account_pb2.Transaction(transaction_id=request.request_id))

    async def SettleTrade(self, request: Any, context: Any) -> settlement_service_pb2.SettleTradeResponse:
        return await self._serve(request, settlement_service_pb2.SettleTradeResponse())
