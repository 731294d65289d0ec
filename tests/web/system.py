"""The whole system with the page, and what only its operator can do in it, for tests that run in Node."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from edge_config import configuration
from local import admin, page, page_step, programs
from local.stack import Stack, StackSettings, running

from . import releases

# At the production cost, hashing a password takes a quarter of a second.
CHEAP_PASSWORDS = {"CNOP_BCRYPT_COST": "4"}
SECONDS_MAX = 60.0
OWN = "own"  # the release of the page that is built from web/ as it is


@contextlib.asynccontextmanager
async def system(logs: Path, **changes: object) -> AsyncIterator[Stack]:
    """Runs the system with the page, as `make run` does, on ports of its own."""
    settings = StackSettings.on_free_ports(
        log_dir=logs, page=True, prices="simulated", spread="0.05", fee="0.10", service_env=CHEAP_PASSWORDS
    )
    async with running(dataclasses.replace(settings, **changes)) as stack:  # type: ignore[arg-type]
        for problem in stack.problems.values():
            raise problem
        yield stack


@contextlib.asynccontextmanager
async def environment(stack: Stack) -> AsyncIterator[dict[str, str]]:
    """Yields the variables by which tests/web/api.js finds the system and its switches."""
    origin = f"http://localhost:{stack.settings.edge_port}"
    with _served(Switches(stack), asyncio.get_running_loop()) as control:
        yield {
            "CNOP_PAGE_ORIGIN": origin,
            "CNOP_PAGE_ALLOWED_ORIGIN": stack.settings.allowed_origins[0],
            "CNOP_PAGE_CONTROL": control,
        }


class Switches:
    """What a test may do to the system."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self.known: dict[str, Callable[[str], Awaitable[object]]] = {
            "make-admin": self.make_admin,
            "stop": self.stop,
            "start": stack.start_one,
            "deploy": self.deploy,
        }

    async def make_admin(self, username: str) -> None:
        code = await asyncio.to_thread(admin.make_admin, username, self._stack.settings)
        if code != 0:
            raise ValueError(f"{username} has not become an admin")

    async def stop(self, program: str) -> None:
        await self._stack[program].stop()

    async def deploy(self, release: str) -> None:
        """Makes the edge serve another release of the page, and the files of the one that it has served so far."""
        settings, state = self._stack.settings, self._stack.state
        await asyncio.to_thread(self._change_release, release)
        configuration.write(programs.edge_settings(settings, state), state / programs.EDGE)
        await self._stack["edge"].stop()
        await self._stack.start_one("edge")

    def _change_release(self, release: str) -> None:
        state, build = self._stack.state, page.build()
        if release != OWN:
            build = releases.another(build, release, state / "releases")
        page.serve(build, state / page_step.NAME)


@contextlib.contextmanager
def _served(switches: Switches, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    """Serves the switches: POST /WHAT/NAME. Yields the origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            _, what, name = self.path.split("/")
            try:
                asyncio.run_coroutine_threadsafe(_awaited(switches.known[what](name)), loop).result(SECONDS_MAX)
            except Exception as error:
                self._answer(500, repr(error))
            else:
                self._answer(200, "done")

        def _answer(self, status: int, text: str) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base's
            """Logs nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


async def _awaited(work: Awaitable[object]) -> None:
    await work
