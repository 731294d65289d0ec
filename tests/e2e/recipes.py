"""Runs the commands in the documents, as a reader would."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from local import binaries
from local.paths import ROOT
from local.stack import Stack, StackSettings

from . import grpcurl

GRPCURL = ".venv/bin/grpcurl"  # in the docs


def sections(document: Path) -> dict[str, list[str]]:
    """Returns the shell commands of a document, by heading."""
    _, *parts = re.split(r"^## ", document.read_text(), flags=re.MULTILINE)
    return {part.partition("\n")[0]: re.findall(r"```sh\n(.*?)```", part, flags=re.DOTALL) for part in parts}


def in_this_run(stack: Stack, commands: str) -> str:
    """Replaces the default ports and certificates in commands by those of this run."""
    usual = StackSettings()
    for name in StackSettings.port_names():
        commands = commands.replace(f"localhost:{getattr(usual, name)}", f"127.0.0.1:{getattr(stack.settings, name)}")
    if not binaries.GRPCURL_IS_PACKAGED and GRPCURL in commands:
        commands = commands.replace(GRPCURL, str(grpcurl.program()))
    here = f"make admin ARGS='--dynamodb-port {stack.settings.dynamodb_port}' VENV={os.path.relpath(sys.prefix, ROOT)}"
    return commands.replace(".data/mesh", str(stack.mesh)).replace("make admin", here)


async def run(commands: str, *, errors_too: bool = False) -> str:
    """Runs commands and returns their output. Fails if one of them fails."""
    shell = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", commands),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT if errors_too else asyncio.subprocess.PIPE,
    )
    out, errors = await shell.communicate()
    assert shell.returncode == 0, (errors or out).decode()
    return out.decode()


def answers_in(out: str) -> list[dict[str, Any]]:
    """Returns the JSON objects in an output."""
    answers, at = [], 0
    while out[at:].strip():
        at += len(out[at:]) - len(out[at:].lstrip())
        answer, at = json.JSONDecoder().raw_decode(out, at)
        answers.append(answer)
    return answers
