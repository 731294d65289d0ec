"""The exchange of refresh tokens: those of programs, each good for one call, and those in cookies, with a grace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from services.common.rpc import call
from services.common.rpc.errors import PermissionDenied, ResourceExhausted, Unauthenticated, Unavailable
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, retry_on_conflict
from services.user.audit.domain import Event
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import RevocationReason, Session, Tokens, Use
from services.user.sessions.ports import SessionRepository, Trail, User, Users
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshToken, RefreshTokens, Successors

_REUSED = "REFRESH_TOKEN_REUSED"


@dataclass(frozen=True)
class Refreshes:
    """The use case. `revoke` ends a session, `tokens` issues what a client gets."""

    store: SessionRepository
    users: Users
    trail: Trail
    refresh_tokens: RefreshTokens
    successors: Successors
    limit: RefreshLimit
    revoke: Callable[[Session, RevocationReason], Awaitable[None]]
    tokens: Callable[[User, Session, RefreshToken], Tokens]
    begin: Begin
    now: Clock

    async def refresh(self, refresh_token: str, *, by_cookie: bool) -> Tokens:
        """Returns new tokens for a refresh token, which is used up then. A refusal is in the audit trail.

        Raises Unauthenticated REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED (which revokes the session) or SESSION_ENDED,
        PermissionDenied ACCOUNT_DISABLED, and ResourceExhausted RATE_LIMITED, after which the token is still good.
        """
        try:
            token = self.refresh_tokens.open(refresh_token)
        except Unauthenticated as refused:  # not genuine: it concerns nobody
            self.trail.log_anonymous(Event.TOKEN_REFRESH, refused.reason)
            raise
        try:
            self.limit.count(token)
            if by_cookie:
                return await retry_on_conflict(lambda: self._refresh_cookie(token))
            return await self._refresh_program(token)
        except (Unauthenticated, PermissionDenied, ResourceExhausted) as refused:
            await self._record(token, refused)
            raise

    async def _record(
        self, token: RefreshToken, refused: Unauthenticated | PermissionDenied | ResourceExhausted
    ) -> None:
        facts = {"session": token.session_id}
        record = self.trail.prepare(token.user_id, Event.TOKEN_REFRESH, refused.reason, actor_id="", **facts)
        # Only logged: a reuse, whose revocation is in the trail already, and what must cost no call.
        if refused.reason == _REUSED or isinstance(refused, ResourceExhausted):
            self.trail.log(record)
        else:
            await self.trail.write_limited(record)

    async def _refresh_program(self, token: RefreshToken) -> Tokens:
        user, before, use = await self._read(token, by_cookie=False)
        if use is not Use.CURRENT:
            raise await self._end_reused(before)
        following = refresh_tokens.make(token.user_id, token.session_id, token.generation + 1)
        after = before.refreshed(following.secret_hash, call.current().client_address, self.now())
        tx = self.begin()
        self.store.refresh(tx, before, after)
        await self.trail.add(tx, self.trail.prepare(token.user_id, Event.TOKEN_REFRESH, session=token.session_id))
        try:
            await tx.commit()
        except Conflict:
            await self._require_written(after, token)
            await tx.committed()
        return self.tokens(user, after, following)

    async def _require_written(self, session: Session, token: RefreshToken) -> None:
        """Returns if a refresh that conflicted was made, and only its answer was lost. Raises its refusal otherwise."""
        written = await self.store.get(session.user_id, session.session_id)
        if written is None or not written.is_live(self.now()):
            raise _ended()
        if written.secret_hash != session.secret_hash:
            if written.use_of(token.generation, token.secret_hash, self.now()) is not Use.CURRENT:
                raise await self._end_reused(written)
            raise Unavailable("CONTENTION", "the session is being changed; try again")

    async def _refresh_cookie(self, token: RefreshToken) -> Tokens:
        """Refreshes a session in a cookie. Raises Conflict, to be tried again.

        Two calls with one token make the same successor, so nothing tells a write of ours whose answer was lost from
        that of another call. It counts as the other's: the next attempt finds that the token has come again.
        """
        user, before, use = await self._read(token, by_cookie=True)
        if use is Use.REUSED:
            raise await self._end_reused(before)
        following = self.successors.of(token)
        event, facts = Event.TOKEN_REFRESH, {"session": token.session_id}
        if use is Use.CURRENT:
            after = before.refreshed(following.secret_hash, call.current().client_address, self.now())
        elif following.secret_hash == before.secret_hash:
            after = before.repeated()
            event, facts["number"] = Event.TOKEN_REFRESH_REPEATED, str(after.repeats)
        else:  # it was derived by another key, so nobody can give the client the token that is good
            raise Unavailable("SUCCESSOR_UNKNOWN", "the next refresh token cannot be derived; try again")
        tx = self.begin()
        self.store.refresh(tx, before, after)
        await self.trail.add(tx, self.trail.prepare(token.user_id, event, **facts))
        await tx.commit()
        return self.tokens(user, after, following)

    async def _read(self, token: RefreshToken, *, by_cookie: bool) -> tuple[User, Session, Use]:
        """Returns the user and the live session of a token, and what the token is to it. Raises the refusals."""
        session, user = await asyncio.gather(
            self.store.get(token.user_id, token.session_id), self.users.get(token.user_id)
        )
        if session is not None and bool(session.cookie) != by_cookie:
            raise refresh_tokens.invalid()
        if user is not None:
            check_enabled(user)
        if session is None or user is None or not session.is_live(self.now()):
            raise _ended()
        return user, session, session.use_of(token.generation, token.secret_hash, self.now())

    async def _end_reused(self, session: Session) -> Unauthenticated:
        """Revokes a session whose token was used before, and returns the refusal."""
        await self.revoke(session, RevocationReason.REUSED)
        return Unauthenticated(_REUSED, "the refresh token was used before; the session has ended, sign in again")


def check_enabled(user: User) -> None:
    """Raises PermissionDenied ACCOUNT_DISABLED."""
    if user.disabled:
        raise PermissionDenied("ACCOUNT_DISABLED", "this account is disabled; ask an admin to enable it")


def _ended() -> Unauthenticated:
    return Unauthenticated("SESSION_ENDED", "the session has ended; sign in again")
