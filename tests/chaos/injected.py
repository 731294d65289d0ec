"""The faults that the proxy injects: which, how often, and what the client sees of them."""

from __future__ import annotations

import json
import math
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_ERRORS = "com.amazonaws.dynamodb.v20120810#"
_CONFLICTING = ("TransactWriteItems", "TransactGetItems", "PutItem", "UpdateItem", "DeleteItem")
_DELAY_SECONDS = (0.1, 15.0)
_TRANSACTION_REASONS = ("TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError")


class Kind(StrEnum):
    """The kinds of faults. After the commit: the request takes effect, but the client does not learn of it."""

    THROTTLE = "throttle"
    CONFLICT = "conflict"  # with a transaction; never for plain reads
    ERROR_BEFORE = "error before commit"
    ERROR_AFTER = "error after commit"
    RESET_BEFORE = "reset before commit"
    RESET_AFTER = "reset after commit"
    CUT_AFTER = "answer cut off"  # after the commit; half of the response arrives
    DELAY_BEFORE = "delay before commit"  # it may take effect after the client gave up
    DELAY_AFTER = "delay after commit"


@dataclass(frozen=True)
class Rule:
    """A fault: its kind, its probability, the operations (all if empty), and how many times (None: without limit)."""

    kind: Kind
    probability: float
    operations: tuple[str, ...] = ()
    times: int | None = None


def rules_for(rate: float) -> list[Rule]:
    """Returns rules that make a request fail with probability `rate`, with all kinds of faults equally often."""
    each = rate / len(Kind)
    return [Rule(kind, each, _CONFLICTING if kind is Kind.CONFLICT else ()) for kind in Kind]


def dumped(rules: Iterable[Rule]) -> bytes:
    """Serializes rules."""
    return json.dumps([asdict(rule) for rule in rules]).encode()


def loaded(data: bytes) -> list[Rule]:
    """Parses rules that `dumped` serialized. Raises ValueError."""
    rows: list[dict[str, Any]] = json.loads(data)
    return [Rule(Kind(row["kind"]), row["probability"], tuple(row["operations"]), row["times"]) for row in rows]


class Chooser:
    """Chooses the fault of each request. The same seed makes the same choices for the same sequence of requests."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - choices that can be repeated
        self._rules: list[Rule] = []
        self._left: dict[int, int] = {}

    def use(self, rules: Sequence[Rule]) -> None:
        """Replaces the rules."""
        self._rules = list(rules)
        self._left = {at: rule.times for at, rule in enumerate(rules) if rule.times is not None}

    def choose(self, operation: str) -> Kind | None:
        """Returns the fault of the first rule that applies, None if none does."""
        for at, rule in enumerate(self._rules):
            applies = not rule.operations or operation in rule.operations
            if applies and self._left.get(at, 1) > 0 and self._random.random() < rule.probability:
                if at in self._left:
                    self._left[at] -= 1
                return rule.kind
        return None

    def delay_seconds(self) -> float:
        """Returns the length of a delay: typically about a second, sometimes past every deadline."""
        return math.exp(self._random.uniform(*map(math.log, _DELAY_SECONDS)))

    def conflict(self, operation: str, body: bytes) -> bytes:
        """Returns the response to a request that conflicts with a transaction."""
        if not operation.startswith("Transact"):
            return _answer(400, "TransactionConflictException", "Transaction is ongoing for the item")
        count = len(json.loads(body)["TransactItems"])
        codes = ["None"] * count
        codes[self._random.randrange(count)] = self._random.choice(_TRANSACTION_REASONS)
        reasons = [{"Code": code} if code == "None" else {"Code": code, "Message": "injected"} for code in codes]
        message = f"Transaction cancelled, please refer cancellation reasons for specific reasons [{', '.join(codes)}]"
        return _answer(400, "TransactionCanceledException", message, CancellationReasons=reasons)


def throttled() -> bytes:
    """Returns the response to a request that is throttled."""
    return _answer(400, "ProvisionedThroughputExceededException", "The level of configured throughput was exceeded")


def failed() -> bytes:
    """Returns the response of a server with an internal error."""
    return _answer(500, "InternalServerError", "The request processing has failed because of an unknown error")


def _answer(status: int, error: str, message: str, **more: Any) -> bytes:
    body = json.dumps({"__type": _ERRORS + error, "Message": message, **more}).encode()
    head = f"HTTP/1.1 {status} Injected\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: {len(body)}"
    return head.encode() + b"\r\n\r\n" + body


_TARGET = re.compile(rb"\r\nx-amz-target:[ \t]*[^.\r]*\.(\w+)", re.IGNORECASE)


def operation_of(head: bytes) -> str:
    """Returns the operation in the head of a request, "" if it has none."""
    found = _TARGET.search(head)
    return found[1].decode() if found else ""
