"""People who register, and who guess."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from ipaddress import IPv6Address
from typing import Protocol

import pytest

from services.common.rpc.errors import Unauthenticated
from services.user.identity.domain import Registration
from services.user.identity.usecases import Identity

PASSWORD = "correct horse battery"
HOME = "192.0.2.1"

MakeRegistration = Callable[..., Registration]


class Clock(Protocol):
    time: datetime

    def __call__(self) -> datetime: ...


def anywhere() -> str:
    """An address that did nothing yet."""
    return str(IPv6Address(0x20010DB8 << 96 | uuid.uuid4().int >> 32))


async def guess(identity: Identity, username: str, count: int = 5) -> None:
    for n in range(count):
        with pytest.raises(Unauthenticated):
            await identity.login(username, f"{PASSWORD} {n}", anywhere())


async def outcomes(identity: Identity, user_id: str) -> list[tuple[str, str]]:
    records, _ = await identity.trail.store.of_user(user_id, "", None, 100)
    return [(record.event, record.outcome) for record in records]
