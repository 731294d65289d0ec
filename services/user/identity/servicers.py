"""The methods on users, sign-in and sessions: parse, one call, build the answer."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

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
from services.common.rpc.errors import NotFound
from services.common.times import timestamp
from services.user.identity.domain import Profile, Registration, Role
from services.user.identity.usecases import Identity
from services.user.sessions.domain import End, Session
from services.user.sessions.signing import SigningKeys
from services.user.sessions.usecases import Sessions, Tokens

Context = grpc.aio.ServicerContext[Any, Any]

_ROLES = {Role.CUSTOMER: profile_pb2.Profile.CUSTOMER, Role.ADMIN: profile_pb2.Profile.ADMIN}


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
