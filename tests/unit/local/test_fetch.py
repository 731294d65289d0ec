"""`fetch`, with a script in place of npm that installs what the lock file names."""

from __future__ import annotations

import io
import json
import sys
import threading
from pathlib import Path

import pytest
from rich.console import Console

from local import fetch
from local.errors import LocalError
from local.fetch import Package

NPM = """#!/bin/sh
'''exec' "{python}" "$0" "$@" # as pip does: the path of Python may have spaces
' '''
import pathlib, sys, time
calls = pathlib.Path({calls!r})
calls.write_text(calls.read_text() + " ".join(sys.argv[1:]) + "\\n")
{before}
for name in ("amplify-dynamodb-simulator/emulator", "swagger-ui-dist"):
    folder = pathlib.Path("node_modules", name)
    folder.mkdir(parents=True)
    (folder / "file").write_text("content")
"""


class Npm:
    """A fake `npm` on PATH that records its calls."""

    def __init__(self, folder: Path) -> None:
        self._program = folder / "npm"
        self._calls = folder / "calls"
        self._calls.touch()
        self.behave()

    def behave(self, before: str = "") -> None:
        self._program.write_text(NPM.format(python=sys.executable, calls=str(self._calls), before=before))
        self._program.chmod(0o755)

    def remove(self) -> None:
        self._program.unlink()

    @property
    def calls(self) -> list[str]:
        return self._calls.read_text().splitlines()


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Npm(folder)


@pytest.fixture
def packages(tmp_path: Path) -> list[Package]:
    cache = tmp_path / "cache"
    return [
        Package("DynamoDB Local", "amplify-dynamodb-simulator", "emulator", cache),
        Package("Swagger UI", "swagger-ui-dist", cache=cache),
    ]


def run(packages: list[Package]) -> str:
    """Runs `fetch` and returns its output."""
    console = Console(file=io.StringIO(), width=200)
    fetch.fetch(console, packages)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def leftovers(packages: list[Package]) -> set[str]:
    """Returns the files in the cache that belong to no package."""
    return {path.name for path in packages[0].cache.iterdir()} - {"dynamodb-local", "swagger-ui", ".fetch.lock"}


def test_packages_are_installed_from_the_lock_file_without_scripts(npm: Npm, packages: list[Package]) -> None:
    assert "fetching" in run(packages)
    assert [(package.folder / "file").read_text() for package in packages] == ["content", "content"]
    [call] = npm.calls
    assert call.startswith("ci --ignore-scripts")
    assert not leftovers(packages)


def test_cached_packages_need_no_npm(npm: Npm, packages: list[Package]) -> None:
    run(packages)
    npm.remove()
    assert run(packages) == ""


def test_only_missing_packages_are_fetched(npm: Npm, packages: list[Package]) -> None:
    run(packages)
    (packages[0].folder / "file").write_text("in use")
    (packages[1].folder / "file").unlink()
    packages[1].folder.rmdir()
    assert run(packages).startswith("Swagger UI: fetching")
    assert (packages[0].folder / "file").read_text() == "in use"


def test_a_failed_fetch_leaves_nothing_and_the_next_one_succeeds(npm: Npm, packages: list[Package]) -> None:
    npm.behave("sys.exit('npm error code EINTEGRITY')")
    with pytest.raises(LocalError, match=r"npm could not fetch DynamoDB Local and Swagger UI(?s:.*)EINTEGRITY"):
        run(packages)
    assert not any(package.folder.exists() for package in packages)
    assert not leftovers(packages)
    npm.behave()
    run(packages)
    assert all(package.folder.exists() for package in packages)


def test_leftovers_of_a_killed_fetch_are_removed(npm: Npm, packages: list[Package]) -> None:
    (packages[0].cache / ".fetch-killed").mkdir(parents=True)
    run(packages)
    assert not leftovers(packages)


def test_of_two_concurrent_fetches_one_waits_for_the_other(npm: Npm, packages: list[Package]) -> None:
    npm.behave("time.sleep(0.5)")
    outputs: list[str] = []
    threads = [threading.Thread(target=lambda: outputs.append(run(packages))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(npm.calls) == 1
    assert "waiting for another process that fetches from npm\n" in outputs
    assert all(package.folder.exists() for package in packages)


def test_a_missing_npm_is_named_with_the_way_to_install_it(npm: Npm, packages: list[Package]) -> None:
    npm.remove()
    with pytest.raises(LocalError, match=r"^npm is missing: install Node\.js"):
        run(packages)


def test_the_lock_file_names_only_the_packages_each_with_its_hash() -> None:
    manifest, lock = (json.loads((fetch.LOCKS / name).read_text()) for name in ("package.json", "package-lock.json"))
    installed = {path.removeprefix("node_modules/"): package for path, package in lock["packages"].items() if path}
    assert {name: package["version"] for name, package in installed.items()} == manifest["dependencies"]
    assert set(installed) == {package.name for package in fetch.PACKAGES}
    assert all(package["integrity"].startswith("sha512-") for package in installed.values())
