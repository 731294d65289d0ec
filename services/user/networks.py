"""What stands for an address where somebody could choose among many."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

_V6_HOST_BITS = 64  # what one network has to itself


def network_of(address: str) -> str:
    """What stands for an address: itself, or of IPv6 the /64 in which somebody can choose any."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address  # of no network: all who have it share it
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return f"{IPv6Address(int(ip) >> _V6_HOST_BITS << _V6_HOST_BITS)}/64"
    return str(ip)
