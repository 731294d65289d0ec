"""In-memory fakes of the user service's ports, with the conditions that the real stores check."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from services.auth.revocations import Feed
from services.common import ids, texts
from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, ServiceError
from services.common.unit_of_work import ConditionFailed, Refusal, UnitOfWork
from services.user.audit.domain import Record
from services.user.identity.domain import Profile, Role
from services.user.identity.login_attempts.budgets import Bucket, Budget
from services.user.identity.login_attempts.domain import AttemptHistory
from services.user.identity.ports import ProfileChanged
from services.user.sessions.domain import Cookie, RevocationReason, Session, SessionRef, Tokens, UserSessions

T = TypeVar("T")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Clock:
    """A clock that stands still unless it is set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time

    def advance(self, **by: float) -> None:
        self.time += timedelta(**by)


@dataclass(frozen=True)
class Change:
    """A change in memory and its condition."""

    make: Callable[[], None]
    holds: Callable[[], bool] = lambda: True


class Database:
    """Commits the changes of a unit of work, all or none.

    `meanwhile` lists what other replicas do just before the next writes. `lost_responses` counts the next writes whose
    responses are lost: such a write succeeds, is repeated, and the repetition is refused.
    """

    def __init__(self) -> None:
        self.meanwhile: list[Callable[[], None]] = []
        self.lost_responses = 0
        self.commits = 0

    def begin(self) -> UnitOfWork:
        return UnitOfWork(self.write)

    async def write(self, changes: Sequence[Change]) -> None:
        if self.meanwhile:
            self.meanwhile.pop(0)()
        self._make(changes)
        self.commits += 1
        if self.lost_responses:
            self.lost_responses -= 1
            self._make(changes)

    def _make(self, changes: Sequence[Change]) -> None:
        failed = frozenset(at for at, change in enumerate(changes) if not change.holds())
        if failed:
            raise ConditionFailed(failed)
        for change in changes:
            change.make()


class Profiles:
    """Stores users, for identity and for sessions."""

    def __init__(self) -> None:
        self.by_id: dict[str, Profile] = {}

    def add(self, tx: UnitOfWork, profile: Profile) -> None:
        def name_is_free() -> bool:
            return texts.folded(profile.username) not in {texts.folded(one.username) for one in self.by_id.values()}

        def email_is_free() -> bool:
            return texts.folded(profile.email) not in {texts.folded(one.email) for one in self.by_id.values()}

        tx.add(
            Change(lambda: None, name_is_free),
            AlreadyExists("USERNAME_TAKEN", "this username is taken; choose another one"),
        )
        tx.add(
            Change(lambda: None, email_is_free),
            AlreadyExists("EMAIL_TAKEN", "this e-mail address is taken; use another one"),
        )
        tx.add(Change(lambda: self.put(profile), lambda: profile.user_id not in self.by_id))

    def put(self, profile: Profile) -> None:
        self.by_id[profile.user_id] = profile

    async def get(self, user_id: str) -> Profile | None:
        return self.by_id.get(user_id)

    async def find(self, username: str) -> Profile | None:
        found = [one for one in self.by_id.values() if texts.folded(one.username) == texts.folded(username)]
        return found[0] if found else None

    def replace(self, tx: UnitOfWork, before: Profile, after: Profile) -> None:
        def is_free() -> bool:
            others = (one for one in self.by_id.values() if one.user_id != after.user_id)
            return texts.folded(after.email) not in {texts.folded(one.email) for one in others}

        written = replace(after, version=before.version + 1)
        is_current = Change(lambda: None, lambda: self.by_id[before.user_id].version == before.version)
        tx.add(is_current, ProfileChanged)
        tx.add(
            Change(lambda: self.put(written), is_free),
            AlreadyExists("EMAIL_TAKEN", "this e-mail address is taken; use another one"),
        )

    def require_password(self, tx: UnitOfWork, user_id: str, password_hash: bytes, refusal: Refusal) -> None:
        def holds() -> bool:
            user = self.by_id[user_id]
            return user.password_hash == password_hash and not user.disabled

        tx.add(Change(lambda: None, holds), refusal)

    def change(self, user_id: str, **changes: Any) -> None:
        """Changes a user, like another replica."""
        before = self.by_id[user_id]
        self.put(replace(before, **changes, version=before.version + 1))


