"""Sessions: how they begin, go on and end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.common import ids
from services.common.dynamo import client as dynamo
from services.common.rpc import call
from services.common.rpc.errors import NotFound, PermissionDenied, Unauthenticated, Unavailable
from services.user.audit.store import Record
from services.user.audit.trail import AuditTrail, Event
from services.user.identity.domain import Profile
from services.user.identity.store import ProfileStore
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import End, Session, surplus
from services.user.sessions.refresh_tokens import RefreshToken, RefreshTokens
from services.user.sessions.signing import TokenIssuer
from services.user.sessions.store import ProfileChanged, SessionsChanged, SessionStore

_REUSED = "REFRESH_TOKEN_REUSED"
_TRIES_MAX = 50
_FORGOTTEN_MAX = 50  # ended sessions at one sign-in; a transaction has at most 100 operations


# What the audit trail says when one session ends.
_EVENTS = {
    End.LOGOUT: Event.LOGOUT,
    End.REVOKED: Event.SESSION_REVOKED,
    End.REUSED: Event.TOKEN_REUSE_DETECTED,
}


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a client gets at a sign-in and at a refresh."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)


@dataclass(frozen=True)
class Sessions:
    """The use cases of a session. `publish` tells all services, soon, that these sessions have ended."""

    store: SessionStore
    profiles: ProfileStore
    refresh_tokens: RefreshTokens
    tokens: TokenIssuer
    publish: Callable[[Sequence[str]], Awaitable[None]]
    days: float
    trail: AuditTrail
    now: Callable[[], datetime]

    async def begin(self, profile: Profile) -> Tokens:
        """Begins a session of a user whose password was right.

        Raises PermissionDenied ACCOUNT_DISABLED, and Unauthenticated BAD_CREDENTIALS when the password has changed
        since.
        """
        for attempt in range(_TRIES_MAX):
            check_enabled(profile)
            user, now = await self.store.of_user(profile.user_id), self.now()
            session, token = self._new(profile.user_id, now)
            live = [one for one in user.sessions if one.is_live(now)]
            gone = [one for one in user.sessions if not one.is_live(now)][:_FORGOTTEN_MAX]
            ends = surplus(live)
            records = [
                self.trail.prepare(profile.user_id, Event.SIGN_IN, session=session.session_id),
                *(self._pushed_out(old) for old in ends),
            ]
            more = [operation for record in records for operation in await self.trail.operations(record)]
            try:
                await self.store.add(session, profile, user.version, ends=ends, forgets=gone, more=more)
            except ProfileChanged:
                profile = await self._same_password(profile)
            except SessionsChanged:
                written = await self.store.get(profile.user_id, session.session_id)
                if written is not None and written.secret_hash == session.secret_hash:
                    return await self._begun(profile, token, records, ends)  # only the answer to the write was lost
                await asyncio.sleep(dynamo.backoff_seconds(attempt))
            else:
                return await self._begun(profile, token, records, ends)
        raise Unavailable("CONTENTION", "too many sign-ins at once; try again")

    async def refresh(self, text: str) -> Tokens:
        """New tokens for a refresh token, which is good no more. Each refusal is in the audit trail.

        Raises Unauthenticated REFRESH_TOKEN_INVALID, REFRESH_TOKEN_REUSED (the session has ended) or SESSION_ENDED, and
        PermissionDenied ACCOUNT_DISABLED.
        """
        try:
            token = self.refresh_tokens.open(text)
        except Unauthenticated as refused:  # it is none of ours, and concerns nobody
            self.trail.note(Event.TOKEN_REFRESH, refused.reason)
            raise
        try:
            return await self._refresh(token)
        except (Unauthenticated, PermissionDenied) as refused:
            record = self.trail.prepare(
                token.user_id, Event.TOKEN_REFRESH, refused.reason, actor_id="", session=token.session_id
            )
            if refused.reason == _REUSED:  # the end of the session is recorded already
                self.trail.log(record)
            else:
                await self.trail.add_first(record)
            raise

    async def _refresh(self, token: RefreshToken) -> Tokens:
        session, profile = await asyncio.gather(
            self.store.get(token.user_id, token.session_id), self.profiles.get(token.user_id)
        )
        if profile is not None:
            check_enabled(profile)
        before = await self._current(session, token)
        if profile is None:
            raise _ended()
        following = refresh_tokens.make(token.user_id, token.session_id, token.generation + 1)
        after = before.refreshed(following.secret_hash, _address(), self.now())
        record = self.trail.prepare(token.user_id, Event.TOKEN_REFRESH, session=token.session_id)
        if not await self.store.refresh(before, after, await self.trail.operations(record)):
            written = await self.store.get(token.user_id, token.session_id)
            if written is None or written.secret_hash != after.secret_hash:  # else only the answer was lost
                await self._current(written, token)
                raise Unavailable("CONTENTION", "the session is being changed; try again")
            if written.end is not None:
                raise _ended()
        self.trail.log(record)
        return self._tokens(profile, following)

    async def of_user(self, user_id: str) -> list[Session]:
        """The sessions that have not ended, the last used first."""
        now = self.now()
        live = [one for one in (await self.store.of_user(user_id)).sessions if one.is_live(now)]
        return sorted(live, key=lambda session: session.last_used_at, reverse=True)

    async def end(self, user_id: str, session_id: str, why: End) -> None:
        """Ends a session. Raises NotFound SESSION_NOT_FOUND when it has ended, or is not the user's."""
        session = await self.store.get(user_id, session_id)
        if session is None or not session.is_live(self.now()):
            raise NotFound("SESSION_NOT_FOUND", "there is no such session")
        await self._end(session, why)

    async def revoke(self, user_id: str, session_id: str) -> None:
        """Ends a session that its user has chosen. Raises NotFound as `end` does."""
        async with self.trail.refusals(user_id, Event.SESSION_REVOKED):
            await self.end(user_id, session_id, End.REVOKED)

    async def end_all(self, before: Profile, after: Profile, why: End, more: Sequence[dynamo.Operation] = ()) -> bool:
        """Changes a profile, but for its e-mail address, and ends all sessions of the user, in one transaction.

        `more` goes into the transaction (at most 50 operations). False when the profile has changed meanwhile.
        """
        change = self.profiles.change(before, after)
        for attempt in range(_TRIES_MAX):
            user, now = await self.store.of_user(before.user_id), self.now()
            live = [one for one in user.sessions if one.is_live(now)]
            try:
                await self.store.end_all(change, user, live=live, why=why, now=now, more=more)
            except ProfileChanged:
                return False
            except SessionsChanged:
                await asyncio.sleep(dynamo.backoff_seconds(attempt))
            else:
                await self.publish([one.session_id for one in live])
                return True
        raise Unavailable("CONTENTION", "too many sign-ins at once; try again")

    def _new(self, user_id: str, now: datetime) -> tuple[Session, RefreshToken]:
        token = refresh_tokens.make(user_id, ids.random(), 0)
        current = call.current()
        session = Session(
            user_id=user_id,
            session_id=token.session_id,
            device=current.user_agent,
            address=_address(),
            created_at=now,
            last_used_at=now,
            expires_at=now + timedelta(days=self.days),
            secret_hash=token.secret_hash,
        )
        return session, token

    def _pushed_out(self, session: Session) -> Record:
        """What the audit trail says of a session that makes room for a new one."""
        return self.trail.prepare(session.user_id, Event.SESSION_REVOKED, session=session.session_id, why="TOO_MANY")

    async def _begun(
        self, profile: Profile, token: RefreshToken, records: Sequence[Record], ends: Sequence[Session]
    ) -> Tokens:
        for record in records:
            self.trail.log(record)
        if ends:
            await self.publish([session.session_id for session in ends])
        return self._tokens(profile, token)

    def _tokens(self, profile: Profile, token: RefreshToken) -> Tokens:
        access = self.tokens.issue(profile.user_id, profile.role, token.session_id, self.now())
        return Tokens(access, self.refresh_tokens.seal(token))

    async def _same_password(self, profile: Profile) -> Profile:
        """The user as he is now. Raises Unauthenticated when the password is another one."""
        now = await self.profiles.get(profile.user_id)
        if now is None or now.password_hash != profile.password_hash:
            raise Unauthenticated("BAD_CREDENTIALS", "the username or the password is wrong")
        return now

    async def _current(self, session: Session | None, token: RefreshToken) -> Session:
        """The session whose current refresh token this is. Ends one whose earlier token it is."""
        if session is None or not session.is_live(self.now()):
            raise _ended()
        if (token.generation, token.secret_hash) != (session.generation, session.secret_hash):
            await self._end(session, End.REUSED)
            raise Unauthenticated(_REUSED, "the refresh token was used before; the session has ended, sign in again")
        return session

    async def _end(self, session: Session, why: End) -> None:
        actor_id = "" if why is End.REUSED else session.user_id
        record = self.trail.prepare(session.user_id, _EVENTS[why], actor_id=actor_id, session=session.session_id)
        # If it has ended meanwhile, that is as well.
        if await self.store.end(session, why, self.now(), await self.trail.operations(record)):
            self.trail.log(record)
        await self.publish([session.session_id])


def check_enabled(profile: Profile) -> None:
    """Raises PermissionDenied ACCOUNT_DISABLED."""
    if profile.disabled:
        raise PermissionDenied("ACCOUNT_DISABLED", "this account is disabled")


def _ended() -> Unauthenticated:
    return Unauthenticated("SESSION_ENDED", "the session has ended; sign in again")


def _address() -> str:
    current = call.current()
    return current.client_address
