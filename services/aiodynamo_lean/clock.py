"""Compares the clock of this process with that of the database, by the header Date of its responses.

AWS refuses a request whose signature is more than 15 minutes off (RequestTimeTooSkewed). DynamoDB Local and other
emulators do not check the time, so a process with a wrong clock would write facts of another day.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from aiodynamo.http.types import Request, Response

from services.aiodynamo_lean.http import HttpClient

_OFF_MAX = timedelta(days=1)
_READS = ("GetItem", "Query", "Scan", "BatchGetItem", "TransactGetItems", "DescribeTable")

logger = logging.getLogger("aiodynamo_lean")


class WrongClock(ConnectionError):
    """The clock of this process is more than a day off that of the database."""


class ClockCheck:
    """An `HttpImplementation` that fails while the clock is wrong.

    Then it still sends what only reads, because the response tells when the clock is right again.
    """

    def __init__(self, http: HttpClient, now: Callable[[], datetime]) -> None:
        self._http = http
        self._now = now
        self._date = b""
        self._is_wrong = False

    async def __call__(self, request: Request) -> Response:
        """Sends a request. Raises WrongClock, and as `HttpClient` does."""
        if self._is_wrong and not _reads(request):
            raise WrongClock("nothing is written while the clock is wrong")
        response = await self._http(request)
        if self._http.date != self._date:
            self._date = self._http.date
            self._compare(self._date)
        if self._is_wrong:
            raise WrongClock("the clock is more than a day off that of the database")
        return response

    def _compare(self, date: bytes) -> None:
        moment = _moment(date)
        if moment is None:
            return
        off = self._now() - moment
        was_wrong, self._is_wrong = self._is_wrong, abs(off) > _OFF_MAX
        if self._is_wrong != was_wrong:
            text = "the clock is wrong; set it" if self._is_wrong else "the clock is right again"
            logger.critical(text, extra={"hours_ahead": round(off / timedelta(hours=1), 1)})


def _moment(date: bytes) -> datetime | None:
    try:
        moment = parsedate_to_datetime(date.decode("latin-1"))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _reads(request: Request) -> bool:
    return (request.headers or {}).get("X-Amz-Target", "").endswith(tuple(f".{name}" for name in _READS))
