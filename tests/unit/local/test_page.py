"""The build of the web client, with scripts in place of npm and node."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from local import page
from local.page import BuildError, build, expected, serve

NPM = """#!{python}
import pathlib, sys
with open({calls!r}, "a") as calls:
    calls.write(" ".join(sys.argv[1:]) + "\\n")
if sys.argv[1] == "ci":
    pathlib.Path("node_modules").mkdir(exist_ok=True)
elif pathlib.Path("broken").exists():
    sys.exit("vite: something is wrong in main.ts")
else:
    pathlib.Path("dist").mkdir()
    sources = ("src/main.ts", "../clients/ts/src/core/ids.ts", "../gen/methods.json")
    pathlib.Path("dist", "index.html").write_text(" ".join(pathlib.Path(file).read_text() for file in sources))
"""
NODE = """#!{python}
import sys
print({version!r} if sys.argv[1] == "--version" else "")
"""


class Tools:
    """The programs on PATH, and the calls of npm."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._calls = folder / "calls"
        self.write("npm", NPM)
        self.node("v20.19.0")

    def node(self, version: str) -> None:
        self.write("node", NODE, version)

    def write(self, name: str, text: str, version: str = "") -> None:
        (self._folder / name).write_text(text.format(python=sys.executable, calls=str(self._calls), version=version))
        (self._folder / name).chmod(0o755)

    def remove(self, name: str) -> None:
        (self._folder / name).unlink()

    @property
    def calls(self) -> list[str]:
        return [line.split()[0] for line in self._calls.read_text().splitlines()] if self._calls.exists() else []


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tools:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Tools(folder)


@pytest.fixture(autouse=True)
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small web/ with what it shares with the clients, and an empty cache."""
    folder = tmp_path / "web"
    for source in ("web/src/main.ts", "clients/ts/src/core/ids.ts", "gen/methods.json"):
        (tmp_path / source).parent.mkdir(parents=True)
        (tmp_path / source).write_text("one")
    (folder / "package-lock.json").write_text("{}")
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setattr(page, "BUILDS", tmp_path / "builds")
    return folder


def test_it_is_built_once_for_each_state_of_its_sources(tools: Tools, web: Path) -> None:
    first = build()
    assert (first / "index.html").read_text() == "one one one"
    assert build() == first == expected()
    assert tools.calls == ["ci", "run"]

    (web / "src" / "main.ts").write_text("two")
    assert (build() / "index.html").read_text() == "two one one"
    (web / "src" / "main.ts").write_text("one")
    assert build() == first
    assert tools.calls == ["ci", "run", "run"], "packages are installed once, and an earlier build is kept"


@pytest.mark.parametrize("name", ["clients/ts/src/core/ids.ts", "gen/methods.json"])
def test_what_it_shares_with_the_clients_is_a_part_of_it(tools: Tools, tmp_path: Path, name: str) -> None:
    first = build()
    (tmp_path / name).write_text("two")
    second = build()
    assert second != first
    assert "two" in (second / "index.html").read_text()


@pytest.mark.parametrize(
    "name", ["README.md", "src/main.test.ts", "node_modules/x/index.js", "dist/index.html", ".env"]
)
def test_what_is_no_part_of_it_causes_no_build(web: Path, name: str) -> None:
    before = expected()
    file = web / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("other")
    assert expected() == before


def test_a_changed_lock_file_installs_its_packages_again(tools: Tools, web: Path) -> None:
    build()
    (web / "package-lock.json").write_text('{"packages": {}}')
    build()
    assert tools.calls == ["ci", "run", "ci", "run"]


def test_a_file_that_was_removed_is_not_in_the_next_build(tools: Tools, web: Path) -> None:
    (web / "src" / "old.ts").touch()
    build()
    (web / "src" / "old.ts").unlink()
    build()
    assert not (page.BUILDS / "tree" / "web" / "src" / "old.ts").exists()


def test_a_failed_build_tells_why_leaves_nothing_and_the_next_one_succeeds(tools: Tools, web: Path) -> None:
    (web / "broken").touch()
    with pytest.raises(BuildError, match=r"npm run build failed. It said:\nvite: something is wrong in main\.ts"):
        build()
    assert not expected().exists()
    (web / "broken").unlink()
    assert build().exists()


@pytest.mark.parametrize("name", ["npm", "node"])
def test_a_missing_program_is_named_with_the_way_to_install_it(tools: Tools, name: str) -> None:
    tools.remove(name)
    with pytest.raises(BuildError, match=r"npm is missing: install Node\.js 20\.19 or newer, which includes npm"):
        build()


@pytest.mark.parametrize(("version", "why"), [("v18.20.4", "Node.js v18.20.4 is too old"), ("?", "node does not work")])
def test_a_node_that_cannot_build_it_is_named(tools: Tools, version: str, why: str) -> None:
    tools.node(version)
    with pytest.raises(BuildError, match=why):
        build()


def test_what_is_built_needs_no_program(tools: Tools) -> None:
    first = build()
    tools.remove("npm")
    assert build() == first


def test_only_the_newest_builds_are_kept(tools: Tools, web: Path) -> None:
    builds = []
    for number in range(page.KEPT + 2):
        (web / "src" / "main.ts").write_text(str(number))
        builds.append(build())
        os.utime(builds[-1], (number, number))
    assert [folder for folder in builds if folder.exists()] == builds[-page.KEPT :]


def test_the_build_before_stays_beside_the_one_that_is_served(tools: Tools, web: Path, tmp_path: Path) -> None:
    served = tmp_path / "served"

    def texts() -> dict[str, str]:
        return {file.parent.name: file.read_text().split()[0] for file in served.glob("*/index.html")}

    for text, expected_texts in (
        ("one", {"current": "one"}),
        ("one", {"current": "one"}),
        ("two", {"current": "two", "before": "one"}),
        ("two", {"current": "two", "before": "one"}),
        ("three", {"current": "three", "before": "two"}),
    ):
        (web / "src" / "main.ts").write_text(text)
        serve(build(), served)
        assert texts() == expected_texts


def test_a_tree_without_it_has_none(web: Path) -> None:
    shutil.rmtree(web)
    assert not page.exists()
    with pytest.raises(BuildError, match="is no web client"):
        build()
