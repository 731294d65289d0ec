from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench import tools


@pytest.mark.parametrize(
    ("installed", "missing", "packages"),
    [
        (["wrk"], "h2load", "nghttp2-client"),
        (["h2load"], "wrk", "wrk"),
        ([], "wrk and h2load", "wrk nghttp2-client"),
    ],
)
def test_all_missing_tools_are_named_in_one_sentence_with_their_packages(
    installed: list[str], missing: str, packages: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in installed:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match=rf"needs {missing}, .*apt-get install {re.escape(packages)}\)$"):
        tools.check()


def test_no_error_if_all_tools_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tools.TOOLS:
        (tmp_path / name).touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    tools.check()
