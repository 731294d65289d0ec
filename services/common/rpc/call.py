"""The call that the current task serves: its caller, request id and deadline."""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass

from services.common.rpc.errors import Unauthenticated

DEFAULT_DEADLINE_SECONDS = 10.0

Metadata = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Principal:
    """A signed-in user. `token` is the access token, to make further calls in the user's name."""

    user_id: str
    role: str
    token: str
    session_id: str = ""


@dataclass(slots=True)
class Call:
    """A call. `deadline` is a time.monotonic() reading; `peer` is the calling service by its certificate, as "edge"."""

    request_id: str
    deadline: float
    principal: Principal | None = None
    peer: str = ""
    client_address: str = ""
    user_agent: str = ""


_NO_CALL = Call(request_id="", deadline=float("inf"))
_current: ContextVar[Call] = ContextVar("call", default=_NO_CALL)


def enter(call: Call) -> None:
    """Makes `call` the one that this task, and the tasks it starts, serve."""
    _current.set(call)


def current() -> Call:
    """Returns the call that this task serves; outside of calls, one with empty fields."""
    return _current.get()


def principal() -> Principal:
    """Returns the signed-in user. Raises Unauthenticated TOKEN_MISSING if there is none."""
    user = _current.get().principal
    if user is None:
        raise Unauthenticated("TOKEN_MISSING", "sign in first")
    return user


def remaining_seconds(at_most: float = DEFAULT_DEADLINE_SECONDS) -> float:
    """Returns the time that is left until the deadline of the call."""
    return max(0.0, min(at_most, _current.get().deadline - time.monotonic()))


def as_service() -> Metadata:
    """Returns the metadata of an outgoing call in the service's own name."""
    return (("x-request-id", _current.get().request_id),)
