"""`python -m local run` and `python -m local demo`, as at a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from signal import SIGINT, SIGKILL, Signals

import httpx
import psutil
import pytest

from local import binaries
from local.paths import LIMITS, ROOT
from local.settings import StackSettings, option_of, variable_of

from .conftest import CHEAP_PASSWORDS, client_of
from .users import User, register
from .waiting import eventually, until_edge_is_healthy

START_SECONDS_MAX, STOP_SECONDS_MAX = 90.0, 40.0
COLOUR = re.compile(r"\x1b\[[\d;?]*[A-Za-z]")
PROGRAMS = ("dynamodb", "valkey", "user", "inventory", "order", "ratelimit", "edge")


class Command:
    """A running `python -m local ...`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.lines: list[str] = []
        self._is_over = False
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(cls, *arguments: str, **env: str) -> Command:
        own = {name: value for name, value in os.environ.items() if not name.startswith("CNOP_")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "local", *arguments),
            cwd=ROOT,
            env={**own, **CHEAP_PASSWORDS, **env},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        return cls(process)

    async def _read(self) -> None:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            async with self._news:
                self.lines.append(COLOUR.sub("", line.decode()).rstrip().rpartition("\r")[2])
                self._news.notify_all()
        async with self._news:
            self._is_over = True
            self._news.notify_all()

    async def says(self, pattern: str, seconds_max: float = START_SECONDS_MAX) -> re.Match[str]:
        """Waits until the output matches a pattern and returns the match."""

        def found() -> re.Match[str] | None:
            return re.search(pattern, "\n".join(self.lines), re.MULTILINE)

        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds_max), self._news:
                await self._news.wait_for(lambda: found() or self._is_over)
        match = found()
        if match is None:
            pytest.fail("\n".join([f"no output matches {pattern!r}:", *self.lines]))
        return match

    def descendants(self) -> list[psutil.Process]:
        """Returns all processes that the command has started."""
        return psutil.Process(self.process.pid).children(recursive=True)

    async def end(self, signal: Signals) -> int:
        """Sends a signal, reads the remaining output and returns the exit code."""
        self.process.send_signal(signal)
        return await self.ended()

    async def ended(self) -> int:
        async with asyncio.timeout(STOP_SECONDS_MAX):
            await self._reading
            return await self.process.wait()


def options(settings: StackSettings, data_dir: Path) -> list[str]:
    """Returns options for a run with free ports and its own folder."""
    ports = [f"{option_of(name)}={getattr(settings, name)}" for name in StackSettings.port_names()]
    return ["run", f"--data-dir={data_dir}", *ports]


