"""Sessions in the users table. What ends sessions says so to all services in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.operations import ConditionCheck, Delete, Put, Update
from aiodynamo.types import Item

from services.common.dynamo import client as dynamo
from services.user.identity import store as profile_store
from services.user.identity.domain import Profile
from services.user.schema import TTL
from services.user.sessions.domain import End, Session
from services.user.sessions.revocation_store import RevocationStore

_SESSION = "SESSION#"
_SESSIONS = "SESSIONS"
_KEPT = timedelta(days=1)  # after its time, before the table forgets a session


class ProfileChanged(Exception):
    """The profile is not what was read any more."""


class SessionsChanged(Exception):
    """A session has come since the sessions were read."""


@dataclass(frozen=True, slots=True)
class UserSessions:
    """The sessions of a user, ended ones too; `version` counts those that came."""

    sessions: list[Session]
    version: int


def _key(user_id: str, sk: str) -> Item:
    return {"pk": f"USER#{user_id}", "sk": sk}


class SessionStore:
    """Reads and writes sessions."""

    def __init__(self, client: Client, table: str, revocations: RevocationStore) -> None:
        self._client = client
        self._table = table
        self._revocations = revocations

    async def get(self, user_id: str, session_id: str) -> Session | None:
        """The session, read consistently."""
        item = await dynamo.get(self._client, self._table, _key(user_id, _SESSION + session_id))
        return _session(item) if item else None

    async def of_user(self, user_id: str) -> UserSessions:
        """All sessions of a user, read consistently."""
        sessions, version = [], 0
        # Backwards, so that SESSIONS, which begins so too, comes first: what is added while the others are read makes
        # the version wrong, and is not overlooked.
        key = HashKey("pk", f"USER#{user_id}") & RangeKey("sk").begins_with("SESSION")
        async for item in self._client.query(self._table, key, consistent_read=True, scan_forward=False):
            if item["sk"] == _SESSIONS:
                version = int(item["version"])
            else:
                sessions.append(_session(item))
        return UserSessions(sessions, version)

    async def add(
        self,
        session: Session,
        profile: Profile,
        version: int,
        *,
        ends: Sequence[Session],
        forgets: Sequence[Session],
        more: Sequence[dynamo.Operation],
    ) -> None:
        """Adds a session of a user who is still as the profile says: the same password, not disabled.

        Ends the sessions that it takes the place of, and forgets those that have ended, in one transaction with `more`.
        Raises ProfileChanged, and
        SessionsChanged when the sessions are not at `version` any more.
        """
        counted = F("version").equals(version) if version else F("version").does_not_exist()
        operations: list[dynamo.Operation] = [
            ConditionCheck(
                self._table,
                profile_store.key(profile.user_id),
                F("password_hash").equals(profile.password_hash)
                & (F("disabled").does_not_exist() | F("disabled").equals(False)),
            ),
            Update(self._table, _key(session.user_id, _SESSIONS), F("version").set(version + 1), counted),
            Put(self._table, _item(session), F("pk").does_not_exist()),
            *(Delete(self._table, _key(old.user_id, _SESSION + old.session_id)) for old in (*ends, *forgets)),
            *more,
        ]
        if ends:
            operations.append(self._revocations.operation([old.session_id for old in ends]))
        try:
            await dynamo.transact(self._client, operations)
        except dynamo.ConditionFailed as failed:
            raise (ProfileChanged if 0 in failed.positions else SessionsChanged) from None

    async def refresh(self, before: Session, after: Session, more: Sequence[dynamo.Operation]) -> bool:
        """Writes the next refresh token of a session, and `more` with it.

        False when the session has ended, or was refreshed meanwhile.
        """
        unchanged = (
            F("generation").equals(before.generation)
            & F("secret_hash").equals(before.secret_hash)
            & F("end").does_not_exist()
        )
        change = (
            F("generation").set(after.generation)
            & F("secret_hash").set(after.secret_hash)
            & F("address").set(after.address)
            & F("last_used_at").set(after.last_used_at.isoformat())
        )
        try:
            key = _key(before.user_id, _SESSION + before.session_id)
            await dynamo.transact(self._client, [Update(self._table, key, change, unchanged), *more])
        except dynamo.ConditionFailed:
            return False
        return True

    async def end(self, session: Session, why: End, now: datetime, more: Sequence[dynamo.Operation]) -> bool:
        """Ends a session, and makes `more` changes with it. False when it has ended, or is not there."""
        operations: list[dynamo.Operation] = [
            self._end(session, why, now),
            self._revocations.operation([session.session_id]),
            *more,
        ]
        try:
            await dynamo.transact(self._client, operations)
        except dynamo.ConditionFailed:
            return False
        return True

    async def end_all(
        self,
        change: Put,
        user: UserSessions,
        *,
        live: Sequence[Session],
        why: End,
        now: datetime,
        more: Sequence[dynamo.Operation],
    ) -> None:
        """Ends the `live` ones of a user's sessions and changes the profile, in one transaction with `more`.

        Raises ProfileChanged when the condition of `change` fails, SessionsChanged when a session came or ended.
        """
        user_id = str(change.item["user_id"])
        counted = F("version").equals(user.version) if user.version else F("version").does_not_exist()
        operations: list[dynamo.Operation] = [
            change,
            Update(self._table, _key(user_id, _SESSIONS), F("version").set(user.version + 1), counted),
            *(self._end(session, why, now) for session in live),
            *more,
        ]
        if live:
            operations.append(self._revocations.operation([session.session_id for session in live]))
        try:
            await dynamo.transact(self._client, operations)
        except dynamo.ConditionFailed as failed:
            raise (ProfileChanged if 0 in failed.positions else SessionsChanged) from None

    def _end(self, session: Session, why: End, now: datetime) -> Update:
        return Update(
            self._table,
            _key(session.user_id, _SESSION + session.session_id),
            F("end").set(why.value) & F("ended_at").set(now.isoformat()),
            F("pk").exists() & F("end").does_not_exist(),
        )


def _item(session: Session) -> Item:
    return {
        **_key(session.user_id, _SESSION + session.session_id),
        "device": session.device,
        "address": session.address,
        "created_at": session.created_at.isoformat(),
        "last_used_at": session.last_used_at.isoformat(),
        "expires_at": session.expires_at.isoformat(),
        "secret_hash": session.secret_hash,
        "generation": session.generation,
        TTL: int((session.expires_at + _KEPT).timestamp()),
    }


def _session(item: dict[str, Any]) -> Session:
    ended_at = item.get("ended_at")
    return Session(
        user_id=item["pk"].removeprefix("USER#"),
        session_id=item["sk"].removeprefix(_SESSION),
        device=item["device"],
        address=item["address"],
        created_at=datetime.fromisoformat(item["created_at"]),
        last_used_at=datetime.fromisoformat(item["last_used_at"]),
        expires_at=datetime.fromisoformat(item["expires_at"]),
        secret_hash=item["secret_hash"],
        generation=int(item["generation"]),
        end=End(item["end"]) if "end" in item else None,
        ended_at=datetime.fromisoformat(ended_at) if ended_at else None,
    )
