"""The use cases of sessions: to start, refresh, list and revoke them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from services.auth.revocations import Feed
from services.common import ids
from services.common.rpc import call
from services.common.rpc.errors import NotFound, PermissionDenied, ResourceExhausted, Unauthenticated, Unavailable
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, UnitOfWork, retry_on_conflict
from services.user.audit.domain import Event
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import RevocationReason, Session, SessionRef, Tokens
from services.user.sessions.ports import SessionRepository, Trail, User, UserChanged, Users
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshToken, RefreshTokens
from services.user.sessions.signing import TokenIssuer

_REUSED = "REFRESH_TOKEN_REUSED"
_FORGOTTEN_MAX = 50  # at one sign-in: a transaction has at most 100 operations

# The audit event when a single session is revoked.
_EVENTS = {
    RevocationReason.LOGOUT: Event.LOGOUT,
    RevocationReason.REVOKED: Event.SESSION_REVOKED,
    RevocationReason.REUSED: Event.TOKEN_REUSE_DETECTED,
}


@dataclass(frozen=True)
class Sessions:
    """The use cases of sessions. `publish` makes all services know of revoked sessions soon."""

    store: SessionRepository
    users: Users
    trail: Trail
    refresh_tokens: RefreshTokens
    refresh_limit: RefreshLimit
    access_tokens: TokenIssuer
    publish: Callable[[Sequence[str]], Awaitable[None]]
    days: float
    begin: Begin
    now: Clock

    async def start(self, user: User) -> Tokens:
        """Starts a session of a user whose password was right. It may replace the least recently used one.

        Raises PermissionDenied ACCOUNT_DISABLED, and Unauthenticated BAD_CREDENTIALS if the password has changed since.
        """

        async def start() -> Tokens:
            nonlocal user
            try:
                return await self._start(user)
            except UserChanged:
                user = await self._with_same_password(user)
                raise

        return await retry_on_conflict(start)

    async def _start(self, user: User) -> Tokens:
        _check_enabled(user)
        known, now = await self.store.of_user(user.user_id), self.now()
        session, token = self._new(user.user_id, now)
        replaced = known.to_replace(now)
        tx = self.begin()
        self.users.require_password(tx, user.user_id, user.password_hash, UserChanged)
        forgotten = known.ended(now)[:_FORGOTTEN_MAX]
        self.store.add(tx, session, known.version, replaced=replaced, forgotten=forgotten)
        await self.trail.add(tx, self.trail.prepare(user.user_id, Event.SIGN_IN, session=session.session_id))
        for old in replaced:
            facts = {"session": old.session_id, "why": "TOO_MANY"}
            await self.trail.add(tx, self.trail.prepare(user.user_id, Event.SESSION_REVOKED, **facts))
        if replaced:
            tx.on_commit(partial(self.publish, [old.session_id for old in replaced]))
        try:
            await tx.commit()
        except UserChanged:
            raise
        except Conflict:
            written = await self.store.get(user.user_id, session.session_id)
            if written is None or written.secret_hash != session.secret_hash:
                raise
            await tx.committed()  # only the answer to the write was lost
        return self._tokens(user, token)

    async def refresh(self, refresh_token: str) -> Tokens:
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
            self.refresh_limit.count(token)
            return await self._refresh(token)
        except (Unauthenticated, PermissionDenied, ResourceExhausted) as refused:
            facts = {"session": token.session_id}
            record = self.trail.prepare(token.user_id, Event.TOKEN_REFRESH, refused.reason, actor_id="", **facts)
            # Only logged: a reuse, whose revocation is in the trail already, and what must cost no call.
            if refused.reason == _REUSED or isinstance(refused, ResourceExhausted):
                self.trail.log(record)
            else:
                await self.trail.write_limited(record)
            raise

    async def _refresh(self, token: RefreshToken) -> Tokens:
        session, user = await asyncio.gather(
            self.store.get(token.user_id, token.session_id), self.users.get(token.user_id)
        )
        if user is not None:
            _check_enabled(user)
        before = await self._require_current(session, token)
        if user is None:
            raise _ended()
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
        return self._tokens(user, following)

    async def _require_written(self, session: Session, token: RefreshToken) -> None:
        """Returns if a refresh that conflicted was made, and only its answer was lost. Raises its refusal otherwise."""
        written = await self.store.get(session.user_id, session.session_id)
        if written is None or written.secret_hash != session.secret_hash:
            await self._require_current(written, token)
            raise Unavailable("CONTENTION", "the session is being changed; try again")
        if written.revoked is not None:
            raise _ended()

    async def live(self, user_id: str) -> list[Session]:
        """Returns the sessions of a user that have not ended, the most recently used first."""
        return (await self.store.of_user(user_id)).live(self.now())

    async def log_out(self, user_id: str, session_id: str) -> None:
        """Revokes the calling session. Has no effect on one that has ended, as when a logout is repeated."""
        with suppress(NotFound):
            await self._revoke_if_live(user_id, session_id, RevocationReason.LOGOUT)

    async def revoke(self, user_id: str, session_id: str) -> None:
        """Revokes a session that its user chose. Raises NotFound SESSION_NOT_FOUND if it has ended or is not theirs."""
        async with self.trail.refusals(user_id, Event.SESSION_REVOKED):
            await self._revoke_if_live(user_id, session_id, RevocationReason.REVOKED)

    async def revoke_all(self, tx: UnitOfWork, user_id: str, reason: RevocationReason) -> None:
        """Revokes all sessions of a user, in at most 22 operations of the unit of work, and publishes that.

        The commit raises Conflict if a session began or was revoked meanwhile.
        """
        known, now = await self.store.of_user(user_id), self.now()
        self.store.revoke_all(tx, user_id, known, reason, now)
        tx.on_commit(partial(self.publish, [session.session_id for session in known.live(now)]))

    def issued_to(self, refresh_token: str) -> SessionRef | None:
        """Returns the session that a refresh token was issued to, used or not; None if the token is not genuine."""
        try:
            token = self.refresh_tokens.open(refresh_token)
        except Unauthenticated:
            return None
        return SessionRef(token.user_id, token.session_id)

    async def revocations(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then (ms since 1970), as far as they matter."""
        return await self.store.revocations(since_ms)

    def _new(self, user_id: str, now: datetime) -> tuple[Session, RefreshToken]:
        token = refresh_tokens.make(user_id, ids.random(), 0)
        current = call.current()
        session = Session(
            user_id=user_id,
            session_id=token.session_id,
            device=current.user_agent,
            address=current.client_address,
            created_at=now,
            last_used_at=now,
            expires_at=now + timedelta(days=self.days),
            secret_hash=token.secret_hash,
        )
        return session, token

    def _tokens(self, user: User, token: RefreshToken) -> Tokens:
        access = self.access_tokens.issue(user.user_id, user.role, token.session_id, self.now())
        return Tokens(access, self.refresh_tokens.seal(token), self.access_tokens.seconds)

    async def _with_same_password(self, user: User) -> User:
        """Returns the user as it is now. Raises Unauthenticated BAD_CREDENTIALS if the password is another one."""
        now = await self.users.get(user.user_id)
        if now is None or now.password_hash != user.password_hash:
            raise Unauthenticated("BAD_CREDENTIALS", "the username or the password is wrong; check both and try again")
        return now

    async def _require_current(self, session: Session | None, token: RefreshToken) -> Session:
        """Returns the live session whose current refresh token this is. Revokes one whose token was used before."""
        if session is None or not session.is_live(self.now()):
            raise _ended()
        if (token.generation, token.secret_hash) != (session.generation, session.secret_hash):
            await self._revoke(session, RevocationReason.REUSED)
            raise Unauthenticated(_REUSED, "the refresh token was used before; the session has ended, sign in again")
        return session

    async def _revoke_if_live(self, user_id: str, session_id: str, reason: RevocationReason) -> None:
        session = await self.store.get(user_id, session_id)
        if session is None or not session.is_live(self.now()):
            raise NotFound("SESSION_NOT_FOUND", "no session has this id; list your sessions to find it")
        await self._revoke(session, reason)

    async def _revoke(self, session: Session, reason: RevocationReason) -> None:
        actor_id = "" if reason is RevocationReason.REUSED else session.user_id
        record = self.trail.prepare(session.user_id, _EVENTS[reason], actor_id=actor_id, session=session.session_id)
        tx = self.begin()
        self.store.revoke(tx, session, reason, self.now())
        await self.trail.add(tx, record)
        with suppress(Conflict):  # revoked meanwhile
            await tx.commit()
        await self.publish([session.session_id])


def _check_enabled(user: User) -> None:
    """Raises PermissionDenied ACCOUNT_DISABLED."""
    if user.disabled:
        raise PermissionDenied("ACCOUNT_DISABLED", "this account is disabled; ask an admin to enable it")


def _ended() -> Unauthenticated:
    return Unauthenticated("SESSION_ENDED", "the session has ended; sign in again")
