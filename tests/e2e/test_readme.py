"""The commands of the README do what it says."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from local.paths import ROOT
from local.stack import Stack, StackSettings


def snippet(heading: str, number: int) -> str:
    """The shell commands that stand in a section of the README."""
    section = re.split(r"^## ", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    [text] = [part for part in section if part.startswith(heading)]
    return re.findall(r"```sh\n(.*?)```", text, flags=re.DOTALL)[number]


def in_this_run(stack: Stack, commands: str) -> str:
    """The commands, with the ports and certificates of this run in place of the usual ones."""
    usual = StackSettings()
    for name in StackSettings.port_names():
        commands = commands.replace(f"localhost:{getattr(usual, name)}", f"127.0.0.1:{getattr(stack.settings, name)}")
    return commands.replace(".data/mesh", str(stack.mesh))


async def run(commands: str) -> str:
    shell = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", commands),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await shell.communicate()
    assert shell.returncode == 0, errors.decode()
    return out.decode()


def answers_in(out: str) -> list[dict[str, Any]]:
    """The JSON objects that were printed one after the other."""
    answers, at = [], 0
    while out[at:].strip():
        at += len(out[at:]) - len(out[at:].lstrip())
        answer, at = json.JSONDecoder().raw_decode(out, at)
        answers.append(answer)
    return answers


@pytest.mark.parametrize(("number", "total", "cash"), [(0, "total_value", "cash"), (1, "totalValue", "cash")])
async def test_the_first_trade_of_the_readme_ends_with_a_portfolio(
    stack: Stack, number: int, total: str, cash: str
) -> None:
    out = await run(in_this_run(stack, snippet("A first trade", number)))
    portfolio = answers_in(out)[-1]
    assert portfolio[total] == "10000.00"
    assert portfolio[cash] == "5000.00"
    assert portfolio["holdings"][0]["quantity"] == "0.05"


async def test_the_operator_sees_the_services_at_their_own_ports(stack: Stack) -> None:
    trade = snippet("A first trade", 1).splitlines()
    names = [line for line in trade if "Register" not in line][:2]  # the function and the sign-in
    ports = snippet("The services' own ports", 0)
    out = await run(in_this_run(stack, "\n".join([*names, ports])))
    assert "cnop.inventory.v1.StockService" in out
    assert "rpc ListAssets" in out
    assert '"currency": "USD"' in out


async def test_an_admin_is_made_and_does_what_the_readme_says(stack: Stack) -> None:
    register = snippet("A first trade", 0).splitlines()[:2]  # if nobody has yet
    make_admin = snippet("Administration", 0)
    here = f"make admin USER=ada ARGS='--dynamodb-port {stack.settings.dynamodb_port}' VENV={Path(sys.prefix)}"
    made = await run(in_this_run(stack, "\n".join([*register, make_admin.replace("make admin USER=ada", here)])))
    assert "ada is an admin" in made
    out = await run(in_this_run(stack, snippet("Administration", 1)))
    created, restocked, opened, priced, users, trail = answers_in(out)
    assert created["asset_id"] == "NEW"
    assert restocked["available_quantity"] == "5000"
    assert opened["is_active"]
    assert priced["price_usd"] == "2.75"
    assert "users" in users
    assert [event["event"] for event in trail["events"]][:2] == ["ASSET_PRICED", "ASSET_PRICED"]
