"""Who is signed in, and the plans of calls in that name. Tokens are kept and refreshed here."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import grpc
from cnop.user.v1 import auth_service_pb2

from cnop_client.errors import ApiError
from cnop_client.methods import LOGIN, LOGOUT, REFRESH, Method, Req, Res
from cnop_client.plans import Finish, Plan, Send, Sleep
from cnop_client.tokens import Tokens, TokenStore

TIMEOUT_SECONDS = 10.0
_FRESH_SECONDS = 30.0  # an access token that is good for less is refreshed before the call
_LOCK_POLL_SECONDS = 0.02
_LOCK_SECONDS_MAX = 2 * TIMEOUT_SECONDS  # who holds the lock makes one call

# What is said of an access token that a refresh may replace. TOKEN_REVOKED too: somebody may have signed in anew.
_STALE = {"TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED"}


def new_request_id() -> str:
    """An id for a change, never used before."""
    return str(uuid.uuid4())


class Session:
    """The tokens of one user at one edge."""

    def __init__(self, edge: str, store: TokenStore, now: Callable[[], float] = time.time) -> None:
        self._edge = edge
        self._store = store
        self._now = now

    @property
    def is_signed_in(self) -> bool:
        """Whether there are tokens for this edge. They may turn out to be of a session that has ended."""
        return self._read() is not None

    def call(self, method: Method[Req, Res], request: Req, timeout_seconds: float) -> Plan[Res]:
        """The plan of a call within a deadline for all of it; refreshing has one of its own."""
        if method.has_request_id:
            message: Any = request
            message.request_id = message.request_id or new_request_id()
        end = time.monotonic() + timeout_seconds
        if not method.is_for_users:
            reply: Res = yield _send(method, request, end)
            return reply
        tokens = self._signed_in()
        if tokens.expires_at - self._now() < _FRESH_SECONDS:
            tokens = yield Finish(self._refresh(tokens))
        try:
            reply = yield _send(method, request, end, tokens)
        except ApiError as error:
            if error.reason not in _STALE:
                raise
            tokens = yield Finish(self._refresh(tokens))
            reply = yield _send(method, request, end, tokens)
        return reply

    def login(self, username: str, password: str, timeout_seconds: float) -> Plan[None]:
        """Signs in, and takes the tokens in place of those that were there."""
        earlier = self._kept()
        request = auth_service_pb2.LoginRequest(
            username=username, password=password, refresh_token=earlier.refresh_token if earlier else ""
        )
        reply = yield from self.call(LOGIN, request, timeout_seconds)
        release = yield from self._lock()
        try:
            self._take(reply)
        finally:
            release()

    def logout(self, timeout_seconds: float) -> Plan[None]:
        """Ends the session. One that has ended already is no error."""
        try:
            yield from self.call(LOGOUT, auth_service_pb2.LogoutRequest(), timeout_seconds)
        except ApiError as error:
            if error.code is not grpc.StatusCode.UNAUTHENTICATED:
                raise
        self.sign_out()

    def forget(self) -> None:
        """Forgets the tokens, and that this is a device of the user."""
        self._store.write(None)

    def sign_out(self) -> None:
        """Keeps of the tokens what shows that this is a device of the user."""
        tokens = self._kept()
        self._store.write(replace(tokens, access_token="", expires_at=0.0) if tokens else None)

    def _signed_in(self) -> Tokens:
        tokens = self._read()
        if tokens is None:
            raise ApiError(grpc.StatusCode.UNAUTHENTICATED, "NOT_SIGNED_IN", f"not signed in at {self._edge}")
        return tokens

    def _read(self) -> Tokens | None:
        """The tokens of somebody who is signed in."""
        tokens = self._kept()
        return tokens if tokens is not None and tokens.access_token else None

    def _kept(self) -> Tokens | None:
        """The tokens. Those of another edge count as none: no edge gets to see them but their own."""
        tokens = self._store.read()
        return tokens if tokens is not None and tokens.edge == self._edge else None

    def _refresh(self, stale: Tokens) -> Plan[Tokens]:
        """New tokens in place of stale ones. One caller gets them, in one process; the others find them in the store.

        The call is not tried again: a refresh token that comes twice ends the session.
        """
        release = yield from self._lock()
        try:
            tokens = self._signed_in()
            if tokens != stale:
                return tokens
            request = auth_service_pb2.RefreshTokenRequest(refresh_token=tokens.refresh_token)
            try:
                reply = yield _send(REFRESH, request, time.monotonic() + TIMEOUT_SECONDS)
            except ApiError as error:
                if error.code in (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED):
                    self.sign_out()
                raise
            return self._take(reply)
        finally:
            release()

    def _take(self, reply: auth_service_pb2.LoginResponse) -> Tokens:
        tokens = Tokens(self._edge, reply.access_token, reply.refresh_token, self._now() + reply.expires_in)
        self._store.write(tokens)
        return tokens

    def _lock(self) -> Plan[Callable[[], None]]:
        end = time.monotonic() + _LOCK_SECONDS_MAX
        while (release := self._store.try_lock()) is None:
            if time.monotonic() > end:
                raise ApiError(grpc.StatusCode.UNAVAILABLE, "", "another process holds the lock of the tokens")
            yield Sleep(_LOCK_POLL_SECONDS)
        return release


def _send(method: Method[Any, Any], request: Any, end: float, tokens: Tokens | None = None) -> Send:
    """The step of one call. `end` is a reading of time.monotonic()."""
    request_id = request.request_id if method.has_request_id else new_request_id()
    metadata = [("x-request-id", request_id)]
    if tokens is not None:
        metadata.append(("authorization", f"Bearer {tokens.access_token}"))
    return Send(method, request, tuple(metadata), request_id, max(0.001, end - time.monotonic()))
