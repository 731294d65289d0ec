"""The command line against the whole system, used as by a person or a script."""

from __future__ import annotations

import asyncio
import codecs
import json
import os
import pty
import re
import secrets
import select
import stat
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cnop_client.cli.__main__ import cli

from local.stack import Stack

from .rest import Rest
from .test_admin import ADMIN, new_admin
from .users import User

# Ctrl-C reaches only processes that have the terminal as their controlling terminal. pty.fork would arrange that, but a
# process with gRPC threads must not fork. Programs started in the background by a shell ignore SIGINT, so restore it.
AT_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    """Runs commands with separate folders, in this process or at a pseudo-terminal."""

    def __init__(self, edge: str, home: Path) -> None:
        self.home = home
        self.environment = {
            "CNOP_EDGE": edge,
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "TZ": "UTC",
        }

    async def run(self, *arguments: str, given: str = "", code: int = 0) -> Result:
        """Runs a command without a terminal and checks the exit code."""
        run = CliRunner().invoke
        done = await asyncio.to_thread(run, cli, arguments, input=given, env=self.environment, prog_name="cnop")
        assert done.exit_code == code, (arguments, done.output, done.exception)
        return done

    async def json(self, *arguments: str) -> list[Any]:
        """Runs a command with --json and returns its documents."""
        return [json.loads(line) for line in (await self.run(*arguments, "--json")).stdout.splitlines()]

    async def refused(self, *arguments: str, code: int) -> str:
        """Runs a command that fails and returns its line on stderr."""
        done = await self.run(*arguments, code=code)
        assert done.stdout == ""
        [line] = done.stderr.splitlines()
        return line

    async def at_terminal(self, *arguments: str, answers: dict[str, str], **environment: str) -> tuple[str, int]:
        """Runs a command at a terminal, answers its prompts, and returns what it showed and the exit code."""
        return await asyncio.to_thread(self._at_terminal, arguments, answers, environment)

    def _at_terminal(
        self, arguments: tuple[str, ...], answers: dict[str, str], environment: dict[str, str]
    ) -> tuple[str, int]:
        terminal, inside = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-c", AT_TERMINAL, "-m", "cnop_client.cli", *arguments],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
            env={"PATH": os.defpath, "TERM": "xterm", **self.environment, **environment},
        )
        os.close(inside)
        shown, waiting, end = "", dict(answers), time.monotonic() + 30
        decode = codecs.getincrementaldecoder("utf-8")().decode
        try:
            while time.monotonic() < end:
                if not select.select([terminal], [], [], 0.1)[0]:
                    continue
                try:
                    data = os.read(terminal, 65536)
                except OSError:  # Linux reports the end of a terminal this way
                    return shown, process.wait(10)
                shown += decode(data)
                for question in [each for each in waiting if each in shown]:
                    os.write(terminal, waiting.pop(question).encode())
            raise AssertionError(f"{arguments} does not end; output: {shown!r}")
        finally:
            os.close(terminal)
            if process.poll() is None:
                process.kill()
                process.wait()


@pytest.fixture
def terminal(stack: Stack, tmp_path: Path) -> Terminal:
    return Terminal(stack.settings.edge_url, tmp_path)


@pytest.fixture
async def signed_in(terminal: Terminal, user: User) -> Terminal:
    await terminal.run("login", user.username, "--password-stdin", given=user.password + "\n")
    return terminal


