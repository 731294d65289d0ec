"""The output of `python -m local run`: a spinner, a table, then a line per event; plain lines if not on a terminal."""

from __future__ import annotations

import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from local import binaries, memory, page_step
from local.errors import LocalError
from local.process import Process, Program
from local.stack import Stack


class Display:
    """Writes to a console. `begin` is when the start began (monotonic seconds)."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.begin = time.monotonic()

    @contextmanager
    def starting(self, stack: Stack) -> Iterator[Progress]:
        """Shows, while it is open, what the start still waits for."""
        with Progress(self.console, list(stack.programs)) as progress:
            yield progress

    def up(self, stack: Stack) -> None:
        """Shows what is running, what to try next, and the memory of it all."""
        seconds = time.monotonic() - self.begin
        url = stack.settings.edge_url
        page = (
            f"http://localhost:{stack.settings.edge_port}" if page_step.is_served(stack.settings, stack.state) else ""
        )
        if self.console.is_terminal:
            self.console.print(_table(stack.processes, page))
        else:
            if page:
                self.line(f"page: the web client, {page}, ready")
            for process in stack.processes:
                program = process.program
                self.line(f"{program.name}: {program.what}, {program.address}, process {process.pid}, ready")
        for name, problem in stack.problems.items():
            self.line(f"Without {stack.programs[name].what}: {problem}")
        self.line(f"Up after {seconds:.1f} s. Logs: {stack.settings.log_dir}. Ctrl-C stops everything. Next:")
        if page:
            self.line(f"  {page}     the web client, in a browser")
        self.line(f"  {url}/docs     API reference, to try in a browser")
        self.line(f"  curl {url}/api/v1/inventory/assets/BTC")
        self.line(f"  curl {stack.settings.edge_health_url}     health, also while the edge has no free connections")
        self.line("  make demo     registers a user, deposits, buys and sells, and shows every call")
        self.line(f"  {_grpcurl_hint(stack)}")
        self.line(f"Memory: {memory.measure()}")

    def event(self, name: str, what: str) -> None:
        self.line(f"{time.strftime('%H:%M:%S')} {name} {what}")

    def line(self, text: str) -> None:
        self.console.print(Text(text), soft_wrap=True)


class Progress:
    """Shows what a start still waits for."""

    def __init__(self, console: Console, names: list[str]) -> None:
        self._console = console
        self._waiting = names
        self._total = len(names)
        self._status = console.status("")

    def __enter__(self) -> Progress:
        self._show()
        self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def done(self, program: Program, seconds: float) -> None:
        """Records that a program is ready, or a step is done."""
        self._waiting.remove(program.name)
        if not self._console.is_terminal:
            self._console.print(f"{program.name}: {'done' if program.is_step else 'ready'} after {seconds:.1f} s")
        self._show()

    def _show(self) -> None:
        text = f"starting: {self._total - len(self._waiting)} of {self._total}, waiting for {', '.join(self._waiting)}"
        self._status.update(Text(text, no_wrap=True, overflow="ellipsis"))


def _grpcurl_hint(stack: Stack) -> str:
    """Returns a command that calls a port of a service, or what is missing for it."""
    try:
        program = ".venv/bin/grpcurl" if binaries.GRPCURL_IS_PACKAGED else str(binaries.grpcurl())
    except LocalError as missing:
        return str(missing)
    cert, port = stack.mesh / "operator", stack.settings.inventory_port
    files = ("-cacert", f"{cert}/ca.crt", "-cert", f"{cert}/tls.crt", "-key", f"{cert}/tls.key")
    return shlex.join((program, *files, f"localhost:{port}", "list"))


def _table(processes: list[Process], page: str) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in ("NAME", "DESCRIPTION", "ADDRESS", "STATE", "PID"):
        table.add_column(column, justify="right" if column == "PID" else "left", no_wrap=column != "DESCRIPTION")
    if page:
        table.add_row(page_step.NAME, "the web client", page, "[green]ready[/]", "")
    for process in processes:
        program = process.program
        table.add_row(program.name, program.what, program.address, "[green]ready[/]", str(process.pid))
    return table
