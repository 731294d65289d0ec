"""Refusals in the audit trail: of users who are known, and may not do what they ask for."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

SECONDS_MAX = 1.0
_AT_ONCE_MAX = 32

logger = logging.getLogger("cnop.refusals")

_under_way: set[asyncio.Task[None]] = set()  # the event loop alone would forget them


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call that was refused to a user or, when `actor_id` is empty, to whoever has a token of that user."""

    user_id: str
    actor_id: str
    session_id: str
    method: str
    reason: str


class Refusals(Protocol):
    """Who records refusals."""

    async def record_refusal(self, refusal: Refusal) -> None:
        """Records one, or raises whatever keeps it from that."""
        ...


async def try_to_record(record: Coroutine[Any, Any, object]) -> None:
    """Waits until a refusal is recorded, a second at most. It stands without its record too, and the log says so.

    A caller who goes, or gives his call no time, does not keep it from being recorded. When the trail is slow, no more
    than a few wait for it, so that those who are refused take no room from those who are served.
    """
    if len(_under_way) >= _AT_ONCE_MAX:
        record.close()
        logger.warning("something is not in the audit trail", extra={"why": "too much waits for it"})
        return
    task = asyncio.create_task(_record(record))
    _under_way.add(task)
    task.add_done_callback(_under_way.discard)
    await asyncio.shield(task)


async def _record(record: Coroutine[Any, Any, object]) -> None:
    try:
        async with asyncio.timeout(SECONDS_MAX):
            await record
    except Exception as error:
        logger.warning("something is not in the audit trail", extra={"why": str(error) or type(error).__name__})