class Accounts:
    """Opens accounts."""

    def __init__(self) -> None:
        self.opened: dict[str, datetime] = {}

    def open(self, tx: UnitOfWork, user_id: str, now: datetime) -> None:
        tx.add(Change(lambda: self.opened.update({user_id: now}), lambda: user_id not in self.opened))


class Records:
    """Stores audit records."""

    def __init__(self) -> None:
        self.stored: dict[str, Record] = {}
        self.marks: dict[str, datetime] = {}

    async def add(self, tx: UnitOfWork, record: Record) -> None:
        put = Change(lambda: self.stored.update({record.event_id: record}), lambda: record.event_id not in self.stored)
        tx.add(put)

    async def is_marked(self, kind: str, now: datetime) -> bool:
        return self.marks.get(kind, now) > now

    def mark(self, tx: UnitOfWork, kind: str, now: datetime, seconds: int) -> None:
        until = now + timedelta(seconds=seconds)
        tx.add(Change(lambda: self.marks.update({kind: until}), lambda: self.marks.get(kind, now) <= now))

    async def of_user(
        self, user_id: str, actor_id: str, cursor: str | None, size: int
    ) -> tuple[list[Record], str | None]:
        matching = [
            record
            for record in self.stored.values()
            if user_id in (record.user_id, record.actor_id) and actor_id in ("", record.actor_id)
        ]
        return self._page(matching, cursor, size)

    async def of_all(self, cursor: str | None, size: int) -> tuple[list[Record], str | None]:
        return self._page(list(self.stored.values()), cursor, size)

    def _page(self, records: list[Record], cursor: str | None, size: int) -> tuple[list[Record], str | None]:
        ordered = sorted(records, key=lambda record: record.event_id, reverse=True)
        remaining = [record for record in ordered if cursor is None or record.event_id < cursor]
        return remaining[:size], remaining[size - 1].event_id if len(remaining) > size else None

    def outcomes(self, user_id: str) -> list[tuple[str, str]]:
        """Returns the events of a user with their outcomes, in the order of writing."""
        return [(one.event, one.outcome) for one in self.stored.values() if one.user_id == user_id]


class Attempts:
    """Stores login attempts. Counts the reads of histories, and keeps the times at which they were written."""

    def __init__(self) -> None:
        self.reads = 0
        self.written_ms: list[int] = []
        self.histories: dict[str, AttemptHistory] = {}
        self.buckets: dict[str, Bucket] = {}

    async def history(self, account: str) -> AttemptHistory:
        self.reads += 1
        return self.histories.get(account, AttemptHistory())

    def replace(self, tx: UnitOfWork, account: str, after: AttemptHistory, now_ms: int) -> None:
        def is_current() -> bool:
            return self.histories.get(account, AttemptHistory()).version == after.version - 1

        self.written_ms.append(now_ms)
        tx.add(Change(lambda: self.histories.update({account: after}), is_current))

    def mark_refusal_recorded(self, tx: UnitOfWork, account: str) -> None:
        def mark() -> None:
            self.histories[account] = replace(self.histories[account], refusal_recorded=True)

        tx.add(Change(mark, lambda: not self.histories[account].refusal_recorded))

    async def bucket(self, address: str) -> Bucket:
        return self.buckets.get(address, Bucket())

    async def charge(self, address: str, budget: Budget, now_ms: int) -> None:
        self.buckets[address] = (await self.bucket(address)).charged(budget, now_ms)


