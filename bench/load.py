"""Generates load with tools that take little CPU time themselves: wrk for REST, h2load for bare gRPC."""

from __future__ import annotations

import asyncio
import re
import resource
import tempfile
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 32
_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Request:
    """A request that is sent again and again, with the access tokens of users in turn."""

    method: str
    path: str
    body: str = ""
    tokens: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Outcome:
    """The result of a run. `errors` counts answers with a status of 400 and above, and broken connections."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    errors: int
    tool_cpu_seconds: float

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


async def rest(url: str, request: Request, seconds: float, connections: int = CONNECTIONS) -> Outcome:
    """Loads the edge over HTTP/1.1, for whole seconds. Raises RuntimeError when nothing is answered."""
    with tempfile.NamedTemporaryFile("w", suffix=".tokens") as tokens:
        tokens.write("\n".join(request.tokens) + "\n")
        tokens.flush()
        script = ("--", tokens.name, request.method, request.path, *((request.body,) if request.body else ()))
        options = ("--threads", "1", "--connections", str(connections), "--duration", f"{seconds:.0f}s")
        out, cpu = await _run("wrk", *options, "--timeout", "15s", "--script", str(_SCRIPT), url, *script)
    count, micros, p50, p99, refused, broken = map(int, out.strip().splitlines()[-1].split())
    if count == 0:
        raise RuntimeError(f"{url}{request.path} answered nothing in {seconds:.0f} s")
    return Outcome(count, micros / 1e6, p50 / 1e3, p99 / 1e3, refused + broken, cpu)


async def grpc(address: str, method: str, message: bytes, seconds: float) -> Outcome:
    """Loads a gRPC server over HTTP/2, one call at a time on each connection."""
    with tempfile.TemporaryDirectory() as folder:
        body, log = Path(folder) / "body", Path(folder) / "log"
        body.write_bytes(b"\0" + len(message).to_bytes(4, "big") + message)
        headers = ("--header", "content-type: application/grpc", "--header", "te: trailers")
        options = ("--clients", str(CONNECTIONS), "--duration", f"{seconds:.0f}", "--log-file", str(log))
        out, cpu = await _run("h2load", *options, *headers, "--data", str(body), f"http://{address}{method}")
        rows = [line.split("\t") for line in log.read_text().splitlines()]
    micros = sorted(int(row[2]) for row in rows)
    failed = re.search(r"(\d+) failed, (\d+) errored, (\d+) timeout", out)
    errors = sum(map(int, failed.groups())) if failed else 0
    middle, late = micros[len(micros) // 2], micros[len(micros) * 99 // 100]
    return Outcome(len(rows), seconds, middle / 1e3, late / 1e3, errors, cpu)


async def _run(*command: str) -> tuple[str, float]:
    """Runs a tool. Returns its output and the CPU seconds that it took. Raises RuntimeError when it fails."""
    before = _children_cpu_seconds()
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    out, _ = await process.communicate()
    text = out.decode()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command[:1])} failed:\n{text}")
    return text, _children_cpu_seconds() - before


def _children_cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