@pytest.fixture(scope="module")
def settings() -> StackSettings:
    return StackSettings.on_free_ports()


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a folder whose name every program must take as it is."""
    return tmp_path_factory.mktemp("run") / 'it\'s our "dätä" folder'


@pytest.fixture(scope="module")
def limits(data_dir: Path) -> Path:
    """Returns a limits file that tests may change."""
    return Path(shutil.copy(LIMITS, data_dir.parent))


@pytest.fixture(scope="module")
async def command(settings: StackSettings, data_dir: Path, limits: Path) -> AsyncIterator[Command]:
    """Starts a run that the tests share; the last test ends it."""
    command = await Command.start(*options(settings, data_dir), f"--limits={limits}")
    try:
        await command.says(r"^Up after")
        yield command
    finally:
        if command.process.returncode is None:
            await command.end(SIGINT)


@pytest.fixture(scope="module")
async def client(settings: StackSettings) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(settings) as client:
        yield client


@pytest.fixture(scope="module")
async def saver(command: Command, client: httpx.AsyncClient) -> User:
    """Registers a user with money in the first run."""
    saver = await register(client)
    await saver.deposit("42.00")
    return saver


async def demo(edge: str) -> tuple[int, str]:
    played = await Command.start("demo", "--edge", edge)
    return await played.ended(), "\n".join(played.lines)


async def test_run_prints_what_runs_and_where(command: Command, settings: StackSettings) -> None:
    for name in PROGRAMS:
        port = getattr(settings, f"{name if name != 'valkey' else 'redis'}_port")
        await command.says(rf"^{name}: .*, \w+://127\.0\.0\.1:{port}, process \d+, ready$")
    end = await command.says(r"^Up after [\d.]+ s\. Logs: (.+)\. Ctrl-C stops everything")
    assert {path.stem for path in Path(end[1]).glob("*.log")} >= set(PROGRAMS)  # noqa: ASYNC240 - a short list


async def test_the_web_client_is_built_served_and_named_first(command: Command, client: httpx.AsyncClient) -> None:
    lines = [line for line in command.lines if line.endswith(", ready")]
    port = client.base_url.port
    assert lines[0] == f"page: the web client, http://localhost:{port}, ready"
    answer = await client.get("/", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_run_prints_its_memory_use_which_is_less_than_a_gibibyte(command: Command) -> None:
    match = await command.says(r"^Memory: (\d+) MiB in (\d+) processes")
    assert int(match[1]) < 1024
    assert int(match[2]) == 1 + len(PROGRAMS)
    assert sum(process.memory_info().rss for process in command.descendants()) < 2**30


async def test_the_edge_of_a_run_is_healthy(command: Command, client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json() == {"status": "SERVING"}


async def test_the_demo_succeeds_and_shows_no_token(command: Command, settings: StackSettings) -> None:
    code, output = await demo(settings.edge_url)
    assert code == 0, output
    assert output.count("OK  ") == 3
    assert "/api/v1/orders" in output
    assert not re.search(r"eyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}", output)


async def test_a_killed_service_is_restarted_and_works(
    command: Command, client: httpx.AsyncClient, settings: StackSettings
) -> None:
    for name in ("order", "user"):
        started = await command.says(rf"^{name}: .*process (\d+), ready")
        os.kill(int(started[1]), SIGKILL)
        await command.says(rf"{name} died \(killed by SIGKILL\), starts again in")
        again = await command.says(rf"{name} runs again \(process (\d+)\)")
        assert again[1] != started[1]
    await until_edge_is_healthy(settings)
    code, output = await demo(settings.edge_url)
    assert code == 0, output


async def test_limits_can_be_changed_during_a_run(command: Command, client: httpx.AsyncClient, limits: Path) -> None:
    before = limits.read_text()  # noqa: ASYNC240 - a short file

    async def limit() -> str:
        answer = await client.get("/api/v1/inventory/assets")
        assert answer.status_code == 200
        return str(answer.headers["x-ratelimit-limit"])

    async def is_new() -> bool:
        return await limit() == "2500"

    assert await limit() == "3000"
    limits.write_text(before.replace('"3000/minute"', '"2500/minute"'))  # noqa: ASYNC240
    await command.says(r"limits have changed")
    await eventually(is_new, "the edge applies the new limit")
    limits.write_text("nonsense")  # noqa: ASYNC240
    await command.says(r"limits are unchanged: .*limits\.toml")
    assert await limit() == "2500"


async def test_a_taken_port_is_named_with_the_option_that_changes_it(
    command: Command, settings: StackSettings, tmp_path: Path
) -> None:
    taken = ("edge_port", "dynamodb_port", "order_port")
    others = StackSettings.on_free_ports(**{name: getattr(settings, name) for name in taken})
    second = await Command.start(*options(others, tmp_path / "data"))
    assert await second.ended() not in (0, None)
    for name in taken:
        port = getattr(settings, name)
        assert await second.says(rf"port {port} is taken by \S+.*{option_of(name)} or {variable_of(name)}", 0.1)
    assert not [line for line in second.lines if "Traceback" in line]


async def test_a_data_folder_that_is_in_use_is_named(command: Command, data_dir: Path) -> None:
    second = await Command.start(*options(StackSettings.on_free_ports(), data_dir))
    assert await second.ended() not in (0, None)
    assert await second.says(rf"another run uses {re.escape(str(data_dir))}; --data-dir", 0.1)


async def test_the_printed_grpcurl_command_works_as_it_is(command: Command) -> None:
    if not binaries.GRPCURL_IS_PACKAGED:
        pytest.skip("the package has no program for this platform")
    printed = await command.says(r"^ +\.venv/bin/grpcurl (-cacert .*)$", 0.1)
    shell = await asyncio.create_subprocess_shell(
        f"{binaries.grpcurl()} {printed[1]}",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await shell.communicate()
    assert "cnop.inventory.v1.InventoryService" in out.decode()


async def test_while_a_system_runs_its_source_tree_is_not_cleaned(command: Command) -> None:
    check = await asyncio.create_subprocess_exec(
        *("python3", "-m", "local.source_tree"), cwd=ROOT, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await check.communicate()
    assert check.returncode != 0
    assert errors.decode().startswith(f"a system runs from {ROOT}; stop it first")


async def test_ctrl_c_ends_a_run_and_leaves_no_process(command: Command, saver: User) -> None:
    assert await saver.cash() == 42
    started = command.descendants()
    assert len(started) >= len(PROGRAMS)
    assert await command.end(SIGINT) == 0
    assert not [process for process in started if process.is_running()]
    assert await command.says(r"^stopped$", 0.1)
    assert not [line for line in command.lines if "Traceback" in line or "ERROR" in line]


async def test_a_second_run_finds_the_data_of_the_first_and_ends_its_programs_when_killed(
    command: Command, settings: StackSettings, data_dir: Path, saver: User
) -> None:
    if command.process.returncode is None:
        await command.end(SIGINT)
    second = await Command.start(*options(settings, data_dir), FORCE_COLOR="1", COLUMNS="160")
    await second.says(r"^NAME +DESCRIPTION +ADDRESS +STATE +PID$")
    for name in PROGRAMS:
        await second.says(rf"^{name} .* ready +\d+$")
    await second.says(r"^Up after")
    assert await saver.cash() == 42

    started = second.descendants()
    assert await second.end(SIGKILL) == -SIGKILL

    async def look() -> bool:
        return not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in started)

    await eventually(look, "no process is left")


async def test_the_demo_without_a_run_explains_what_to_do() -> None:
    [port] = [StackSettings.on_free_ports().edge_port]
    code, output = await demo(f"http://127.0.0.1:{port}")
    assert code not in (0, None)
    assert "nothing answers" in output
    assert "make run" in output
    assert "Traceback" not in output