async def test_a_user_registers_deposits_trades_and_reads_everything(terminal: Terminal) -> None:
    name = f"cli_{secrets.token_hex(4)}"
    details = ("--username", name, "--email", f"{name}@example.com", "--first-name", "Ada", "--last-name", "Lovelace")
    registered = await terminal.run("register", *details, "--password-stdin", given="violet-anchor-47-lamp\n")
    assert "Ada Lovelace" in registered.stdout
    [tokens] = (terminal.home / "state" / "cnop").glob("*.json")
    assert stat.S_IMODE(tokens.stat().st_mode) == 0o600

    deposit = await terminal.run("deposit", "10000", "--request-id", "first")
    assert (await terminal.run("deposit", "10000", "--request-id", "first")).stdout == deposit.stdout
    assert re.search(r"DEPOSIT  10000\.00 +10000\.00$", deposit.stdout, re.MULTILINE)
    await terminal.run("withdraw", "500.50")
    [bought] = await terminal.json("buy", "btc", "0.05", "--yes")
    assert (bought["status"], bought["total_amount"]) == ("COMPLETED", "5000.00")
    assert "COMPLETED" in (await terminal.run("sell", "BTC", "0.02", "--yes", "--limit-price", "1")).stdout

    assert "available  6499.50 USD" in (await terminal.run("balance")).stdout
    assert [order["side"] for order in await terminal.json("orders")] == ["SELL", "BUY"]
    assert [order["side"] for order in await terminal.json("orders", "--limit", "1")] == ["SELL"]
    assert await terminal.json("orders", "--side", "buy", "--status", "completed", "--all") == [bought]
    assert await terminal.json("orders", "--since", bought["created_at"][:19] + "+0000", "--side", "buy") == [bought]
    assert await terminal.json("orders", "--until", "2026-01-01") == []
    assert await terminal.json("order", bought["order_id"]) == [bought]
    assert await terminal.json("order", "--request-id", bought["request_id"]) == [bought]
    nothing = await terminal.run("order", code=2)
    assert "name one order, by its ORDER id or by --request-id" in nothing.stderr
    assert [entry["amount"] for entry in await terminal.json("transactions")] == [
        "2000.00", "-5000.00", "-500.50", "10000.00",
    ]  # fmt: skip
    paid = await terminal.json("transactions", "--type", "order_payment", "--since", "2026-01-01")
    assert [entry["amount"] for entry in paid] == ["-5000.00"]
    assert await terminal.json("transactions", "--until", "2026-01-01 09:30:00") == []
    assert [fill["quantity"] for fill in await terminal.json("transactions", "btc")] == ["0.02", "0.05"]
    mixed = await terminal.run("transactions", "btc", "--type", "deposit", code=2)
    assert "leave out the ASSET" in mixed.stderr
    assert [holding["quantity"] for holding in await terminal.json("holdings")] == ["0.03"]
    assert re.search(r"Bitcoin .* fixed ", (await terminal.run("holdings", "BTC")).stdout)
    shown = (await terminal.run("portfolio")).stdout
    assert "value     9499.50" in shown
    assert "prices    fixed" in shown
    [portfolio] = await terminal.json("portfolio")
    assert portfolio["holdings"][0]["percentage"] == "31.58"
    assert {(it["price_source"], it["is_price_stale"]) for it in (portfolio, *portfolio["holdings"])} == {
        ("FIXED", False)
    }

    [session] = await terminal.json("sessions")
    assert session["is_current"]
    assert session["device"].startswith("cnop/")
    assert [profile["username"] for profile in await terminal.json("whoami")] == [name]
    await terminal.run("logout")
    assert "NOT_SIGNED_IN" in await terminal.refused("whoami", code=3)


async def test_the_catalogue_needs_no_sign_in(terminal: Terminal) -> None:
    listed = (await terminal.run("assets", "--limit", "3")).stdout.splitlines()
    assert listed[0].split() == ["RANK", "ASSET", "NAME", "CATEGORY", "PRICE", "FROM", "24", "H", "AVAILABLE"]
    assert all(" fixed " in line for line in listed[1:])
    assert [line.split()[1] for line in listed[1:]] == ["BTC", "ETH", "XRP"]
    assert not any(line.endswith(" ") for line in listed)
    assert len(await terminal.json("assets", "--all")) > 100
    assert {asset["category"] for asset in await terminal.json("assets", "--category", "defi")} == {"defi"}
    assert [asset["asset_id"] for asset in await terminal.json("assets", "--search", "bitcoin", "--limit", "1")] == [
        "BTC"
    ]
    prices = [float(asset["price_usd"]) for asset in await terminal.json("assets", "--sort", "price", "--limit", "9")]
    assert prices == sorted(prices, reverse=True)
    shown = (await terminal.run("asset", "btc")).stdout
    assert re.search(r"name +Bitcoin", shown)
    assert re.search(r"bid and ask +[0-9.]+ to [0-9.]+", shown)
    assert re.search(r"trading +TRADING", shown)
    past = await terminal.json("candles", "btc", "--interval", "1m", "--count", "3")
    assert 0 < len(past) <= 3
    assert all(float(one["low"]) <= float(one["open"]) <= float(one["high"]) for one in past)
    assert {one["price_source"] for one in past} == {"FIXED"}
    drawn = (await terminal.run("candles", "btc", "--interval", "1m", "--count", "3")).stdout.splitlines()
    assert [line.split()[-1] for line in drawn] == ["FROM", *["fixed"] * len(drawn[1:])]


