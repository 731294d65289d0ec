"""The networks that an address belongs to. Each is counted, throttled or queued as one."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

_V6_HOST_BITS = 64  # a subscriber chooses these freely
_WIDE_V4_BITS, _WIDE_V6_BITS = 24, 48  # what one customer of a provider often has


def network_of(address: str) -> str:
    """Returns an IPv4 address itself, and the /64 of an IPv6 address. Returns any other text unchanged."""
    ip = _ip(address)
    if isinstance(ip, IPv6Address):
        return _prefix(ip, 128 - _V6_HOST_BITS)
    return str(ip or address)


def wide_network_of(address: str) -> str:
    """Returns the /24 of an IPv4 address, and the /48 of an IPv6 address. Returns any other text unchanged."""
    ip = _ip(address)
    if ip is None:
        return address
    return _prefix(ip, _WIDE_V6_BITS if isinstance(ip, IPv6Address) else _WIDE_V4_BITS)


def _ip(address: str) -> IPv4Address | IPv6Address | None:
    """Returns an address, None for other text. An IPv4 address that is mapped into IPv6 is one of IPv4."""
    try:
        ip = ip_address(address)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip


def _prefix(ip: IPv4Address | IPv6Address, bits: int) -> str:
    host_bits = ip.max_prefixlen - bits
    return f"{type(ip)(int(ip) >> host_bits << host_bits)}/{bits}"
