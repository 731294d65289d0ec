"""The history of a run: what the load driver requested and what it was told, a line of JSON for each call.

The history is complete: it has every call that may have changed something, including those that failed. A call is
written when it ends; at the end of the run, the driver waits for the calls in progress, or records them as unknown.

A call has one of three outcomes, and the checker holds the system to it:
- acknowledged: success, with the fields of the response;
- refused: a definite error, with its reason. `FAILED_PRECONDITION`, `NOT_FOUND`, `ALREADY_EXISTS`, `INVALID_ARGUMENT`,
  `UNAUTHENTICATED`, `PERMISSION_DENIED` and a rate limit are definite (in REST, the statuses 400 to 499 except 408 and
  499). `answer` may hold the message and the metadata of the error, as {"message": ..., "order_id": ...};
- unknown: anything else: a 5xx, a timeout, a broken connection.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Kind(StrEnum):
    """The method that was called."""

    REGISTER = "register"
    UPDATE_PROFILE = "update_profile"
    DEPOSIT = "deposit"
    WITHDRAW = "withdraw"
    BUY = "buy"
    SELL = "sell"
    GET_ORDER = "get_order"
    GET_ASSET = "get_asset"  # shows the number of a frame of prices


class Outcome(StrEnum):
    """What the client knows about the effect."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Call:
    """A call. `started` and `ended` are readings of time.monotonic(), the other two of time.time(), in seconds."""

    kind: Kind
    user: str  # the id of the user, "" for a registration
    request_id: str  # "" if none was sent
    body: Mapping[str, Any]  # the request, by field name, without request_id and password
    started: float
    ended: float
    started_wall: float
    ended_wall: float
    outcome: Outcome
    answer: Mapping[str, Any] = field(default_factory=dict)  # the response, by field name
    reason: str = ""  # of a refusal


@dataclass(frozen=True, slots=True)
class Open:
    """A call in progress. Exactly one of its methods ends it."""

    history: History
    kind: Kind
    user: str
    request_id: str
    body: Mapping[str, Any]
    started: float
    started_wall: float

    def acknowledged(self, answer: Mapping[str, Any]) -> None:
        self._end(Outcome.ACKNOWLEDGED, answer, "")

    def refused(self, reason: str, answer: Mapping[str, Any] | None = None) -> None:
        self._end(Outcome.REFUSED, answer or {}, reason)

    def unknown(self) -> None:
        self._end(Outcome.UNKNOWN, {}, "")

    def _end(self, outcome: Outcome, answer: Mapping[str, Any], reason: str) -> None:
        self.history.append(
            Call(
                kind=self.kind,
                user=self.user,
                request_id=self.request_id,
                body=self.body,
                started=self.started,
                ended=time.monotonic(),
                started_wall=self.started_wall,
                ended_wall=time.time(),
                outcome=outcome,
                answer=answer,
                reason=reason,
            )
        )


class History:
    """Appends calls to a file: `with History(path) as history`."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", buffering=1, encoding="utf-8")  # line-buffered, so that a crash loses no line

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def begin(self, kind: Kind, user: str, request_id: str, body: Mapping[str, Any]) -> Open:
        """Records that a call starts now."""
        return Open(self, kind, user, request_id, body, time.monotonic(), time.time())

    def append(self, call: Call) -> None:
        """Writes a call that has ended."""
        line = {name: getattr(call, name) for name in _FIELDS}  # dataclasses.asdict would make a deep copy
        self._file.write(json.dumps(line, separators=(",", ":")) + "\n")


_FIELDS = tuple(Call.__slots__)


def read(path: Path) -> list[Call]:
    """Reads the calls of a file, in the order in which they ended."""
    with path.open(encoding="utf-8") as lines:
        return [_call(json.loads(line)) for line in lines]


def _call(line: dict[str, Any]) -> Call:
    return Call(**{**line, "kind": Kind(line["kind"]), "outcome": Outcome(line["outcome"])})