async def test_each_kind_of_failure_has_its_exit_code_and_one_line(signed_in: Terminal) -> None:
    line = await signed_in.refused("withdraw", "12", code=4)
    assert re.fullmatch(r"cnop: INSUFFICIENT_FUNDS: 12\.00 USD needed, .* \(request id [0-9a-f-]{36}\)", line)
    error = json.loads(await signed_in.refused("deposit", "0.001", "--json", "--request-id", "mine", code=4))
    assert (error["code"], error["reason"], error["request_id"]) == ("INVALID_ARGUMENT", "INVALID_FIELD", "mine")
    assert error["violations"][0]["field"] == "amount"
    assert "ORDER_NOT_FOUND" in await signed_in.refused("order", "nope", code=4)
    assert "ASSET_NOT_FOUND" in await signed_in.refused("watch", "NOPE", code=4)
    assert "UNAVAILABLE" in await signed_in.refused("--edge", "http://127.0.0.1:1", "assets", code=5)
    assert "NOT_SIGNED_IN" in await signed_in.refused("balance", "--edge", "http://localhost:1", code=3)
    assert "NOT_SIGNED_IN" in await signed_in.refused("balance", "--profile", "other", code=3)
    assert "invalid address" in (await signed_in.run("assets", "--edge", "ftp://edge", code=2)).stderr
    assert "invalid profile name" in (await signed_in.run("balance", "--profile", "../x", code=2)).stderr
    assert "--yes" in (await signed_in.run("buy", "BTC", "1", code=2)).stderr
    assert "--password-stdin" in (await signed_in.run("login", "--help")).stdout
    assert "no terminal" in (await signed_in.run("login", "ada", code=2)).stderr


async def test_the_edge_is_read_from_the_configuration_and_then_from_the_tokens(signed_in: Terminal) -> None:
    edge = signed_in.environment.pop("CNOP_EDGE")
    assert [profile["email"] for profile in await signed_in.json("whoami")]
    folder = signed_in.home / "config" / "cnop"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[profiles.default]\nedge = "http://127.0.0.1:1"\n')
    assert "NOT_SIGNED_IN: not signed in at http://127.0.0.1:1" in await signed_in.refused("whoami", code=3)
    assert await signed_in.json("whoami", "--edge", edge)
    (folder / "config.toml").write_text("[profiles")
    assert "config.toml" in (await signed_in.run("whoami", code=2)).stderr


async def test_at_a_terminal_it_prompts_hides_the_password_and_shows_colours(terminal: Terminal, user: User) -> None:
    answers = {"Username: ": f"{user.username}\n", "Password: ": f"{user.password}\n"}
    shown, code = await terminal.at_terminal("login", answers=answers)
    assert code == 0
    assert user.username in shown
    assert user.password not in shown
    await terminal.run("deposit", "1000")
    ways = await asyncio.gather(
        terminal.at_terminal("buy", "BTC", "0.001", answers={"[y/N]: ": "y\n"}),
        terminal.at_terminal("buy", "BTC", "0.001", answers={"[y/N]: ": "n\n"}, NO_COLOR="1"),
        terminal.at_terminal("buy", "BTC", "1", answers={}),
    )
    (bought, bought_code), (declined, declined_code), (refused, refused_code) = ways
    assert bought_code == 0
    assert "Buy 0.001 BTC for at most 101000.00 each?" in bought
    assert "\x1b[32mCOMPLETED" in bought
    assert declined_code == 1
    assert "COMPLETED" not in declined
    assert "\x1b[3" not in declined
    assert refused_code == 4
    assert "INSUFFICIENT_FUNDS: the order would be refused and was not sent" in refused
    [order] = await terminal.json("orders")
    assert order["limit_price"] == "101000.00"
    shown, _ = await terminal.at_terminal("orders", answers={})
    assert order["order_id"] in ANSI.sub("", shown), "lines wider than the terminal must not be cut"


async def test_an_amount_is_bought_a_position_is_sold_and_a_preview_is_shown(signed_in: Terminal) -> None:
    await signed_in.run("deposit", "1000")
    [preview] = await signed_in.json("buy", "BTC", "--quote-amount", "100", "--preview")
    assert (preview["quantity"], preview["obstacles"], await signed_in.json("orders")) == ("0.001", [], [])
    for name in ("fee", "price from", "preview id"):
        assert name in (await signed_in.run("buy", "BTC", "0.001", "--preview")).stdout
    named = ("buy", "BTC", "--quote-amount", "100", "--yes", "--preview-id", preview["preview_id"])
    [bought] = await signed_in.json(*named)
    assert (bought["status"], bought["net_amount"], bought["quote_amount"]) == ("COMPLETED", "100.00", "100.00")
    [sold] = await signed_in.json("sell", "BTC", "--sell-all", "--yes")
    assert (sold["status"], sold["quantity"], sold["sell_all"]) == ("COMPLETED", "0.001", True)
    for sizes in ((), ("1", "--quote-amount", "5"), ("1", "--sell-all")):
        assert "give either" in (await signed_in.run("sell", "BTC", *sizes, "--yes", code=2)).stderr


