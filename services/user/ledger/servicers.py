"""The methods of the user service: parse, one call, build the answer."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

import grpc
from cnop.user.v1 import (
    account_pb2,
    account_service_pb2,
    account_service_pb2_grpc,
    auth_service_pb2,
    auth_service_pb2_grpc,
    profile_pb2,
    session_pb2,
    session_service_pb2,
    session_service_pb2_grpc,
    settlement_service_pb2,
    settlement_service_pb2_grpc,
    user_service_pb2,
    user_service_pb2_grpc,
)
from google.api import httpbody_pb2
from google.protobuf import empty_pb2

from services.common import money
from services.common.rpc import call
from services.common.rpc.errors import NotFound
from services.common.rpc.pages import PageTokens, page_size
from services.common.times import timestamp
from services.user.identity.usecases import Identity, Registration
from services.user.ledger.domain import Account, Entry, Kind, Profile, Role, Trade
from services.user.ledger.portfolio import Portfolio, Portfolios, Valued
from services.user.ledger.usecases import Accounts
from services.user.sessions.domain import End, Session
from services.user.sessions.revocation_store import RevocationStore
from services.user.sessions.signing import SigningKeys
from services.user.sessions.usecases import Sessions, Tokens

Context = grpc.aio.ServicerContext[Any, Any]

_ROLES = {Role.CUSTOMER: profile_pb2.Profile.CUSTOMER, Role.ADMIN: profile_pb2.Profile.ADMIN}
_TYPES = {
    Kind.DEPOSIT: account_pb2.Transaction.DEPOSIT,
    Kind.WITHDRAWAL: account_pb2.Transaction.WITHDRAWAL,
    Kind.ORDER_PAYMENT: account_pb2.Transaction.ORDER_PAYMENT,
    Kind.ORDER_SALE: account_pb2.Transaction.ORDER_SALE,
}


@dataclass(frozen=True)
class AuthServicer(auth_service_pb2_grpc.AuthServiceServicer):
    """cnop.user.v1.AuthService."""

    identity: Identity
    sessions: Sessions
    keys: SigningKeys

    async def Register(self, asked: auth_service_pb2.RegisterRequest, context: Context) -> profile_pb2.Profile:
        registration = Registration(
            username=asked.username,
            email=asked.email,
            first_name=asked.first_name,
            last_name=asked.last_name,
            phone=asked.phone,
            date_of_birth=asked.date_of_birth,
            marketing_emails_consent=asked.marketing_emails_consent,
            request_id=asked.request_id,
        )
        return profile_message(
            await self.identity.register(registration, asked.password, call.current().client_address)
        )

    async def Login(self, asked: auth_service_pb2.LoginRequest, context: Context) -> auth_service_pb2.LoginResponse:
        address, earlier = call.current().client_address, asked.refresh_token
        return self._signed_in(await self.identity.login(asked.username, asked.password, address, earlier))

    async def RefreshToken(
        self, request: auth_service_pb2.RefreshTokenRequest, context: Context
    ) -> auth_service_pb2.LoginResponse:
        return self._signed_in(await self.sessions.refresh(request.refresh_token))

    async def Logout(self, _: auth_service_pb2.LogoutRequest, context: Context) -> auth_service_pb2.LogoutResponse:
        caller = call.principal()
        with contextlib.suppress(NotFound):  # it has ended already, as when a logout is sent again
            await self.sessions.end(caller.user_id, caller.session_id, End.LOGOUT)
        return auth_service_pb2.LogoutResponse()

    async def ChangePassword(
        self, asked: auth_service_pb2.ChangePasswordRequest, context: Context
    ) -> auth_service_pb2.ChangePasswordResponse:
        caller = call.principal()
        await self.identity.change_password(
            caller.user_id,
            asked.current_password,
            asked.new_password,
            call.current().client_address,
            session_id=caller.session_id,
        )
        return auth_service_pb2.ChangePasswordResponse()

    async def ListSessions(
        self, _: auth_service_pb2.ListSessionsRequest, context: Context
    ) -> auth_service_pb2.ListSessionsResponse:
        caller = call.principal()
        sessions = await self.sessions.of_user(caller.user_id)
        return auth_service_pb2.ListSessionsResponse(
            sessions=[_session(session, caller.session_id) for session in sessions]
        )

    async def RevokeSession(
        self, asked: auth_service_pb2.RevokeSessionRequest, context: Context
    ) -> auth_service_pb2.RevokeSessionResponse:
        await self.sessions.revoke(call.principal().user_id, asked.session_id)
        return auth_service_pb2.RevokeSessionResponse()

    async def GetJwks(self, request: empty_pb2.Empty, context: Context) -> httpbody_pb2.HttpBody:
        return httpbody_pb2.HttpBody(content_type="application/json", data=self.keys.jwks())

    def _signed_in(self, tokens: Tokens) -> auth_service_pb2.LoginResponse:
        return auth_service_pb2.LoginResponse(
            access_token=tokens.access,
            refresh_token=tokens.refresh,
            token_type="Bearer",  # noqa: S106 - the name of the scheme
            expires_in=self.sessions.tokens.seconds,
        )


@dataclass(frozen=True)
class SessionServicer(session_service_pb2_grpc.SessionServiceServicer):
    """cnop.user.v1.SessionService."""

    revocations: RevocationStore

    async def ListRevocations(
        self, asked: session_service_pb2.ListRevocationsRequest, context: Context
    ) -> session_service_pb2.ListRevocationsResponse:
        feed = await self.revocations.read(asked.since_ms)
        answer = session_service_pb2.ListRevocationsResponse
        return answer(
            revocations=[answer.Revocation(session_id=one, ended_at_ms=at) for one, at in feed.revoked.items()],
            position_ms=feed.position,
        )


@dataclass(frozen=True)
class UserServicer(user_service_pb2_grpc.UserServiceServicer):
    """cnop.user.v1.UserService."""

    identity: Identity

    async def GetProfile(self, _: user_service_pb2.GetProfileRequest, context: Context) -> profile_pb2.Profile:
        return profile_message(await self.identity.profile(call.principal().user_id))

    async def UpdateProfile(
        self, changes: user_service_pb2.UpdateProfileRequest, context: Context
    ) -> profile_pb2.Profile:
        present = {field.name: value for field, value in changes.ListFields()}  # with presence: also empty ones
        return profile_message(await self.identity.update(call.principal().user_id, present))


@dataclass(frozen=True)
class AccountServicer(account_service_pb2_grpc.AccountServiceServicer):
    """cnop.user.v1.AccountService."""

    accounts: Accounts
    portfolios: Portfolios
    pages: PageTokens

    async def GetBalance(self, _: account_service_pb2.GetBalanceRequest, context: Context) -> account_pb2.Balance:
        return _balance(await self.accounts.balance(call.principal().user_id))

    async def Deposit(self, asked: account_service_pb2.DepositRequest, context: Context) -> account_pb2.Transaction:
        user_id = call.principal().user_id
        return _transaction(await self.accounts.deposit(user_id, money.parse(asked.amount), asked.request_id))

    async def Withdraw(self, asked: account_service_pb2.WithdrawRequest, context: Context) -> account_pb2.Transaction:
        user_id = call.principal().user_id
        return _transaction(await self.accounts.withdraw(user_id, money.parse(asked.amount), asked.request_id))

    async def ListTransactions(
        self, asked: account_service_pb2.ListTransactionsRequest, context: Context
    ) -> account_service_pb2.ListTransactionsResponse:
        user_id = call.principal().user_id
        cursor = self.pages.open(asked.page_token, "transactions", user_id)
        before = int(cursor["seq"]) if cursor else None
        entries, rest = await self.accounts.store.entries(user_id, before, page_size(asked.page_size))
        token = self.pages.seal({"seq": str(rest)} if rest else None, "transactions", user_id)
        return account_service_pb2.ListTransactionsResponse(
            transactions=[_transaction(entry) for entry in entries], next_page_token=token
        )

    async def GetHolding(self, asked: account_service_pb2.GetHoldingRequest, context: Context) -> account_pb2.Holding:
        holding = await self.accounts.store.holding(call.principal().user_id, asked.asset_id)
        if not holding.quantity:
            raise NotFound("HOLDING_NOT_FOUND", f"there is no {asked.asset_id} on this account")
        [valued] = await self.portfolios.value([holding])
        return _holding(valued)

    async def ListHoldings(
        self, asked: account_service_pb2.ListHoldingsRequest, context: Context
    ) -> account_service_pb2.ListHoldingsResponse:
        user_id = call.principal().user_id
        cursor = self.pages.open(asked.page_token, "holdings", user_id)
        after = cursor["asset"] if cursor else None
        holdings, rest = await self.accounts.store.holdings(user_id, after, page_size(asked.page_size))
        token = self.pages.seal({"asset": rest} if rest else None, "holdings", user_id)
        return account_service_pb2.ListHoldingsResponse(
            holdings=[_holding(valued) for valued in await self.portfolios.value(holdings)], next_page_token=token
        )

    async def GetPortfolio(self, _: account_service_pb2.GetPortfolioRequest, context: Context) -> account_pb2.Portfolio:
        return _portfolio(await self.portfolios.portfolio(call.principal().user_id))


@dataclass(frozen=True)
class SettlementServicer(settlement_service_pb2_grpc.SettlementServiceServicer):
    """cnop.user.v1.SettlementService."""

    accounts: Accounts

    async def SettleTrade(
        self, asked: settlement_service_pb2.SettleTradeRequest, context: Context
    ) -> settlement_service_pb2.SettleTradeResponse:
        trade = Trade(
            order_id=asked.order_id,
            is_buy=asked.side == settlement_service_pb2.SettleTradeRequest.BUY,
            asset_id=asked.asset_id,
            quantity=money.parse(asked.quantity),
            amount=money.parse(asked.amount),
        )
        entry = await self.accounts.settle(asked.user_id, trade)
        return settlement_service_pb2.SettleTradeResponse(transaction_id=entry.effect.effect_id)

    async def VoidTrade(
        self, asked: settlement_service_pb2.VoidTradeRequest, context: Context
    ) -> settlement_service_pb2.VoidTradeResponse:
        await self.accounts.void(asked.user_id, asked.order_id)
        return settlement_service_pb2.VoidTradeResponse()


def profile_message(profile: Profile) -> profile_pb2.Profile:
    """A profile on the wire."""
    return profile_pb2.Profile(
        user_id=profile.user_id,
        username=profile.username,
        email=profile.email,
        first_name=profile.first_name,
        last_name=profile.last_name,
        phone=profile.phone,
        date_of_birth=profile.date_of_birth,
        marketing_emails_consent=profile.marketing_emails_consent,
        role=_ROLES[profile.role],
        created_at=timestamp(profile.created_at),
        updated_at=timestamp(profile.updated_at),
    )


def _session(session: Session, current_id: str) -> session_pb2.Session:
    return session_pb2.Session(
        session_id=session.session_id,
        device=session.device,
        address=session.address,
        created_at=timestamp(session.created_at),
        last_used_at=timestamp(session.last_used_at),
        expires_at=timestamp(session.expires_at),
        is_current=session.session_id == current_id,
    )


def _balance(account: Account) -> account_pb2.Balance:
    return account_pb2.Balance(
        current_balance=money.dollars(account.current),
        available_balance=money.dollars(account.available),
        held_balance=money.dollars(account.held),
        currency="USD",
        updated_at=timestamp(account.updated_at),
    )


def _transaction(entry: Entry) -> account_pb2.Transaction:
    return account_pb2.Transaction(
        transaction_id=entry.effect.effect_id,
        transaction_type=_TYPES[entry.effect.kind],
        amount=money.dollars(entry.amount),
        balance_after=money.dollars(entry.balance_after),
        status=account_pb2.Transaction.COMPLETED,
        order_id=entry.effect.order_id,
        asset_id=entry.effect.asset_id,
        quantity=money.quantity(entry.quantity) if entry.effect.asset_id else "",
        created_at=timestamp(entry.created_at),
    )


def _holding(valued: Valued, percentage: str = "") -> account_pb2.Holding:
    holding, quote = valued.holding, valued.quote
    answer = account_pb2.Holding(
        asset_id=holding.asset_id,
        quantity=money.quantity(holding.quantity),
        available_quantity=money.quantity(holding.available),
        average_cost=money.price(holding.average_cost),
        cost_basis=money.dollars(holding.cost),
        percentage=percentage,
    )
    if quote is not None:
        answer.asset_name = quote.name
        answer.current_price = money.price(quote.price)
        answer.market_value = money.dollars(valued.value)
        answer.unrealized_pnl = money.dollars(valued.value - holding.cost)
    return answer


def _portfolio(portfolio: Portfolio) -> account_pb2.Portfolio:
    return account_pb2.Portfolio(
        total_value=money.dollars(portfolio.total),
        cash=money.dollars(portfolio.cash),
        holdings_value=money.dollars(portfolio.holdings_value),
        cost_basis=money.dollars(portfolio.cost),
        unrealized_pnl=money.dollars(portfolio.holdings_value - portfolio.cost),
        holdings=[_holding(valued, money.dollars(portfolio.percentage(valued))) for valued in portfolio.holdings],
    )
