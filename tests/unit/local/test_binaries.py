from __future__ import annotations

import subprocess
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


@pytest.mark.skipif(not binaries.GRPCURL_IS_PACKAGED, reason="the package has no program for this platform")
def test_grpcurl_runs_from_any_folder(tmp_path: Path) -> None:
    folder = tmp_path / f'it\'s "odd" ünd {"long" * 50}' / "bin"
    folder.mkdir(parents=True)
    (folder / "grpcurl").write_text("#!/nowhere/python\n")  # the console script
    binaries.link_grpcurl(folder)
    binaries.link_grpcurl(folder)
    done = subprocess.run([folder / "grpcurl", "-version"], capture_output=True, text=True, check=True)
    assert (done.stdout + done.stderr).startswith("grpcurl")
    assert [path.name for path in folder.iterdir()] == ["grpcurl"]
