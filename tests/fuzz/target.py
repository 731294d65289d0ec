"""The system that is fuzzed, and the checks that it survived."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from local.settings import SERVICES
from local.stack import Stack, StackSettings, running
from tests.e2e.books import problems
from tests.e2e.conftest import CHEAP_PASSWORDS, client_of
from tests.e2e.rest import Rest
from tests.e2e.rpc import Channels
from tests.e2e.tokens import Forge
from tests.e2e.users import User, register

FINDINGS_MAX = 20


@dataclass
class Target:
    """A system, a user of it, and the findings."""

    stack: Stack
    http: httpx.AsyncClient
    channels: Channels
    forge: Forge
    user: User
    findings: list[str] = field(default_factory=list)
    sent: dict[str, int] = field(default_factory=dict)
    _pids: dict[str, int] = field(default_factory=dict)

    def token(self, role: str = "admin") -> str:
        """Returns a token for one call, with its own session: a call that ends its session does not affect others."""
        return self.forge.good(self.user.user_id, role=role, sid=str(uuid.uuid4()))

    def count(self, what: str) -> None:
        self.sent[what] = self.sent.get(what, 0) + 1

    def found(self, what: str) -> None:
        """Records a finding."""
        self.findings.append(what)

    @property
    def is_spoilt(self) -> bool:
        """Tells whether there are so many findings that more are useless."""
        return len(self.findings) >= FINDINGS_MAX

    async def examine(self) -> None:
        """Checks that all processes still run and respond, that no errors were logged, and that the books balance."""
        for process in self.stack.processes:
            name = process.program.name
            if process.pid != self._pids[name] or not process.is_running:
                self.found(f"{name} has died: {process.last_words()}")
            elif not await process.is_ready():
                self.found(f"{name} is not healthy any more: {process.last_words()}")
        await self._makes_a_good_call()
        self.findings += [f"in the log of {line}" for line in errors_in_logs(self.stack.settings.log_dir)]
        self.findings += [f"in the books: {problem}" for problem in await problems(self.stack.settings)]

    async def _makes_a_good_call(self) -> None:
        try:
            await self._opens_the_market()
            somebody = await register(self.http)
            await somebody.deposit("10.00")
            assert str(await somebody.cash()) == "10.00"
            order = await somebody.buy("ADA", "10")
            assert order["status"] == "COMPLETED"
            assert (await Rest(self.http).send("GET", "/health")).status_code == 200
        except Exception as error:
            self.found(f"a good call is not answered any more: {error!r}")

    async def _opens_the_market(self) -> None:
        """Undoes what calls in the name of an admin may have done: they are good calls."""
        admin = Rest(self.http, self.token())
        await admin.post("/api/v1/admin/market:setHalted", {"is_halted": False})
        await admin.post("/api/v1/admin/assets/ADA:setActive", {"is_active": True})
        await admin.post("/api/v1/admin/assets/ADA:setTradingStatus", {"trading_status": "TRADING"})

    def remember(self) -> None:
        self._pids = {process.program.name: process.pid for process in self.stack.processes}


@asynccontextmanager
async def target(log_dir: Path) -> AsyncIterator[Target]:
    """Runs a system."""
    settings = StackSettings.on_free_ports(log_dir=log_dir, service_env=CHEAP_PASSWORDS)
    async with running(settings) as stack, client_of(settings) as http:
        channels = Channels(stack)
        try:
            user = await register(http)
            await user.deposit("100000.00")
            await user.buy("ADA", "10")
            forge = Forge.with_key_of(Path(stack.programs["user"].env["CNOP_KEYS_DIR"]))
            this = Target(stack, http, channels, forge, user)
            this.remember()
            yield this
        finally:
            await channels.close()


def errors_in_logs(folder: Path) -> list[str]:
    """Returns the log lines of errors, and those that are not JSON: they come from gRPC and Python themselves."""
    found = []
    for name in (*SERVICES, "ratelimit"):
        lines = (folder / f"{name}.log").read_text(errors="replace").splitlines()
        found += [f"{name}: {line[:1000]}" for line in lines if _is_error(line)]
    return found


def _is_error(line: str) -> bool:
    return not line.startswith("{") or json.loads(line)["level"] in ("ERROR", "CRITICAL")
