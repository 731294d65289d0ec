"""Records refusals of known users in the audit trail, without letting the trail hold up the answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

TIMEOUT_SECONDS = 1.0
_PENDING_MAX = 32

logger = logging.getLogger("cnop.refusals")

_pending: set[asyncio.Task[None]] = set()  # the event loop keeps only weak references to tasks


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused call of a user. `actor_id` is empty if anyone may hold the user's token."""

    user_id: str
    actor_id: str
    session_id: str
    method: str
    reason: str


class Refusals(Protocol):
    """Records refusals."""

    async def record_refusal(self, refusal: Refusal) -> None:
        """Records a refusal. Raises whatever prevents it."""
        ...


async def try_to_record(record: Coroutine[Any, Any, object]) -> None:
    """Runs `record` for at most a second. The refusal stands without its record, which the log then reports missing.

    Shielded: a client cancellation must not drop the record. Bounded: a slow trail must not take room from other calls.
    """
    if len(_pending) >= _PENDING_MAX:
        record.close()
        _log_missing("too many records are pending")
        return
    task = asyncio.create_task(_record(record))
    _pending.add(task)
    task.add_done_callback(_pending.discard)
    await asyncio.shield(task)


async def _record(record: Coroutine[Any, Any, object]) -> None:
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            await record
    except Exception as error:
        _log_missing(str(error) or type(error).__name__)


def _log_missing(why: str) -> None:
    logger.warning("a refusal is missing from the audit trail", extra={"why": why})
