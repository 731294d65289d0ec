from __future__ import annotations

import os
import socket

import psutil
import pytest

from local import ports


@pytest.mark.parametrize("host", ["127.0.0.1", ""], ids=["loopback", "all"])
def test_a_port_with_a_listener_is_not_free_and_its_holder_is_named(host: str) -> None:
    with socket.create_server((host, 0)) as server:
        port = server.getsockname()[1]
        assert not ports.is_free(port)
        assert ports.holder(port) in (f"{psutil.Process().name()}, process {os.getpid()}", "another process")


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this machine has no IPv6")
def test_a_listener_on_both_protocols_holds_the_port() -> None:
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        assert not ports.is_free(server.getsockname()[1])


def test_claimed_ports_are_free_and_never_claimed_twice() -> None:
    first, second = ports.claim(5), ports.claim(5)
    assert len({*first, *second}) == 10
    assert all(ports.is_free(port) for port in first + second)
