from __future__ import annotations

import sys
from pathlib import Path

import pytest

from local import binaries
from local.errors import LocalError


def test_grpcurl_on_path_is_used_where_there_is_no_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "grpcurl"
    program.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binaries.grpcurl(is_packaged=False) == program


def test_a_missing_grpcurl_is_named_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LocalError, match=r"^grpcurl is missing: [^\n]*install it and put it on PATH$"):
        binaries.grpcurl(is_packaged=False)


def test_the_packaged_grpcurl_does_not_depend_on_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not binaries.GRPCURL_IS_PACKAGED:
        pytest.skip("the package has no program for this platform")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert binaries.grpcurl().is_relative_to(sys.prefix)
