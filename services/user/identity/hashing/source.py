"""Where a request for a hash comes from, and its refusal."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass

from services.common.rpc.errors import Unavailable
from services.user.networks import network_of, wide_network_of

WAIT_SECONDS_MAX = 3.0  # of a call for its turn; after that it is refused

Timeout = Callable[[float], asyncio.Timeout]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a request comes from: an address, its wide network, and whether the owner of the account is known there."""

    address: str = ""
    network: str = ""
    is_known: bool = False

    @classmethod
    def of(cls, address: str) -> Source:
        """Returns the source for the address of a client."""
        return cls(network_of(address), wide_network_of(address))


class Overloaded(Unavailable):
    """Too many passwords wait to be hashed. Nothing has happened."""

    def __init__(self, retry_seconds: float = 1.0) -> None:
        text = "too many sign-ins at once; try again after the seconds in retry_after_seconds"
        super().__init__("OVERLOADED", text, retry_after_seconds=str(max(1, math.ceil(retry_seconds))))
