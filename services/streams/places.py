"""Limits how many streams a user, an address and all together have open. Streams take no place of unary calls."""

from __future__ import annotations

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from services.common.rpc.call import Call
from services.common.rpc.errors import ResourceExhausted, overloaded
from services.streams.settings import StreamSettings

_NETWORK_BITS = 64  # of an IPv6 address: what one customer has, as at the edge
_RETRY_SECONDS = "10"


class Places:
    """The places for streams."""

    def __init__(self, config: StreamSettings) -> None:
        self._config = config
        self._taken: Counter[tuple[str, str]] = Counter()

    @contextmanager
    def taken(self, call: Call) -> Iterator[None]:
        """Takes the places of a stream while it is open.

        Raises ResourceExhausted TOO_MANY_STREAMS if its user or address has too many, and Shed if there is no room.
        """
        limits = self._limits(call)
        for owner, limit in limits.items():
            if self._taken[owner] >= limit:
                raise _too_many(*owner, limit)
        self._taken.update(limits.keys())
        try:
            yield
        finally:
            self._taken.subtract(limits.keys())
            for owner in limits:
                if not self._taken[owner]:
                    del self._taken[owner]

    def _limits(self, call: Call) -> dict[tuple[str, str], int]:
        limits = {("all", ""): self._config.max, ("address", network_of(call.client_address)): self._config.per_address}
        if call.principal is not None:
            limits["user", call.principal.user_id] = self._config.per_user
        return limits


def network_of(address: str) -> str:
    """Returns what counts as one address: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:  # as some load balancers write it
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, _NETWORK_BITS), strict=False))


def _too_many(kind: str, _: str, limit: int) -> Exception:
    if kind == "all":
        return overloaded()
    text = f"this {kind} has {limit} open streams, which is the most; close one first"
    return ResourceExhausted("TOO_MANY_STREAMS", text, retry_after_seconds=_RETRY_SECONDS)
