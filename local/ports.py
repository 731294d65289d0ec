"""Ports on this machine: free ones for tests, and who has one that is wanted."""

from __future__ import annotations

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import TextIO

import psutil

# Below the range that Linux takes the ports of outgoing connections from (32768-60999): one of those could come
# between the choice of a port and its use.
FIRST, LAST = 20_000, 32_000

# The locks of the ports that this process has handed out, held until it ends.
_locks: list[TextIO] = []


def claim(count: int) -> list[int]:
    """Free ports that no other process which asks here gets before this one ends."""
    folder = Path(tempfile.gettempdir()) / f"cnop-ports-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    ports: list[int] = []
    for port in random.sample(range(FIRST, LAST), LAST - FIRST):
        if len(ports) == count:
            break
        lock = (folder / str(port)).open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        if is_free(port):
            _locks.append(lock)
            ports.append(port)
        else:
            lock.close()
    return ports


def is_free(port: int) -> bool:
    """Whether a server could listen on the port: on the loopback address and, as DynamoDB Local does, on all."""
    for host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 - bound for a moment, never listened on
        with socket.socket() as probe:
            # As servers do: the last connections of one that has ended do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                return False
    return True


def holder(port: int) -> str:
    """Who listens on a port, for example "envoy, process 4711"; "another process" when the system does not tell."""
    try:
        for connection in psutil.net_connections(kind="tcp"):
            if (
                connection.status == psutil.CONN_LISTEN
                and connection.pid
                and getattr(connection.laddr, "port", 0) == port
            ):
                return f"{psutil.Process(connection.pid).name()}, process {connection.pid}"
    except psutil.Error:
        pass
    return "another process"
