"""What is known of the call that a task serves: who calls, under which request id, until when."""

from __future__ import annotations

import time
from contextvars import ContextVar
from dataclasses import dataclass

from services.common.rpc.errors import Unauthenticated

DEFAULT_DEADLINE_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Principal:
    """A user who is signed in, as the access token says. `token` is the token itself, to call on in the user's name."""

    user_id: str
    role: str
    token: str
    session_id: str = ""


@dataclass(slots=True)
class Call:
    """One call. `deadline` is a reading of time.monotonic(), `client_address` an IP address, as far as it is known.

    `peer` is the part of the mesh that the connection is from, by its certificate: "edge", "order", "operator", ...
    """

    request_id: str
    deadline: float
    principal: Principal | None = None
    peer: str = ""
    client_address: str = ""
    user_agent: str = ""


_current: ContextVar[Call | None] = ContextVar("call", default=None)


def enter(call: Call) -> None:
    """Makes `call` the call that this task, and the tasks it starts, serve."""
    _current.set(call)


def current() -> Call | None:
    """The call that this task serves, None outside of calls."""
    return _current.get()


def request_id() -> str:
    """The id of the request that this task serves; empty outside of calls."""
    call = _current.get()
    return call.request_id if call else ""


def client_address() -> str:
    """Where the client is whose call this task serves; empty outside of calls."""
    call = _current.get()
    return call.client_address if call else ""


def principal() -> Principal:
    """Who calls. Raises Unauthenticated when nobody is signed in (a method that the policy leaves open)."""
    call = _current.get()
    if call is None or call.principal is None:
        raise Unauthenticated("TOKEN_MISSING", "sign in first")
    return call.principal


def remaining_seconds(at_most: float = DEFAULT_DEADLINE_SECONDS) -> float:
    """How long what this task does may still take."""
    call = _current.get()
    return at_most if call is None else max(0.0, min(at_most, call.deadline - time.monotonic()))
