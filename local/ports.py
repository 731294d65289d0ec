"""Ports of this machine: free ones for tests, and why a port cannot be used."""

from __future__ import annotations

import errno
import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import TextIO

import psutil

# Below the ephemeral ports of Linux (32768-60999) and macOS (49152-65535): an outgoing connection could take one of
# those between the choice of a port and its use.
FIRST, LAST = 20_000, 32_000

# The locks of the ports that this process has claimed, held until it ends.
_locks: list[TextIO] = []


def claim(count: int) -> list[int]:
    """Returns free ports. No other process gets them from here before this one ends."""
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
    return not obstacle(port)


def obstacle(port: int) -> str:
    """Returns why no server can listen on the port, for display; "" if one can."""
    if accepts(port):  # macOS lets a server bind an address of a port that another one has bound as a whole
        return f"port {port} is taken by {holder(port)}"
    for host in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 - bound for a moment, never listened on
        with socket.socket() as probe:
            # As servers do: connections in TIME_WAIT do not count.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                return _described(port, error)
    return ""


def _described(port: int, error: OSError) -> str:
    match error.errno:
        case errno.EADDRINUSE:
            return f"port {port} is taken by {holder(port)}"
        case errno.EACCES | errno.EPERM:
            return f"port {port} needs privileges that this user does not have, as most ports below 1024 do"
        case _:
            return f"port {port} cannot be used: {error.strerror}"


def accepts(port: int) -> bool:
    """Whether a program accepts connections at the port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)  # a listener whose queue is full does not answer
        return probe.connect_ex(("127.0.0.1", port)) == 0


def holder(port: int) -> str:
    """Returns who listens on a port: "envoy, process 4711", or "another process" where that takes root (macOS)."""
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
