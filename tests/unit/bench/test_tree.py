"""The tree of another commit is extracted once, and Python imports it instead of the installed one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench import tree
from bench.tree import HERE, Tree
from local.errors import LocalError
from local.paths import ROOT


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return Tree("HEAD", tree.extracted("HEAD", tmp_path_factory.mktemp("cache")), HERE.python)


def test_python_imports_the_other_tree(other: Tree) -> None:
    code = "import local, services, cnop.order.v1; print(local.__file__, services.__file__, cnop.order.v1.__path__[0])"
    completed = subprocess.run(
        [other.python, "-c", code], cwd=other.root, env=other.environment(), capture_output=True, text=True, check=True
    )
    assert all(Path(file).is_relative_to(other.root) for file in completed.stdout.split()), completed.stdout


@pytest.mark.parametrize("name", ["HERE", "other"])
def test_the_options_of_all_ports_are_read_from_the_command_line(name: str, other: Tree) -> None:
    options = (HERE if name == "HERE" else other).port_options()
    assert {"--edge-port", "--user-port", "--dynamodb-port"} <= set(options)


def test_a_tree_that_is_not_imported_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.hatch.build]\ndev-mode-dirs = ['.']\n")
    with pytest.raises(LocalError, match="instead of"):
        Tree("empty", tmp_path, HERE.python).port_options()


def test_a_commit_is_extracted_once(tmp_path: Path) -> None:
    folder = tree.extracted("HEAD", tmp_path)
    (folder / "mark").touch()
    assert tree.extracted("HEAD", tmp_path) == folder
    assert (folder / "mark").exists()
    assert [path.name for path in (tmp_path / "bench").iterdir()] == [folder.name]


def test_a_commit_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="this repository has no commit nowhere"):
        tree.extracted("nowhere", tmp_path)


def test_this_tree_needs_no_extraction() -> None:
    assert HERE.root == ROOT
