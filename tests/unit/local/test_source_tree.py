from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from local import source_tree
from local.paths import ROOT
from tests.makefile import make


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree of its own: other tests run systems from this one."""
    folder = tmp_path / "a tree"
    (folder / "local").mkdir(parents=True)
    for name in ("__init__.py", "paths.py", "source_tree.py"):
        (folder / "local" / name).write_bytes((ROOT / "local" / name).read_bytes())
    (folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    (folder / "requirements").mkdir()
    (folder / "requirements" / "uv.txt").write_text("uv==1.2.3\n")
    for kept in (".data", ".venv"):
        (folder / kept).mkdir()
        (folder / kept / "file").touch()
    (folder / ".venv" / "pyvenv.cfg").touch()
    return folder


def clean(tree: Path, *variables: str) -> subprocess.CompletedProcess[str]:
    return make(tree, "clean", *variables)


def test_cleaning_is_refused_while_a_system_runs_from_the_tree_and_possible_after_it(tree: Path) -> None:
    program = "from local import source_tree\nwith source_tree.in_use():\n print('up', flush=True)\n input()"
    with subprocess.Popen(
        [sys.executable, "-c", program], cwd=tree, env={"PYTHONPATH": str(tree)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stdout.readline() == "up\n"
        refused = clean(tree)
        running.kill()
    assert refused.returncode != 0
    assert refused.stderr.startswith(f"a system runs from {tree}; stop it first")
    assert (tree / ".data" / "file").exists()
    assert (tree / ".venv" / "file").exists()
    assert clean(tree).returncode == 0
    assert not (tree / ".data").exists()
    assert not (tree / ".venv").exists()


def test_several_systems_may_run_from_one_tree() -> None:
    with source_tree.in_use(), source_tree.in_use():
        assert source_tree.is_in_use()


def test_the_check_needs_no_package(tree: Path) -> None:
    done = subprocess.run(["python3", "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(tree)!r});"
                           "from local import source_tree; source_tree.main()"], check=False)  # fmt: skip
    assert done.returncode == 0


def test_an_environment_whose_path_make_would_split_is_refused(tree: Path) -> None:
    for venv in (f"{tree}/.venv", ""):
        refused = clean(tree, f"VENV={venv}")
        assert refused.returncode != 0
        assert "VENV must be a path without spaces" in refused.stderr
    assert (tree / ".venv" / "file").exists()


@pytest.mark.parametrize("target", ["clean", "precious/.ready"])
def test_a_folder_that_is_no_environment_is_not_cleared(tree: Path, target: str) -> None:
    (tree / "precious").mkdir()
    (tree / "precious" / "file").touch()
    for name in ("requirements/dev.txt", "pyproject.toml"):
        (tree / name).touch()
    done = make(tree, target, "VENV=precious")
    assert done.returncode != 0
    assert done.stdout.startswith("precious is no virtual environment, so it is not cleared;")
    assert (tree / "precious" / "file").exists()
    assert (tree / ".data" / "file").exists()