@dataclass
class SessionsOfUsers:
    """The sessions port of identity: begins sessions and revokes all sessions of a user."""

    begun: list[Profile] = field(default_factory=list)
    revoked: list[tuple[str, RevocationReason]] = field(default_factory=list)
    issued: dict[str, SessionRef] = field(default_factory=dict)  # by refresh token
    refusal: ServiceError | None = None
    version: int = 0

    async def start(self, user: Profile, cookie: Cookie = Cookie.NONE) -> Tokens:
        if self.refusal:
            raise self.refusal
        self.begun.append(user)
        return Tokens(f"access of {user.username}", f"refresh of {user.username}", 900)

    async def revoke_all(self, tx: UnitOfWork, user_id: str, reason: RevocationReason) -> None:
        version = self.version

        def revoke() -> None:
            self.version += 1
            self.revoked.append((user_id, reason))

        tx.add(Change(revoke, lambda: self.version == version))

    def issued_to(self, refresh_token: str) -> SessionRef | None:
        return self.issued.get(refresh_token)


class StoredSessions:
    """Stores sessions and the ids of revoked ones."""

    def __init__(self) -> None:
        self.by_id: dict[str, Session] = {}
        self.versions: dict[str, int] = {}
        self.revoked: list[str] = []

    async def get(self, user_id: str, session_id: str) -> Session | None:
        session = self.by_id.get(session_id)
        return session if session and session.user_id == user_id else None

    async def of_user(self, user_id: str) -> UserSessions:
        sessions = [session for session in self.by_id.values() if session.user_id == user_id]
        return UserSessions(sessions, self.versions.get(user_id, 0))

    def add(
        self,
        tx: UnitOfWork,
        session: Session,
        version: int,
        *,
        replaced: Sequence[Session],
        forgotten: Sequence[Session],
    ) -> None:
        def add() -> None:
            self.by_id[session.session_id] = session
            for old in (*replaced, *forgotten):
                del self.by_id[old.session_id]
            self.revoked += [old.session_id for old in replaced]

        self._count(tx, session.user_id, version)
        tx.add(Change(add, lambda: session.session_id not in self.by_id))

    def refresh(self, tx: UnitOfWork, before: Session, after: Session) -> None:
        tx.add(
            Change(
                lambda: self.by_id.update({after.session_id: after}), lambda: self.by_id[before.session_id] == before
            )
        )

    def revoke(self, tx: UnitOfWork, session: Session, reason: RevocationReason, now: datetime) -> None:
        def revoke() -> None:
            self.by_id[session.session_id] = replace(self.by_id[session.session_id], revoked=reason)
            self.revoked.append(session.session_id)

        tx.add(Change(revoke, lambda: self.by_id[session.session_id].revoked is None))

    def revoke_all(
        self, tx: UnitOfWork, user_id: str, sessions: UserSessions, reason: RevocationReason, now: datetime
    ) -> None:
        self._count(tx, user_id, sessions.version)
        for session in sessions.live(now):
            self.revoke(tx, session, reason, now)

    async def revocations(self, since_ms: int) -> Feed:
        return Feed(dict.fromkeys(self.revoked, since_ms), since_ms)

    def _count(self, tx: UnitOfWork, user_id: str, version: int) -> None:
        def count() -> None:
            self.versions[user_id] = version + 1

        tx.add(Change(count, lambda: self.versions.get(user_id, 0) == version))


async def during(current: call.Call, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Runs `work` as part of the call `current`, in its own context."""

    async def run() -> T:
        call.enter(current)
        return await work()

    return await asyncio.create_task(run())


def make_profile(username: str = "alice", password_hash: bytes = b"a hash", *, disabled: bool = False) -> Profile:
    """Returns a user."""
    return Profile(
        user_id=ids.random(),
        username=username,
        email=f"{username}@example.org",
        password_hash=password_hash,
        first_name="Ann",
        last_name="O'Neil",
        phone="",
        date_of_birth="",
        marketing_emails_consent=False,
        role=Role.CUSTOMER,
        request_id="",
        request_fingerprint="",
        created_at=NOON,
        updated_at=NOON,
        disabled=disabled,
    )
