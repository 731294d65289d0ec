"""The network that an address belongs to. It is counted and throttled as one."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

_V6_HOST_BITS = 64  # a subscriber chooses these freely


def network_of(address: str) -> str:
    """Returns an IPv4 address itself, and the /64 of an IPv6 address. Returns any other text unchanged."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return f"{IPv6Address(int(ip) >> _V6_HOST_BITS << _V6_HOST_BITS)}/64"
    return str(ip)
