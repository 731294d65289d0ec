"""The helpers that run programs in other languages."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from .__main__ import Step
from .__main__ import run as prepare
from .programs import Printed, need, run

VERSION = "example.com/tiny@v1.0.0"


@pytest.fixture
def proxy(tmp_path: Path) -> str:
    """A proxy of Go modules, with one module."""
    folder = tmp_path / "proxy" / "example.com" / "tiny" / "@v"
    folder.mkdir(parents=True)
    (folder / "list").write_text("v1.0.0\n")
    (folder / "v1.0.0.info").write_text('{"Version": "v1.0.0", "Time": "2026-01-01T00:00:00Z"}')
    (folder / "v1.0.0.mod").write_text("module example.com/tiny\n")
    with zipfile.ZipFile(folder / "v1.0.0.zip", "w") as archive:
        archive.writestr(f"{VERSION}/go.mod", "module example.com/tiny\n")
        archive.writestr(f"{VERSION}/tiny.go", 'package tiny\n\nfunc Word() string { return "tiny" }\n')
    return f"file://{tmp_path / 'proxy'}"


async def test_what_go_says_of_its_downloads_is_no_output_of_the_program(proxy: str, tmp_path: Path) -> None:
    need("go")
    folder = tmp_path / "program"
    folder.mkdir()
    (folder / "go.mod").write_text("module example.com/program\n\nrequire example.com/tiny v1.0.0\n")
    (folder / "main.go").write_text(
        'package main\n\nimport (\n\t"os"\n\n\t"example.com/tiny"\n)\n\n'
        "func main() { os.Stdout.WriteString(tiny.Word()) }\n"
    )
    empty = {
        "GOMODCACHE": str(tmp_path / "modules"), "GOPROXY": proxy, "GONOSUMDB": "*", "GOSUMDB": "off",
        "GOFLAGS": "-mod=mod -modcacherw", "GOTOOLCHAIN": "local",
    }  # fmt: skip
    printed = await run("go", "run", ".", folder=folder, **empty)
    assert printed.output == "tiny"
    assert "downloading example.com/tiny" in printed.errors
    assert await run("go", "run", ".", folder=folder, **empty) == Printed("tiny", "")


def test_a_step_that_fails_ends_with_what_the_command_said(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import sys; print('no network'); sys.exit(3)")
    with pytest.raises(SystemExit, match=r"the tools: .* failed\. It said:\nno network$"):
        prepare(Step("the tools", command, tmp_path))


def test_a_step_shows_that_it_is_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prepare(Step("the tools", (sys.executable, "-c", "print('noise')"), tmp_path))
    prepare(Step("other tools", ("no-such-program",), tmp_path))
    assert capsys.readouterr().out == "the tools: ready after 0 s\n"
