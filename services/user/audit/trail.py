"""The audit trail: who did what to whom, when, from where, and with which outcome.

A record is stored in the users table, where it never changes, and logged as one line of JSON. Facts are names and
values that an admin may read; they hold no secrets.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from services.auth.refusals import Refusal, try_to_record
from services.common import ids
from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, InvalidArgument, NotFound, Unauthenticated
from services.common.times import Clock
from services.common.unit_of_work import Begin, Conflict, UnitOfWork
from services.user.audit.domain import (
    DONE,
    OPERATOR,
    TEXT_LENGTH_MAX,
    Event,
    Record,
    check_facts,
    check_time,
    truncated,
)
from services.user.networks import network_of

logger = logging.getLogger("cnop.audit")

_SIMILAR_SECONDS = 3600  # in which one of several similar records is stored

Page = tuple[list[Record], str | None]


class RecordRepository(Protocol):
    """Stores records. A page comes with the cursor of the next one, None after the last."""

    async def add(self, tx: UnitOfWork, record: Record) -> None:
        """Adds a record, on the condition that there is none with this id (else Conflict)."""
        ...

    async def is_marked(self, kind: str, now: datetime) -> bool:
        """Returns whether a mark for this kind of record is still valid."""
        ...

    def mark(self, tx: UnitOfWork, kind: str, now: datetime, seconds: int) -> None:
        """Marks this kind of record for so many seconds, on the condition that no mark is valid (else Conflict)."""
        ...

    async def of_user(self, user_id: str, actor_id: str, cursor: str | None, size: int) -> Page:
        """Returns records of a user, newest first; with an `actor_id`, only those of that actor."""
        ...

    async def of_all(self, cursor: str | None, size: int) -> Page:
        """Returns records of everyone, newest first."""
        ...


@dataclass(frozen=True)
class AuditTrail:
    """The use cases of the trail: to write records and to read them."""

    store: RecordRepository
    begin: Begin
    now: Clock

    def prepare(
        self,
        user_id: str,
        event: Event,
        outcome: str = DONE,
        *,
        actor_id: str | None = None,
        subject: str = "",
        **facts: str,
    ) -> Record:
        """Returns the record of an event of the current call, to be written.

        By default the actor is the signed-in user, or else the user whom the event concerns; "" means unknown.
        """
        current = call.current()
        if actor_id is None:
            actor_id = current.principal.user_id if current.principal else user_id
        return Record(
            event_id=ids.ordered(self.now()),
            event=event,
            outcome=outcome,
            user_id=user_id,
            actor_id=actor_id,
            subject=subject or f"user:{user_id}",
            client_address=current.client_address,
            user_agent=current.user_agent[:TEXT_LENGTH_MAX],
            request_id=current.request_id,
            facts=truncated(facts),
        )

    async def add(self, tx: UnitOfWork, record: Record, *, is_logged: bool = False) -> None:
        """Adds a record to the unit of work whose changes it is about. The commit logs it, unless it `is_logged`."""

        async def log() -> None:
            self.log(record)

        await self.store.add(tx, record)
        if not is_logged:
            tx.on_commit(log)

    async def write(self, record: Record) -> None:
        """Writes a record by itself. Has no effect on one that is stored already."""
        tx = self.begin()
        await self.add(tx, record)
        try:
            await tx.commit()
        except Conflict:
            await tx.committed()

    async def write_limited(self, record: Record) -> None:
        """Logs a record, and stores it unless a similar one was stored in the last hour. Raises nothing.

        For what can happen any number of times. Records are similar if they agree in all but the time, the user agent,
        the request and the host within the network. A record that cannot be stored within a second is only logged.
        """
        self.log(record)
        await try_to_record(self._store_limited(record))

    async def _store_limited(self, record: Record) -> None:
        facts = (f"{name}={value}" for name, value in sorted(record.facts.items()))
        what = record.user_id, record.actor_id, record.event, record.subject, record.outcome, *facts
        kind = ids.fingerprint(*what, network_of(record.client_address))
        if await self.store.is_marked(kind, record.at):  # cheaper than a transaction that is refused
            return
        tx = self.begin()
        self.store.mark(tx, kind, record.at, _SIMILAR_SECONDS)
        await self.store.add(tx, record)
        with suppress(Conflict):  # a similar record was first
            await tx.commit()

    @asynccontextmanager
    async def refusals(self, user_id: str, event: Event) -> AsyncIterator[None]:
        """Writes the refusal of what it encloses, as `write_limited` does."""
        try:
            yield
        except (Unauthenticated, NotFound, AlreadyExists, FailedPrecondition) as refused:
            await self.write_limited(self.prepare(user_id, event, refused.reason))
            raise

    async def record_refusal(self, refusal: Refusal) -> None:
        """Writes that this service refused a method, as `write_limited` does. Raises whatever prevents it."""
        record = self._access_refused(refusal)
        self.log(record)
        await self._store_limited(record)

    def _access_refused(self, refusal: Refusal) -> Record:
        return self.prepare(
            refusal.user_id,
            Event.ACCESS,
            refusal.reason,
            actor_id=refusal.actor_id,
            method=refusal.method,
            session=refusal.session_id,
        )

    async def keys_changed(self, added: Mapping[str, str], removed: Mapping[str, str]) -> None:
        """Writes that signing keys (thumbprints by key id) were added or removed; once for all replicas."""
        for event, keys in ((Event.SIGNING_KEY_ADDED, added), (Event.SIGNING_KEY_REMOVED, removed)):
            for kid, thumbprint in keys.items():
                await self.write_limited(
                    self.prepare("", event, actor_id=OPERATOR, subject=f"key:{kid}", thumbprint=thumbprint)
                )

    async def accept(self, record: Record) -> None:
        """Writes a record of another service.

        Raises InvalidArgument if the event is not of the current time or has a fact that may be a secret.
        """
        check_time(record.event_id, self.now())
        try:
            check_facts(record.facts)
        except ValueError as error:
            raise InvalidArgument(("facts", str(error))) from None
        await self.write(record)

    async def accept_refusal(self, refusal: Refusal, client_address: str, user_agent: str) -> None:
        """Writes that another service refused a method to a client, as `write_limited` does."""
        record = self._access_refused(refusal)
        await self.write_limited(replace(record, client_address=client_address, user_agent=user_agent))

    def log(self, record: Record) -> None:
        """Logs a record without storing it."""
        logger.info("audit", extra={**record.as_texts(), "facts": dict(record.facts)})

    def log_anonymous(self, event: Event, outcome: str) -> None:
        """Logs an event of an unknown actor that concerns no known user, such as a sign-in with an unknown name."""
        self.log(self.prepare("", event, outcome, actor_id="", subject="nobody"))

    async def events_of(self, user_id: str, cursor: str | None, size: int) -> Page:
        """Returns a page of what concerns a user or was done by it, as that user may see it, newest first."""
        records, next_cursor = await self.store.of_user(user_id, "", cursor, size)
        return [record.as_shown_to(user_id) for record in records], next_cursor

    async def events(self, user_id: str, actor_id: str, cursor: str | None, size: int) -> Page:
        """Returns a page of the events, newest first: of a user, of an actor, or of everyone if both are empty.

        A page may be short and not be the last.
        """
        if user_id or actor_id:  # the trail of a user also holds what the user did as an actor
            return await self.store.of_user(user_id or actor_id, actor_id, cursor, size)
        return await self.store.of_all(cursor, size)
