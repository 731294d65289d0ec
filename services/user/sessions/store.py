"""Sessions in the users table. Whatever revokes sessions writes their revocations in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aiodynamo.client import Client
from aiodynamo.expressions import F, HashKey, RangeKey
from aiodynamo.operations import Delete, Put, Update
from aiodynamo.types import Item

from services.auth.revocations import Feed
from services.common.dynamo import client as dynamo
from services.common.unit_of_work import UnitOfWork
from services.user.schema import TTL
from services.user.sessions.domain import Cookie, RevocationReason, Session, UserSessions
from services.user.sessions.revocation_store import RevocationStore

_SESSION = "SESSION#"
_SESSIONS = "SESSIONS"
_KEPT_AFTER_EXPIRY = timedelta(days=1)


def _key(user_id: str, sk: str) -> Item:
    return {"pk": f"USER#{user_id}", "sk": sk}


def _session_key(session: Session) -> Item:
    return _key(session.user_id, _SESSION + session.session_id)


class SessionStore:
    """Reads and writes sessions."""

    def __init__(self, client: Client, table: str, revocations: RevocationStore) -> None:
        self._client = client
        self._table = table
        self._revocations = revocations

    async def get(self, user_id: str, session_id: str) -> Session | None:
        """Returns the session, read consistently."""
        item = await dynamo.get(self._client, self._table, _key(user_id, _SESSION + session_id))
        return _session(item) if item else None

    async def of_user(self, user_id: str) -> UserSessions:
        """Returns all sessions of a user, read consistently."""
        sessions, version = [], 0
        # Backwards, so that SESSIONS, which has the same prefix, is read first: a session that is added while the
        # others are read then makes the version outdated, and is not missed.
        key = HashKey("pk", f"USER#{user_id}") & RangeKey("sk").begins_with("SESSION")
        async for item in self._client.query(self._table, key, consistent_read=True, scan_forward=False):
            if item["sk"] == _SESSIONS:
                version = int(item["version"])
            else:
                sessions.append(_session(item))
        return UserSessions(sessions, version)

    def add(
        self,
        tx: UnitOfWork,
        session: Session,
        version: int,
        *,
        replaced: Sequence[Session],
        forgotten: Sequence[Session],
    ) -> None:
        """Adds a session, revokes those that it replaces, and deletes both these and the forgotten ones.

        The commit raises Conflict unless the sessions of the user are still at `version`.
        """
        self._count(tx, session.user_id, version)
        tx.add(Put(self._table, _item(session), F("pk").does_not_exist()))
        for old in (*replaced, *forgotten):
            tx.add(Delete(self._table, _session_key(old)))
        if replaced:
            self._revocations.add(tx, [old.session_id for old in replaced])

    def refresh(self, tx: UnitOfWork, before: Session, after: Session) -> None:
        """Writes the next refresh token, or that the previous one has come again.

        The commit raises Conflict if either has happened meanwhile, or the session was revoked.
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
        if before.cookie:
            unchanged &= F("repeats").equals(before.repeats)
            change &= F("previous_hash").set(after.previous_hash) & F("repeats").set(after.repeats)
        tx.add(Update(self._table, _session_key(before), change, unchanged))

    def revoke(self, tx: UnitOfWork, session: Session, reason: RevocationReason, now: datetime) -> None:
        """Revokes a session. The commit raises Conflict if it was revoked or is gone."""
        self._end(tx, session, reason, now)
        self._revocations.add(tx, [session.session_id])

    def revoke_all(
        self,
        tx: UnitOfWork,
        user_id: str,
        sessions: UserSessions,
        reason: RevocationReason,
        now: datetime,
    ) -> None:
        """Revokes all live sessions of a user. The commit raises Conflict if one began or was revoked meanwhile."""
        live = sessions.live(now)
        self._count(tx, user_id, sessions.version)
        for session in live:
            self._end(tx, session, reason, now)
        if live:
            self._revocations.add(tx, [session.session_id for session in live])

    async def revocations(self, since_ms: int) -> Feed:
        """Returns the sessions revoked since then (ms since 1970), as far as they matter."""
        return await self._revocations.read(since_ms)

    def _count(self, tx: UnitOfWork, user_id: str, version: int) -> None:
        """Increments the version of a user's sessions, on the condition that it is this one."""
        unchanged = F("version").equals(version) if version else F("version").does_not_exist()
        tx.add(Update(self._table, _key(user_id, _SESSIONS), F("version").set(version + 1), unchanged))

    def _end(self, tx: UnitOfWork, session: Session, reason: RevocationReason, now: datetime) -> None:
        change = F("end").set(reason.value) & F("ended_at").set(now.isoformat())
        is_unrevoked = F("pk").exists() & F("end").does_not_exist()
        tx.add(Update(self._table, _session_key(session), change, is_unrevoked))


def _item(session: Session) -> Item:
    return {
        **_session_key(session),
        "device": session.device,
        "address": session.address,
        "created_at": session.created_at.isoformat(),
        "last_used_at": session.last_used_at.isoformat(),
        "expires_at": session.expires_at.isoformat(),
        "secret_hash": session.secret_hash,
        "generation": session.generation,
        TTL: int((session.expires_at + _KEPT_AFTER_EXPIRY).timestamp()),
        **({"cookie": session.cookie.value, "repeats": session.repeats} if session.cookie else {}),
    }


def _session(item: dict[str, Any]) -> Session:
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
        revoked=RevocationReason(item["end"]) if "end" in item else None,
        cookie=Cookie(item.get("cookie", "")),
        previous_hash=item.get("previous_hash", b""),
        repeats=int(item.get("repeats", 0)),
    )
