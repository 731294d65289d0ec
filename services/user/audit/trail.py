"""The audit trail: who did what, when, from where, and what came of it. What is written in it stays as it is.

Every event goes into the users table, and as one line of JSON to the log. No event holds a secret: facts are names and
values that an admin may read.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.common import ids
from services.common.auth.refusals import Refusal, try_to_record
from services.common.dynamo.client import Operation
from services.common.rpc import call
from services.common.rpc.errors import AlreadyExists, FailedPrecondition, NotFound, Unauthenticated
from services.user.audit.store import AuditStore, Record
from services.user.networks import network_of

logger = logging.getLogger("cnop.audit")

DONE = "DONE"
INTENDED = "INTENDED"
OPERATOR = "operator"  # who acts by a command, or by a file

_APART_SECONDS = 3600  # of those that are alike, in the table
_TEXT_MAX = 256
_SECRETS = ("password", "token", "secret", "hash")


class Event(StrEnum):
    """What can happen."""

    REGISTRATION = "REGISTRATION"
    SIGN_IN = "SIGN_IN"
    TOKEN_REFRESH = "TOKEN_REFRESH"  # noqa: S105 - the name of an event
    TOKEN_REUSE_DETECTED = "TOKEN_REUSE_DETECTED"  # noqa: S105
    LOGOUT = "LOGOUT"
    PASSWORD_CHANGE = "PASSWORD_CHANGE"  # noqa: S105
    PROFILE_CHANGE = "PROFILE_CHANGE"
    SESSION_REVOKED = "SESSION_REVOKED"
    ACCESS = "ACCESS"  # to a method; when it is refused to a user who is known
    ROLE_CHANGE = "ROLE_CHANGE"
    USER_DISABLED = "USER_DISABLED"
    USER_ENABLED = "USER_ENABLED"
    ASSET_CREATED = "ASSET_CREATED"
    ASSET_UPDATED = "ASSET_UPDATED"
    ASSET_ACTIVATED = "ASSET_ACTIVATED"
    ASSET_DEACTIVATED = "ASSET_DEACTIVATED"
    ASSET_PRICED = "ASSET_PRICED"
    ASSET_RESTOCKED = "ASSET_RESTOCKED"
    ORDER_RELEASED = "ORDER_RELEASED"
    SIGNING_KEY_ADDED = "SIGNING_KEY_ADDED"
    SIGNING_KEY_REMOVED = "SIGNING_KEY_REMOVED"


@dataclass(frozen=True)
class AuditTrail:
    """Writes the trail."""

    store: AuditStore
    now: Callable[[], datetime]

    async def record(
        self,
        user_id: str,
        event: Event,
        outcome: str = DONE,
        *,
        actor_id: str | None = None,
        subject: str = "",
        **facts: str,
    ) -> None:
        """Writes what happened to a user, or was done by one: when it returns, it is in the trail for ever.

        `outcome` is DONE, INTENDED (a change that is about to be made) or the reason of a refusal. The actor is, unless
        it is given, who is signed in, else the user; "" stands for nobody knows whom. A change that is a transaction of
        the users table puts `prepare` and `operations` into it instead.
        """
        await self.add(self.prepare(user_id, event, outcome, actor_id=actor_id, subject=subject, **facts))

    async def add(self, record: Record) -> None:
        """Writes a record; one that is there already stays."""
        await self.store.add(record)
        self.log(record)

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
        """The record of what happens in this call, not written yet; as `record`."""
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
            user_agent=current.user_agent[:_TEXT_MAX],
            request_id=current.request_id,
            facts=harmless(facts),
        )

    async def add_first(self, record: Record) -> None:
        """Writes what may come any number of times: all to the log, and to the table the first of an hour.

        The first of those which are alike: of what, by whom, for whom, with which outcome and facts, and from where.
        When it cannot be written within a second, it is in the log alone. Raises nothing.
        """
        self.log(record)  # whether it can be written or not
        await try_to_record(self._write_first(record))

    async def record_refusal(self, refusal: Refusal) -> None:
        """Writes that a user was refused a method of this service, as `add_first`. Raises what keeps it from that."""
        record = self.prepare_refusal(refusal)
        self.log(record)
        await self._write_first(record)

    async def _write_first(self, record: Record) -> None:
        facts = (f"{name}={value}" for name, value in sorted(record.facts.items()))
        what = record.user_id, record.actor_id, record.event, record.subject, record.outcome, *facts
        kind = ids.fingerprint(*what, network_of(record.client_address))
        await self.store.add_first(record, kind, _APART_SECONDS)

    def prepare_refusal(self, refusal: Refusal) -> Record:
        """The record of a method that was refused in this call."""
        return self.prepare(
            refusal.user_id,
            Event.ACCESS,
            refusal.reason,
            actor_id=refusal.actor_id,
            method=refusal.method,
            session=refusal.session_id,
        )

    @asynccontextmanager
    async def refusals(self, user_id: str, event: Event) -> AsyncIterator[None]:
        """Encloses what a user or an admin asks for: when it is refused, that is written, as by `add_first`."""
        try:
            yield
        except (Unauthenticated, NotFound, AlreadyExists, FailedPrecondition) as refused:
            await self.add_first(self.prepare(user_id, event, refused.reason))
            raise

    async def keys_changed(self, added: Mapping[str, str], removed: Mapping[str, str]) -> None:
        """Writes that signing keys (ids and thumbprints) have come or gone; once, though each replica sees it."""
        for event, keys in ((Event.SIGNING_KEY_ADDED, added), (Event.SIGNING_KEY_REMOVED, removed)):
            for kid, thumbprint in keys.items():
                record = self.prepare("", event, actor_id=OPERATOR, subject=f"key:{kid}", thumbprint=thumbprint)
                await self.add_first(record)

    async def operations(self, record: Record) -> list[Operation]:
        """What writes a record, for the end of the transaction that it tells of. Call `log` when that is done."""
        return await self.store.operations(record)

    def log(self, record: Record) -> None:
        """Writes a record to the log."""
        logger.info("audit", extra={**record.as_texts(), "facts": dict(record.facts)})

    def note(self, event: Event, outcome: str, **facts: str) -> None:
        """Writes to the log alone what concerns no user, such as a sign-in under a name that nobody has."""
        self.log(self.prepare("", event, outcome, actor_id="", subject="nobody", **facts))


def harmless(facts: Mapping[str, str]) -> dict[str, str]:
    """The facts, each of a bounded length. Raises ValueError for one whose name says that it is a secret."""
    for name in facts:
        if any(secret in name for secret in _SECRETS):
            raise ValueError(f"{name} is no fact for the audit trail")
    return {name: value[:_TEXT_MAX] for name, value in facts.items()}
