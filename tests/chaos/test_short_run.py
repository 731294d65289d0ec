"""The short run: 2,000 orders, 25 kills and faults of every kind, after which nothing is lost, doubled or pending."""

from __future__ import annotations

import secrets
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from .run import SHORT, run


@pytest.mark.timeout(400)  # it takes less than two minutes if nothing else runs
async def test_under_kills_and_faults_the_books_balance(tmp_path: Path) -> None:
    seed = secrets.token_hex(4)
    print(f"again: make chaos ARGS='--short --seed {seed}'; kept: {tmp_path}")
    log: list[str] = []
    report = await run(replace(SHORT, seed=seed), tmp_path, log.append)
    report.show(Console(file=sys.stdout, width=160))
    (tmp_path / "faults.log").write_text("\n".join(log))
    assert not report.violations
    assert report.orders >= SHORT.orders
