"""The session of a user: keeps the tokens, refreshes them, and makes calls with them."""

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
_FRESH_SECONDS = 30.0  # an access token that expires sooner is refreshed before the call
_LOCK_POLL_SECONDS = 0.02
_LOCK_SECONDS_MAX = 2 * TIMEOUT_SECONDS  # the holder of the lock makes one call

# Reasons after which a refresh may help. TOKEN_REVOKED too: another process may have signed in again.
_STALE = {"TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REVOKED"}


def new_request_id() -> str:
    """Returns a new id for a change."""
    return str(uuid.uuid4())


class Session:
    """The tokens of one user at one edge."""

    def __init__(self, edge: str, store: TokenStore, now: Callable[[], float] = time.time) -> None:
        self._edge = edge
        self._store = store
        self._now = now

    @property
    def is_signed_in(self) -> bool:
        """Whether there are tokens for this edge. Their session may have ended."""
        return self._read() is not None

    def call(self, method: Method[Req, Res], request: Req, timeout_seconds: float) -> Plan[Res]:
        """Makes a call. The deadline includes retries; a refresh has its own."""
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

    def open(self, method: Method[Any, Any], request: Any) -> Plan[Send]:
        """Returns the call that opens a stream, with a fresh token if it needs one."""
        tokens = None
        if method.is_for_users:
            tokens = self._signed_in()
            if tokens.expires_at - self._now() < _FRESH_SECONDS:
                tokens = yield Finish(self._refresh(tokens))
        return _send(method, request, float("inf"), tokens)

    def login(self, username: str, password: str, timeout_seconds: float) -> Plan[None]:
        """Signs in and stores the tokens, which replace earlier ones."""
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
        """Ends the session. It is not an error if it has already ended."""
        try:
            yield from self.call(LOGOUT, auth_service_pb2.LogoutRequest(), timeout_seconds)
        except ApiError as error:
            if error.code is not grpc.StatusCode.UNAUTHENTICATED:
                raise
        self.sign_out()

    def forget(self) -> None:
        """Deletes the tokens, including the proof that this is a device of the user."""
        self._store.write(None)

    def sign_out(self) -> None:
        """Deletes the access token, and keeps the refresh token as the proof that this is a device of the user."""
        tokens = self._kept()
        self._store.write(replace(tokens, access_token="", expires_at=0.0) if tokens else None)

    def _signed_in(self) -> Tokens:
        tokens = self._read()
        if tokens is None:
            raise ApiError(grpc.StatusCode.UNAUTHENTICATED, "NOT_SIGNED_IN", f"not signed in at {self._edge}")
        return tokens

    def _read(self) -> Tokens | None:
        """The tokens of the signed-in user."""
        tokens = self._kept()
        return tokens if tokens is not None and tokens.access_token else None

    def _kept(self) -> Tokens | None:
        """The stored tokens. Those of another edge count as none: tokens are sent only to their own edge."""
        tokens = self._store.read()
        return tokens if tokens is not None and tokens.edge == self._edge else None

    def _refresh(self, stale: Tokens) -> Plan[Tokens]:
        """Replaces stale tokens. One caller makes the call; the others, in any process, find the result in the store.

        The call is never retried: a reused refresh token ends the session.
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
                raise ApiError(grpc.StatusCode.UNAVAILABLE, "", "another process holds the token lock; try again")
            yield Sleep(_LOCK_POLL_SECONDS)
        return release


def _send(method: Method[Any, Any], request: Any, end: float, tokens: Tokens | None = None) -> Send:
    """The step that sends a request. `end` is the deadline, by time.monotonic()."""
    request_id = request.request_id if method.has_request_id else new_request_id()
    metadata = [("x-request-id", request_id)]
    if tokens is not None:
        metadata.append(("authorization", f"Bearer {tokens.access_token}"))
    return Send(method, request, tuple(metadata), request_id, max(0.001, end - time.monotonic()))
