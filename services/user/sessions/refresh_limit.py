"""Limits how often a session is refreshed. Each process counts by itself, in memory, before anything is read."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from services.common.rpc.errors import ResourceExhausted
from services.user.sessions.refresh_tokens import RefreshToken

_MINUTE_SECONDS = 60.0
_SESSIONS_MAX = 100_000  # that are remembered, the latest


@dataclass(slots=True)
class _Session:
    """When all refreshes of a session will have come back: those by new tokens, and those by used ones."""

    generation: int = 0
    by_new_until: float = 0.0
    by_used_until: float = 0.0


class RefreshLimit:
    """A leaky bucket per session: a minute's refreshes may come at once, and come back evenly.

    Used tokens have a bucket of their own: a thief who refreshes all the time must not keep the token of the owner,
    which is used by then, from ending the session.
    """

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._period_seconds = _MINUTE_SECONDS / per_minute
        self._clock = clock
        self._sessions: OrderedDict[str, _Session] = OrderedDict()

    def count(self, token: RefreshToken) -> None:
        """Counts a refresh. Raises ResourceExhausted RATE_LIMITED for one too many, which does not count.

        The token must be genuine: others could fill the memory, or use up the refreshes of the owner.
        """
        now = self._clock()
        session = self._sessions.setdefault(token.session_id, _Session())
        self._sessions.move_to_end(token.session_id)
        if len(self._sessions) > _SESSIONS_MAX:
            self._sessions.popitem(last=False)
        if token.generation < session.generation:
            session.by_used_until = self._counted(session.by_used_until, now)
        else:
            session.by_new_until = self._counted(session.by_new_until, now)
            session.generation = token.generation

    def _counted(self, until: float, now: float) -> float:
        after = max(until, now) + self._period_seconds
        wait_seconds = after - now - _MINUTE_SECONDS
        if wait_seconds > 0:
            text = "this session is refreshed too often; wait, then use the same refresh token"
            raise ResourceExhausted("RATE_LIMITED", text, retry_after_seconds=str(math.ceil(wait_seconds)))
        return after
