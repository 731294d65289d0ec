"""Differences between gen/ and the contracts are reported by file; a tool that is missing or fails is an error."""

from __future__ import annotations

from pathlib import Path

import pytest

from codegen import plugins
from codegen.contracts import differences
from codegen.errors import CodegenError


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Returns two folders with the same content."""
    for name in ("fresh", "gen"):
        (tmp_path / name / "python" / "cnop").mkdir(parents=True)
        (tmp_path / name / "python" / "cnop" / "order_pb2.py").write_text("1")
        (tmp_path / name / "api.md").write_text("2")
    return tmp_path / "fresh", tmp_path / "gen"


GENERATED = ["api.md", "python/cnop"]


def test_equal_folders_have_no_differences(folders: tuple[Path, Path]) -> None:
    (folders[1] / "python" / "pyproject.toml").write_text("written by hand")
    (folders[1] / "python" / "cnop" / "__pycache__").mkdir()
    (folders[1] / "python" / "cnop" / "__pycache__" / "order_pb2.pyc").write_text("")
    assert not list(differences(*folders, GENERATED))


def test_a_file_changed_by_hand_is_reported(folders: tuple[Path, Path]) -> None:
    (folders[1] / "api.md").write_text("3")
    assert set(differences(*folders, GENERATED)) == {"api.md"}


def test_a_file_that_is_no_longer_generated_is_reported(folders: tuple[Path, Path]) -> None:
    (folders[1] / "python" / "cnop" / "left_pb2.py").write_text("")
    assert set(differences(*folders, GENERATED)) == {"python/cnop/left_pb2.py"}


def test_a_missing_file_is_reported(folders: tuple[Path, Path]) -> None:
    (folders[0] / "python" / "cnop" / "new_pb2.py").write_text("")
    assert set(differences(*folders, GENERATED)) == {"python/cnop/new_pb2.py"}


@pytest.mark.parametrize("tool", plugins.MISSING)
def test_a_missing_tool_is_named(tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CodegenError, match="missing: install"):
        plugins.run([tool], tmp_path)


def test_the_output_of_a_failed_tool_is_in_the_error(tmp_path: Path) -> None:
    with pytest.raises(CodegenError, match="no such folder here"):
        plugins.run(["sh", "-c", "echo no such folder here; exit 3"], tmp_path)
