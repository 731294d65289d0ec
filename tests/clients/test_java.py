"""The Java example."""

from __future__ import annotations

from pathlib import Path

import pytest

from . import first_minutes
from .away import Away
from .programs import CLIENTS, MAVEN_PACKAGE, need, run
from .traces import Traces

FOLDER = CLIENTS / "java"
JAR = Path("client/target/cnop-client.jar")


@pytest.fixture(scope="module", autouse=True)
async def built() -> None:
    need("mvn")
    await run(*MAVEN_PACKAGE, folder=FOLDER)


async def test_the_example_in_java_does_what_it_says(edge: str, traces: Traces) -> None:
    printed = await run("java", "-jar", JAR, edge, folder=FOLDER)
    await first_minutes.check(printed.output, traces)
    assert printed.errors == ""


async def test_the_example_in_java_tries_four_times(away: Away) -> None:
    printed = await run("java", "-jar", JAR, away.address, folder=FOLDER, code=1)
    assert "UNAVAILABLE" in printed.errors
    away.check()
