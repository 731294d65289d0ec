"""Helpers that act as users and as attackers."""

from __future__ import annotations

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime
from ipaddress import IPv6Address
from typing import Protocol

import pytest

from services.common.rpc.errors import Unauthenticated
from services.user.audit.domain import Record
from services.user.identity.domain import Registration
from services.user.identity.usecases import Identity

PASSWORD = "correct horse battery"
HOME = "192.0.2.1"

MakeRegistration = Callable[..., Registration]
AuditEvents = Callable[[str], Awaitable[list[Record]]]


class Clock(Protocol):
    time: datetime

    def __call__(self) -> datetime: ...


def anywhere() -> str:
    """Returns an address without earlier attempts."""
    return str(IPv6Address(0x20010DB8 << 96 | uuid.uuid4().int >> 32))


async def try_wrong_passwords(identity: Identity, username: str, count: int = 5) -> None:
    """Tries wrong passwords, each from a new address; all attempts must pass the throttle."""
    for n in range(count):
        with pytest.raises(Unauthenticated):
            await identity.login(username, f"{PASSWORD} {n}", anywhere())


def outcomes(records: list[Record]) -> list[tuple[str, str]]:
    """Returns events with their outcomes."""
    return [(record.event, record.outcome) for record in records]
