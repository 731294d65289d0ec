"""The use cases of sessions over fakes."""

from __future__ import annotations

from dataclasses import dataclass

from services.common.rpc.errors import ServiceError
from services.user.sessions.domain import Session, Tokens
from services.user.sessions.usecases import Sessions
from tests.unit.user.fakes import Clock, Database, Profiles, Records, StoredSessions


@dataclass
class World:
    """The use cases and their dependencies. `published` lists the ids of published revocations in order."""

    sessions: Sessions
    database: Database
    store: StoredSessions
    users: Profiles
    records: Records
    published: list[str]
    clock: Clock

    def session_of(self, tokens: Tokens) -> Session:
        ref = self.sessions.issued_to(tokens.refresh)
        assert ref
        return self.store.by_id[ref.session_id]

    async def reason(self, refresh_token: str) -> str:
        """Returns the reason why a refresh is refused, "" if it is not."""
        try:
            await self.sessions.refresh(refresh_token)
        except ServiceError as refused:
            return refused.reason
        return ""