async def test_the_profile_is_shown_and_changed(signed_in: Terminal, user: User) -> None:
    assert user.username in (await signed_in.run("profile")).stdout
    [changed] = await signed_in.json("profile", "--last-name", "'t Hooft ", "--phone", "+1 415 555 0100")
    assert (changed["last_name"], changed["phone"], changed["first_name"]) == ("'t Hooft", "+14155550100", "Ada")
    shown = (
        await signed_in.run("profile", "--phone", "", "--marketing-emails", "--date-of-birth", "1990-12-31")
    ).stdout
    assert re.search(r"^phone\n", shown, re.MULTILINE)
    assert re.search(r"date of birth +1990-12-31\nmarketing +yes$", shown, re.MULTILINE)
    assert [profile["marketing_emails_consent"] for profile in await signed_in.json("profile")] == [True]

    email = ("profile", "--email", f"new_{user.username}@example.com", "--password-stdin")
    assert "BAD_CREDENTIALS" in (await signed_in.run(*email, given="not this one\n", code=3)).stderr
    assert f"new_{user.username}@" in (await signed_in.run(*email, given=user.password + "\n")).stdout
    assert "no terminal" in (await signed_in.run(*email[:-1], code=2)).stderr
    assert "international number" in await signed_in.refused("profile", "--phone", "030 123456", code=4)


async def test_the_password_is_changed_and_all_sessions_end(signed_in: Terminal, user: User) -> None:
    new = f"{user.password} anew"
    wrong = await signed_in.run("password", "--password-stdin", given=f"not this one\n{new}\n", code=3)
    assert "BAD_CREDENTIALS" in wrong.stderr
    same = await signed_in.run("password", "--password-stdin", given=f"{user.password}\n" * 2, code=4)
    assert "new_password must differ from the current password" in same.stderr
    assert await signed_in.json("whoami"), "refused changes end no session"
    questions = {"Current password": user.password, "New password": new, "Repeat for confirmation": new}
    answers = {f"{question}: ": f"{reply}\n" for question, reply in questions.items()}
    shown, code = await signed_in.at_terminal("password", answers=answers)
    assert code == 0, shown
    assert "sign in with: cnop login" in shown
    assert user.password not in shown
    assert "NOT_SIGNED_IN" in await signed_in.refused("whoami", code=3)
    await signed_in.run("login", user.username, "--password-stdin", given=new + "\n")


async def test_watch_reports_each_change(
    stack: Stack, terminal: Terminal, new_user: Callable[[], Awaitable[User]]
) -> None:
    admin = await new_admin(stack.settings, await new_user())
    path = f"{ADMIN}/assets/DOGE:setPrice"
    [before] = await terminal.json("asset", "doge")
    watching = asyncio.create_task(terminal.json("watch", "doge", "--interval", "0.25", "--times", "2"))
    await asyncio.sleep(0.5)
    await Rest.post(admin, path, {"price_usd": "0.99"})
    seen = [(asset["price_usd"], asset["price_source"]) for asset in await watching]
    await Rest.post(admin, path, {"price_usd": before["price_usd"]})
    assert seen == [(before["price_usd"], "FIXED"), ("0.99", "FIXED")]
    lines = (await terminal.run("watch", "--limit", "2", "--times", "1")).stdout.splitlines()
    assert [(line.split()[2], line.split()[-1]) for line in lines] == [("BTC", "fixed"), ("ETH", "fixed")]
    shown, code = await terminal.at_terminal("watch", "BTC", answers={"BTC": "\x03"})
    assert code == 0
    assert "Bitcoin" in shown


@pytest.mark.parametrize("shell", ["zsh", "fish"])
async def test_each_shell_has_a_completion_script(terminal: Terminal, shell: str) -> None:
    assert "_CNOP_COMPLETE" in (await terminal.run("completion", shell)).stdout


async def test_bash_completes_commands_options_assets_and_orders(signed_in: Terminal, user: User) -> None:
    await user.deposit("1000.00")
    order = await user.buy("BTC", "0.001")
    await signed_in.run("completion", "bash")
    folder = signed_in.home / "bin"
    folder.mkdir()
    (folder / "cnop").write_text(f'#!/bin/sh\nexec {sys.executable} -m cnop_client.cli "$@"\n')
    (folder / "cnop").chmod(0o755)
    lines = ["cnop port", "cnop buy bt", "cnop order ''", "cnop orders --st", "cnop sell ''"]
    tries = [f"COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=(); _cnop_completion cnop; "
             'echo "${COMPREPLY[*]}"' for line in lines]  # fmt: skip
    shell = await asyncio.create_subprocess_exec(
        *("bash", "-euc", "\n".join(['eval "$(cnop completion bash)"', *tries])),
        env={**signed_in.environment, "PATH": f"{folder}:{os.defpath}"},
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await shell.communicate()
    portfolio, bought, orders, options, sold = out.decode().splitlines()
    assert portfolio == "portfolio"
    assert "BTC" in bought.split()
    assert orders == order["order_id"]
    assert options == "--status"
    assert sold == "BTC"
