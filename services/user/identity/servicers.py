"""The methods on users and their sign-in. AuthService also has methods on sessions, which go to the `Sessions` port."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import grpc
from cnop.user.v1 import (
    auth_service_pb2,
    auth_service_pb2_grpc,
    profile_pb2,
    session_pb2,
    user_service_pb2,
    user_service_pb2_grpc,
)
from google.api import httpbody_pb2
from google.protobuf import empty_pb2

from services.common.rpc import call
from services.common.rpc.errors import InvalidArgument
from services.common.times import timestamp
from services.user.identity.cookies import browser_session
from services.user.identity.domain import Profile, Registration, Role
from services.user.identity.usecases import Identity
from services.user.sessions.domain import Cookie, Session, Tokens

Context = grpc.aio.ServicerContext[Any, Any]

_ROLES = {Role.CUSTOMER: profile_pb2.Profile.CUSTOMER, Role.ADMIN: profile_pb2.Profile.ADMIN}


class Sessions(Protocol):
    """The use cases of sessions that AuthService offers."""

    async def refresh(self, refresh_token: str, *, by_cookie: bool = False) -> Tokens: ...

    async def log_out(self, user_id: str, session_id: str) -> None: ...

    async def log_out_by_cookie(self, refresh_token: str) -> None: ...

    async def live(self, user_id: str) -> list[Session]: ...

    async def revoke(self, user_id: str, session_id: str) -> None: ...


class Keys(Protocol):
    """The keys that sign access tokens."""

    def jwks(self) -> bytes:
        """Returns the public keys as a JSON Web Key Set (RFC 7517)."""
        ...


@dataclass(frozen=True)
class AuthServicer(auth_service_pb2_grpc.AuthServiceServicer):
    """cnop.user.v1.AuthService."""

    identity: Identity
    sessions: Sessions
    keys: Keys

    async def Register(self, request: auth_service_pb2.RegisterRequest, context: Context) -> profile_pb2.Profile:
        registration = Registration(
            username=request.username,
            email=request.email,
            first_name=request.first_name,
            last_name=request.last_name,
            phone=request.phone,
            date_of_birth=request.date_of_birth,
            marketing_emails_consent=request.marketing_emails_consent,
            request_id=request.request_id,
        )
        address = call.current().client_address
        return profile_message(await self.identity.register(registration, request.password, address))

    async def Login(self, request: auth_service_pb2.LoginRequest, context: Context) -> auth_service_pb2.LoginResponse:
        address = call.current().client_address
        browser = browser_session(context, request.refresh_token)
        if browser is None:
            tokens = await self.identity.login(request.username, request.password, address, request.refresh_token)
            return _signed_in(tokens)
        kept = Cookie.UNTIL_EXPIRY if request.remember_me else Cookie.UNTIL_CLOSED
        tokens = await self.identity.login(request.username, request.password, address, browser.token, kept)
        return _signed_in(await browser.keep(tokens))

    async def RefreshToken(
        self, request: auth_service_pb2.RefreshTokenRequest, context: Context
    ) -> auth_service_pb2.LoginResponse:
        browser = browser_session(context, request.refresh_token)
        if browser is not None:
            tokens = await self.sessions.refresh(browser.require_token(), by_cookie=True)
            return _signed_in(await browser.keep(tokens))
        if not request.refresh_token:  # not a rule of the contract, because a cookie replaces the field
            raise InvalidArgument(("refresh_token", "must be at least 1 characters"))
        return _signed_in(await self.sessions.refresh(request.refresh_token))

    async def Logout(self, _: auth_service_pb2.LogoutRequest, context: Context) -> auth_service_pb2.LogoutResponse:
        browser = browser_session(context)
        if browser is not None:
            if browser.token:
                await self.sessions.log_out_by_cookie(browser.token)
            await browser.clear()
            return auth_service_pb2.LogoutResponse()
        caller = call.principal()
        await self.sessions.log_out(caller.user_id, caller.session_id)
        return auth_service_pb2.LogoutResponse()

    async def ChangePassword(
        self, request: auth_service_pb2.ChangePasswordRequest, context: Context
    ) -> auth_service_pb2.ChangePasswordResponse:
        caller = call.principal()
        await self.identity.change_password(
            caller.user_id,
            request.current_password,
            request.new_password,
            call.current().client_address,
            session_id=caller.session_id,
        )
        return auth_service_pb2.ChangePasswordResponse()

    async def ListSessions(
        self, _: auth_service_pb2.ListSessionsRequest, context: Context
    ) -> auth_service_pb2.ListSessionsResponse:
        caller = call.principal()
        sessions = await self.sessions.live(caller.user_id)
        return auth_service_pb2.ListSessionsResponse(
            sessions=[_session(session, caller.session_id) for session in sessions]
        )

    async def RevokeSession(
        self, request: auth_service_pb2.RevokeSessionRequest, context: Context
    ) -> auth_service_pb2.RevokeSessionResponse:
        await self.sessions.revoke(call.principal().user_id, request.session_id)
        return auth_service_pb2.RevokeSessionResponse()

    async def GetJwks(self, _: empty_pb2.Empty, context: Context) -> httpbody_pb2.HttpBody:
        return httpbody_pb2.HttpBody(content_type="application/json", data=self.keys.jwks())


@dataclass(frozen=True)
class UserServicer(user_service_pb2_grpc.UserServiceServicer):
    """cnop.user.v1.UserService."""

    identity: Identity

    async def GetProfile(self, _: user_service_pb2.GetProfileRequest, context: Context) -> profile_pb2.Profile:
        return profile_message(await self.identity.profile(call.principal().user_id))

    async def UpdateProfile(
        self, request: user_service_pb2.UpdateProfileRequest, context: Context
    ) -> profile_pb2.Profile:
        caller = call.principal()
        changes = {field.name: value for field, value in request.ListFields()}  # fields with presence, also empty ones
        current_password = changes.pop("current_password", "")
        profile = await self.identity.update(
            caller.user_id, changes, current_password, call.current().client_address, session_id=caller.session_id
        )
        return profile_message(profile)


def profile_message(profile: Profile) -> profile_pb2.Profile:
    """Converts a profile for the wire."""
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


def _signed_in(tokens: Tokens) -> auth_service_pb2.LoginResponse:
    return auth_service_pb2.LoginResponse(
        access_token=tokens.access,
        refresh_token=tokens.refresh,
        token_type="Bearer",  # noqa: S106 - the name of the scheme
        expires_in=tokens.expires_in_seconds,
    )


def _session(session: Session, current_id: str) -> session_pb2.Session:
    return session_pb2.Session(
        session_id=session.session_id,
        device=session.device,
        address=session.address,
        created_at=timestamp(session.created_at),
        last_used_at=timestamp(session.last_used_about),
        expires_at=timestamp(session.expires_at),
        is_current=session.session_id == current_id,
    )
