"""The script that `helm test` runs in a cluster trades at any edge."""

from __future__ import annotations

import asyncio
import sys

from local.paths import ROOT
from local.stack import Stack

SCRIPT = ROOT / "helm" / "cnop" / "files" / "trade.py"


async def trade(*arguments: str) -> tuple[int | None, str]:
    """Runs the script with nothing but Python itself. Returns its exit code and its output."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", str(SCRIPT), *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


async def test_it_trades_and_checks_the_cash_to_the_cent(stack: Stack) -> None:
    code, said = await trade(stack.settings.edge_url)
    assert code == 0, said
    assert said.endswith("the books are right\n")


async def test_it_names_the_call_that_failed(stack: Stack) -> None:
    code, said = await trade(stack.settings.edge_health_url.removesuffix("/health"))
    assert code == 1
    assert "POST /api/v1/auth/register failed with" in said
