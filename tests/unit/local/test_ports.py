from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

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


# The kernel's first port that anybody may use; containers often set it to 0.
_UNPRIVILEGED = Path("/proc/sys/net/ipv4/ip_unprivileged_port_start")


@pytest.mark.skipif(
    not _UNPRIVILEGED.exists() or int(_UNPRIVILEGED.read_text()) < 2, reason="this machine has no privileged ports"
)
def test_a_port_that_needs_privileges_is_not_called_taken() -> None:
    port = next(port for port in (80, 81, 1) if port < int(_UNPRIVILEGED.read_text()) and not ports.accepts(port))
    command = [sys.executable, "-c", f"from local import ports; print(ports.obstacle({port}))"]
    if os.geteuid() == 0:  # root without the capability is like any user
        command = ["setpriv", "--bounding-set=-net_bind_service", "--inh-caps=-net_bind_service", *command]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == (f"port {port} needs privileges that this user does not have, as most ports below 1024 do\n")


def test_claimed_ports_are_free_and_never_claimed_twice() -> None:
    first, second = ports.claim(5), ports.claim(5)
    assert len({*first, *second}) == 10
    assert all(ports.is_free(port) for port in first + second)
