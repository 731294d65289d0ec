"""The Go example."""

from __future__ import annotations

from . import first_minutes
from .away import Away
from .programs import CLIENTS, GO, Printed, need, run
from .traces import Traces

FOLDER = CLIENTS / "go"


async def test_the_example_in_go_does_what_it_says(edge: str, traces: Traces) -> None:
    need("go")
    printed = await run("go", "run", ".", edge, folder=FOLDER, **GO)
    await first_minutes.check(printed.output, traces)


async def test_the_example_in_go_is_formatted_and_vetted() -> None:
    need("go")
    assert await run("gofmt", "-l", ".", folder=FOLDER) == Printed("", "")
    await run("go", "vet", ".", folder=FOLDER, **GO)


async def test_the_example_in_go_tries_four_times(away: Away) -> None:
    need("go")
    printed = await run("go", "run", ".", away.address, folder=FOLDER, code=1, **GO)
    assert "Unavailable" in printed.errors
    away.check()
