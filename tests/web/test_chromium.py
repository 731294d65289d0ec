"""Which browser the tests take, and what they say where none starts. Stand-ins are on PATH, so no machine matters."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from local.paths import ROOT

from . import packages

STARTS = "#!/bin/sh\necho 'Chromium 147.0'\n"
TELLS = "#!/bin/sh\necho 'requires the chromium snap to be installed' >&2\nexit 1\n"  # as Ubuntu's chromium-browser
VERSION = "1.0.0"

Put = Callable[[str, str], Path]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Makes a program in a folder of its own, PATH of the tests."""

    def put(name: str, script: str) -> Path:
        program = tmp_path / "bin" / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(script)
        program.chmod(0o755)
        return program

    return put


def find(tmp_path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Runs chromium.js in a tree of its own, so that the packages of this one do not matter."""
    script = tmp_path / "tests" / "web" / "chromium.mjs"
    script.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(packages.FOLDER / packages.BROWSER, script)
    node = shutil.which("node")
    assert node is not None, "node is missing: install Node.js 20.19 or newer"
    environment = {"PATH": str(tmp_path / "bin"), **variables}
    return subprocess.run([node, str(script)], env=environment, capture_output=True, text=True, check=False)


def unpacked(tmp_path: Path, script: str) -> Path:
    """Makes the package from npm, with its browser unpacked already. Returns the browser."""
    folder = tmp_path / "tests" / "web" / "node_modules" / "@sparticuz" / "chromium"
    folder.mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"version": VERSION}))
    program = tmp_path / ".cache" / "browser" / f"chromium-{VERSION}" / "chromium"
    program.parent.mkdir(parents=True)
    program.write_text(script)
    program.chmod(0o755)
    return program


def test_a_browser_of_the_system_that_does_not_start_is_passed_over_for_the_next(tmp_path: Path, put: Put) -> None:
    put("chromium-browser", TELLS)
    chrome = put("google-chrome", STARTS)
    done = find(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["executablePath"] == str(chrome)


def test_that_of_the_package_is_taken_where_none_of_the_system_starts(tmp_path: Path, put: Put) -> None:
    put("chromium-browser", TELLS)
    of_package = unpacked(tmp_path, STARTS)
    done = find(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["executablePath"] == str(of_package)


def test_where_none_starts_all_that_were_tried_are_named(tmp_path: Path, put: Put) -> None:
    stub = put("chromium-browser", TELLS)
    done = find(tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "no browser starts. Install a Chromium (Debian: apt-get install chromium)",
        f"  {stub} does not start: requires the chromium snap to be installed",
        "  @sparticuz/chromium is not installed: `make test-web` installs it where no other starts",
    ]


def test_a_browser_that_is_asked_for_is_not_replaced(tmp_path: Path, put: Put) -> None:
    put("chromium", STARTS)
    stub = put("mine", TELLS)
    done = find(tmp_path, CNOP_CHROMIUM=str(stub))
    assert done.returncode == 1
    assert f"{stub} does not start" in done.stderr


def test_the_package_is_needed_where_none_of_the_system_starts(
    tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CNOP_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    put("chromium-browser", TELLS)
    assert packages.needs_chromium()
    put("google-chrome", STARTS)
    assert not packages.needs_chromium()


def test_fetch_fails_and_names_what_is_missing(put: Put) -> None:
    stub = put("mine", TELLS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.web", "fetch"],
        cwd=ROOT,
        env={**os.environ, "CNOP_CHROMIUM": str(stub)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"{stub} does not start: requires the chromium snap to be installed" in done.stderr
