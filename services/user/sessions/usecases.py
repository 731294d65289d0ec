"""The use cases of sessions: to start, refresh, list and revoke them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from services.auth.revocations import Feed
from services.common import ids
from services.common.rpc import call
from services.common.rpc.errors import NotFound, Unauthenticated
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, UnitOfWork, retry_on_conflict
from services.user.audit.domain import Event
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import Cookie, RevocationReason, Session, SessionRef, Tokens
from services.user.sessions.ports import SessionRepository, Trail, User, UserChanged, Users
from services.user.sessions.refresh_limit import RefreshLimit
from services.user.sessions.refresh_tokens import RefreshToken, RefreshTokens, Successors
from services.user.sessions.refreshes import Refreshes, check_enabled
from services.user.sessions.signing import TokenIssuer

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
    successors: Successors
    refresh_limit: RefreshLimit
    access_tokens: TokenIssuer
    publish: Callable[[Sequence[str]], Awaitable[None]]
    days: float
    begin: Begin
    now: Clock

    async def start(self, user: User, cookie: Cookie = Cookie.NONE) -> Tokens:
        """Starts a session of a user whose password was right. It may replace the least recently used one.

        Raises PermissionDenied ACCOUNT_DISABLED, and Unauthenticated BAD_CREDENTIALS if the password has changed since.
        """

        async def start() -> Tokens:
            nonlocal user
            try:
                return await self._start(user, cookie)
            except UserChanged:
                user = await self._with_same_password(user)
                raise

        return await retry_on_conflict(start)

    async def _start(self, user: User, cookie: Cookie) -> Tokens:
        check_enabled(user)
        known, now = await self.store.of_user(user.user_id), self.now()
        session, token = self._new(user.user_id, cookie, now)
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
        return self._tokens(user, session, token)

    async def refresh(self, refresh_token: str, *, by_cookie: bool = False) -> Tokens:
        """Returns new tokens for a refresh token, as `Refreshes.refresh` does."""
        return await Refreshes(
            store=self.store,
            users=self.users,
            trail=self.trail,
            refresh_tokens=self.refresh_tokens,
            successors=self.successors,
            limit=self.refresh_limit,
            revoke=self._revoke,
            tokens=self._tokens,
            begin=self.begin,
            now=self.now,
        ).refresh(refresh_token, by_cookie=by_cookie)

    async def live(self, user_id: str) -> list[Session]:
        """Returns the sessions of a user that have not ended, the most recently used first."""
        return (await self.store.of_user(user_id)).shown(self.now())

    async def log_out(self, user_id: str, session_id: str) -> None:
        """Revokes the calling session. Has no effect on one that has ended, as when a logout is repeated."""
        with suppress(NotFound):
            await self._revoke_if_live(user_id, session_id, RevocationReason.LOGOUT)

    async def log_out_by_cookie(self, refresh_token: str) -> None:
        """Revokes the session of a cookie. Has no effect on one that has ended, or if the cookie is not genuine.

        It takes the current token or the one before it, whose holder may have missed an answer. An older one is a copy.
        """
        try:
            token = self.refresh_tokens.open(refresh_token)
        except Unauthenticated as refused:
            self.trail.log_anonymous(Event.LOGOUT, refused.reason)
            return
        session = await self.store.get(token.user_id, token.session_id)
        if session is None or not session.cookie or not session.is_live(self.now()):
            return
        shown = token.generation, token.secret_hash
        is_owner = shown == (session.generation, session.secret_hash) or session.is_previous(*shown)
        await self._revoke(session, RevocationReason.LOGOUT if is_owner else RevocationReason.REUSED)

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

    def _new(self, user_id: str, cookie: Cookie, now: datetime) -> tuple[Session, RefreshToken]:
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
            cookie=cookie,
        )
        return session, token

    def _tokens(self, user: User, session: Session, token: RefreshToken) -> Tokens:
        now = self.now()
        access = self.access_tokens.issue(user.user_id, user.role, session.session_id, now)
        return Tokens(access, self.refresh_tokens.seal(token), self.access_tokens.seconds, session.kept_seconds(now))

    async def _with_same_password(self, user: User) -> User:
        """Returns the user as it is now. Raises Unauthenticated BAD_CREDENTIALS if the password is another one."""
        now = await self.users.get(user.user_id)
        if now is None or now.password_hash != user.password_hash:
            raise Unauthenticated("BAD_CREDENTIALS", "the username or the password is wrong; check both and try again")
        return now

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
