from __future__ import annotations

import io
import shlex
from pathlib import Path

import pytest
from rich.console import Console

from local import binaries
from local.display import Display
from local.settings import StackSettings
from local.stack import Stack


@pytest.mark.skipif(not binaries.GRPCURL_IS_PACKAGED, reason="the package has no program for this platform")
def test_the_printed_command_can_be_pasted_whatever_the_folder_is_called(tmp_path: Path) -> None:
    state = tmp_path / "it's my data"
    text = io.StringIO()
    Display(Console(file=text)).up(Stack(StackSettings(log_dir=state / "logs"), [], state))
    [line] = [line for line in text.getvalue().splitlines() if "grpcurl" in line]
    certs = state / "mesh" / "operator"
    assert shlex.split(line) == [
        ".venv/bin/grpcurl", "-cacert", f"{certs}/ca.crt", "-cert", f"{certs}/tls.crt", "-key", f"{certs}/tls.key",
        "localhost:50052", "list",
    ]  # fmt: skip
