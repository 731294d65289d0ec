"""`python -m local` used wrongly: one sentence that says what to do, and an exit status, instead of a traceback."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from local import authority
from local.__main__ import main, parser, settings_of
from local.paths import ROOT
from local.run import check_ports
from local.settings import StackSettings, option_of, variable_of
from services.bootstrap.certificates import PARTS
from tests.makefile import make

# Of these tests. Relative, because make splits a path with spaces.
VENV = os.path.relpath(sys.prefix, ROOT)

Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Told:
    """Runs a command that fails and returns the line that it says."""

    def run(*arguments: str | Path) -> str:
        monkeypatch.setattr(sys, "argv", ["local", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert printed.out == ""
        text = ended.value.code if isinstance(ended.value.code, str) else printed.err  # as Python itself does
        assert ended.value.code not in (0, None)
        [line] = text.splitlines()
        return line

    return run


@pytest.fixture
def ports() -> list[str]:
    """Options for ports that are free."""
    free = StackSettings.on_free_ports()
    return [f"{option_of(name)}={getattr(free, name)}" for name in free.port_names()]


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A folder with a file, a link to nowhere, and a name that needs quotes."""
    folder = tmp_path / "odd 'ünd' spaced"
    folder.mkdir()
    (folder / "file").touch()
    (folder / "link").symlink_to("nowhere/at/all")
    return folder


@pytest.mark.parametrize("name", StackSettings.port_names())
@pytest.mark.parametrize("value", ["99999", "-1", "http", ""])
def test_what_is_no_port_is_refused(told: Told, name: str, value: str) -> None:
    assert f"argument {option_of(name)}: {value!r} is no port: use" in told("run", f"{option_of(name)}={value}")


def test_what_is_no_port_is_refused_in_the_environment_too(told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable_of("edge_port"), "http")
    assert "argument --edge-port: 'http' is no port" in told("run")


def test_two_programs_cannot_have_one_port(told: Told, ports: list[str], tmp_path: Path) -> None:
    [first, *_] = ports
    port = first.partition("=")[2]
    line = told("run", "--data-dir", tmp_path / "data", *ports, f"--user-port={port}")
    assert line == f"port {port} is given to --edge-port too; --user-port or CNOP_USER_PORT sets another"


def test_port_0_stands_for_a_free_one() -> None:
    names = StackSettings.port_names()
    chosen = settings_of(parser().parse_args(["run", *(f"{option_of(name)}=0" for name in names)]))
    assert 0 not in [getattr(chosen, name) for name in names]
    check_ports(chosen)  # raises if one is taken, or two are the same


@pytest.mark.parametrize("level", ["LOUD", "17", ""])
def test_an_unknown_level_is_refused_with_the_known_ones(told: Told, level: str) -> None:
    assert "is no level: use DEBUG, INFO, WARNING, ERROR or CRITICAL" in told("run", f"--log-level={level}")


@pytest.mark.parametrize(
    ("inside", "why"),
    [("file", "File exists"), ("file/data", "Not a directory"), ("link/data", "File exists"), ("x" * 300, "too long")],
)
def test_a_folder_of_data_that_cannot_be_used_is_named(told: Told, odd: Path, inside: str, why: str) -> None:
    line = told("run", "--data-dir", odd / inside)
    assert re.search(rf"^cannot use {re.escape(str(odd))}/.* as the folder of data \(.*{why}", line)
    assert line.endswith("--data-dir names another folder")


def test_a_folder_of_data_with_a_file_in_the_way_is_named(told: Told, odd: Path) -> None:
    (odd / "mesh").touch()
    line = told("run", "--data-dir", odd)
    assert line.startswith(f"cannot prepare the folder of data: {odd}/mesh: ")
    assert line.endswith("--data-dir names another folder")


def test_a_damaged_authority_is_named_with_the_remedy(told: Told, tmp_path: Path) -> None:
    authority.ensure(tmp_path / "mesh")
    (tmp_path / "mesh" / "authority" / "tls.key").write_text("nonsense")
    for command in ("run", "rotate-certs"):
        line = told(command, "--data-dir", tmp_path)
        assert line.startswith(f"{tmp_path}/mesh/authority has no usable key; remove it to get a new authority")


def test_an_empty_folder_of_data_is_refused(told: Told) -> None:
    for command in ("run", "rotate-certs", "rotate-keys"):
        assert "argument --data-dir: the path is empty" in told(command, "--data-dir", "")


@pytest.mark.parametrize("inside", ["missing", "file", "", "link"])
def test_rotating_needs_something_to_rotate_and_makes_nothing(told: Told, odd: Path, inside: str) -> None:
    before = sorted(odd.rglob("*"))
    folder = odd / inside
    for command, what, name in (("rotate-keys", "signing keys", "keys"), ("rotate-certs", "certificates", "mesh")):
        line = told(command, "--data-dir", folder)
        assert line.startswith(f"there are no {what} in {folder}/{name}; `make run` creates them")
    assert sorted(odd.rglob("*")) == before


def test_rotating_says_what_it_could_not_write(told: Told, tmp_path: Path) -> None:
    authority.ensure(tmp_path / "mesh")
    for part in PARTS:
        shutil.rmtree(tmp_path / "mesh" / part)
        (tmp_path / "mesh" / part).touch()
    assert told("rotate-certs", "--data-dir", tmp_path).startswith(
        f"cannot renew the certificates: {tmp_path}/mesh/user"
    )


def test_without_a_system_nobody_becomes_an_admin(told: Told) -> None:
    port = StackSettings.on_free_ports().dynamodb_port
    line = told("make-admin", "ada", "--dynamodb-port", str(port))
    assert line.startswith(f"no database answers at http://127.0.0.1:{port}: `make run` starts the system")
    assert "no program has port 0" in told("make-admin", "ada", "--dynamodb-port", "0")


@pytest.mark.parametrize("edge", ["", "localhost:8080", "ftp://edge", "http://", "http://[::1", "http://edge:99999"])
def test_what_is_no_address_of_an_edge_is_refused(told: Told, edge: str) -> None:
    assert told("demo", "--edge", edge) == f"{edge!r} is no address of an edge; use http://HOST:PORT"


def test_an_unknown_command_is_refused(told: Told) -> None:
    assert "invalid choice: 'start'" in told("start")
    assert "--help" in told()


@pytest.mark.parametrize("user", [None, "", " ", "\t"])
def test_make_admin_names_what_is_missing(user: str | None) -> None:
    given = [] if user is None else [f"USER={user}"]
    done = make(ROOT, "-o", ".venv/.ready", "admin", *given)
    assert done.returncode != 0
    assert done.stdout == "name the user: make admin USER=ada\n"


@pytest.mark.parametrize("user", ['a"b', "a'b", "$(touch gone)", "-x", "a;b", "Ünï"])
def test_make_admin_passes_any_name_on_as_it_is(user: str) -> None:
    port = StackSettings.on_free_ports().dynamodb_port
    name, data = f"USER={user.replace('$', '$$')}", f"ARGS=--dynamodb-port={port}"
    done = make(ROOT, "-o", ".venv/.ready", f"VENV={VENV}", "-o", f"{VENV}/.ready", "admin", name, data)
    assert done.returncode != 0
    assert done.stderr.startswith("no database answers at")
