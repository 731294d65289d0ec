"""The TypeScript client in Node, by gRPC and REST. tests/web has its page in a browser, by gRPC-Web and REST."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from local.stack import Stack

from .typescript import CLIENT, QUANTITIES, SECONDS_MAX, build, run


@pytest.fixture(scope="session")
def programs() -> Path:
    """The folder with the built programs and page, as the README says."""
    return build()


@pytest.mark.usefixtures("programs")
def test_it_agrees_with_the_openapi_document_its_types_its_style_and_its_own_tests() -> None:
    run("npm", "run", "check")
    run("npm", "test")


def test_its_lock_file_names_no_registry() -> None:
    packages = json.loads((CLIENT / "package-lock.json").read_text())["packages"]
    resolved = {name: package["resolved"] for name, package in packages.items() if "resolved" in package}
    assert resolved == {"node_modules/@cnop/contracts": "file:../../gen/ts"}
    assert all("integrity" in package for name, package in packages.items() if name and name not in resolved)


@pytest.mark.parametrize("name", ["node", "rest"])
def test_a_program_trades_pages_and_handles_errors(programs: Path, stack: Stack, name: str) -> None:
    said = run("node", str(programs / f"{name}.js"), stack.settings.edge_url).splitlines()
    assert re.fullmatch(rf"signed in as {name}_\w+", said[0])
    assert said[1] == "deposited 1000.00, the balance is 1000.00"  # two deposits with the same request id
    assert re.fullmatch(r"10 ADA at [\d.]+ would cost [\d.]+(; obstacles: none)?", said[2])
    assert re.fullmatch(r"ADA is at [\d.]+", said.pop(3))
    bought = [re.fullmatch(r"bought (\S+ ADA for [\d.]+): COMPLETED", line) for line in said[3:6]]
    assert [match and match[1].split()[0] for match in bought] == QUANTITIES
    assert said[6:9] == [f"order of {match and match[1]}" for match in reversed(bought)]
    assert re.fullmatch(r"refused: deposit more: [\d.]+ USD needed, but only [\d.]+ USD available; .+", said[9])
    assert "quantity must be a string of a number above 0" in said[10]
    assert said[11:] == ["refused: sign in first"]


def test_a_program_says_that_there_is_no_edge(programs: Path) -> None:
    for name in ("node", "rest"):
        command = ["node", str(programs / f"{name}.js"), "http://127.0.0.1:1"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_MAX, check=False)
        assert done.returncode == 1
        assert done.stderr.startswith("UNAVAILABLE: ")
