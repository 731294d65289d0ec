"""The short run: a few seconds of each attack, without findings."""

from __future__ import annotations

import secrets
from pathlib import Path

import protovalidate
import pytest

from tests.e2e.contract import METHODS, Method

from .run import run
from .samples import message

SECONDS = 24.0


@pytest.mark.parametrize("method", METHODS, ids=str)
def test_what_mutations_begin_with_is_valid(method: Method) -> None:
    assert not protovalidate.collect_violations(message(method))


async def test_nothing_gives_way(tmp_path: Path) -> None:
    seed = secrets.token_hex(4)
    print(f"again: make fuzz ARGS='--seed {seed} --seconds {SECONDS:g}'; logs: {tmp_path}")
    report = await run(seed, SECONDS, tmp_path)
    assert not report.findings
    assert len(report.sent) == 7, "an attack has sent nothing"
