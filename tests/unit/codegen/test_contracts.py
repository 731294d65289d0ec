"""A gen/ that is not what the contracts say is told, file by file; so is a tool that is missing or fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import plugins
from codegen.contracts import differences
from codegen.errors import CodegenError


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders with the same in them."""
    for name in ("fresh", "gen"):
        (tmp_path / name / "python" / "cnop").mkdir(parents=True)
        (tmp_path / name / "python" / "cnop" / "order_pb2.py").write_text("1")
        (tmp_path / name / "api.md").write_text("2")
    return tmp_path / "fresh", tmp_path / "gen"


MADE = ["api.md", "python/cnop"]


def test_what_is_the_same_is_no_difference(folders: tuple[Path, Path]) -> None:
    (folders[1] / "python" / "pyproject.toml").write_text("written by hand")
    (folders[1] / "python" / "cnop" / "__pycache__").mkdir()
    (folders[1] / "python" / "cnop" / "__pycache__" / "order_pb2.pyc").write_text("")
    assert not list(differences(*folders, MADE))


def test_what_was_changed_by_hand_is_told(folders: tuple[Path, Path]) -> None:
    (folders[1] / "api.md").write_text("3")
    assert set(differences(*folders, MADE)) == {"api.md"}


def test_what_is_no_longer_made_is_told(folders: tuple[Path, Path]) -> None:
    (folders[1] / "python" / "cnop" / "left_pb2.py").write_text("")
    assert set(differences(*folders, MADE)) == {"python/cnop/left_pb2.py"}


def test_what_is_not_there_yet_is_told(folders: tuple[Path, Path]) -> None:
    (folders[0] / "python" / "cnop" / "new_pb2.py").write_text("")
    assert set(differences(*folders, MADE)) == {"python/cnop/new_pb2.py"}


@pytest.mark.parametrize("tool", plugins.MISSING)
def test_a_tool_that_is_missing_is_named(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CodegenError, match="missing: install"):
        plugins.run([tool], tmp_path)


def test_a_tool_that_fails_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(CodegenError, match="no such folder here"):
        plugins.run(["sh", "-c", "echo no such folder here; exit 3"], tmp_path)
