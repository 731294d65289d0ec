"""Runs each tests/web/*.test.js in Node: pages in a real browser, against the real system."""

from __future__ import annotations

import asyncio
import os
from asyncio.subprocess import PIPE, STDOUT
from pathlib import Path

import pytest

FILES = sorted(Path(__file__).parent.glob("*.test.js"))
SECONDS_MAX = 600  # of a file; each test in it has a limit of its own


@pytest.mark.timeout(SECONDS_MAX + 300)  # the first one starts the system, and may build the page
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.removesuffix(".test.js"))
async def test_pages(file: Path, variables: dict[str, str]) -> None:
    node = await asyncio.create_subprocess_exec(
        *("node", "--test", "--test-reporter=spec", str(file)),
        env={**os.environ, **variables},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(node.communicate(), SECONDS_MAX)
    finally:
        if node.returncode is None:
            node.kill()
            await node.wait()
    if node.returncode != 0:
        pytest.fail(f"{file.name}:\n{output.decode(errors='replace')}", pytrace=False)
