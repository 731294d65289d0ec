"""Commands used wrongly: a sentence that says what to do, and an exit status, instead of a traceback.

(For `python -m local` see local/test_wrong_use.py, for the services common/test_startup.py.)
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from local import fetch
from local.paths import ROOT

HERE = [sys.executable, "-m"]


def refused(folder: Path, *command: str, given: bytes = b"", **env: str) -> str:
    """Runs a command that fails, and returns its last line."""
    state = {"HOME": str(folder), "XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}
    done = subprocess.run(
        [*HERE, *command], input=given, capture_output=True, check=False, cwd=ROOT, env={**os.environ, **state, **env}
    )
    said = (done.stdout + done.stderr).decode()
    assert done.returncode not in (0, None), said
    assert "Traceback" not in said
    return said.splitlines()[-1]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("codegen.contracts cobol", "no such language: cobol"),
        ("codegen.breaking --main nothere", "there is no commit nothere"),
        ("codegen.breaking --repository /nowhere", "/nowhere is no folder; --repository names a clone"),
        ("requirements.wheels /nowhere/uv", "/nowhere/uv cannot tell .*, run `make lock-check`"),
        ("requirements.wheels /bin/true", "/bin/true cannot tell .*, run `make lock-check`"),
        ("requirements.wheels /bin/false", "exit code 1"),
        ("bench --seconds nan", "--seconds: whole seconds, at least 1"),
        ("bench --pairs 3", "--pairs: at least 10"),
        ("tests.chaos --orders -1", "--orders: .*use a whole number, at least 1"),
        ("tests.chaos --replicas 0", "--replicas: .*use a whole number, at least 1"),
        ("tests.fuzz --seconds nan", "--seconds: .*use a whole number, at least 1"),
        ("tests.fuzz --part nothing", "--part: invalid choice: 'nothing'"),
        ("services.inventory load-catalogue serve", "unrecognized arguments: serve"),
        ("services.user make-admin", "make-admin takes a username"),
        ("cnop_client.cli assets --edge http://[::1", "use http://HOST:PORT or https://HOST:PORT"),
        ("cnop_client.cli assets --edge http://edge:99999", "use http://HOST:PORT or https://HOST:PORT"),
        ("cnop_client.cli assets --edge http://edge:0", "use http://HOST:PORT or https://HOST:PORT"),
        ("cnop_client.cli assets --timeout nan", "'nan' is not a number"),
        ("cnop_client.cli watch --interval nan", "'nan' is not a number"),
        ("cnop_client.cli assets --edge https://edge --ca /nowhere", "/nowhere: No such file or directory"),
        ("cnop_client.cli assets --edge https://edge --ca pyproject.toml", "pyproject.toml has no certificate in PEM"),
    ],
)
def test_a_wrong_argument_is_refused(command: str, said: str, tmp_path: Path) -> None:
    assert re.search(said, refused(tmp_path, *command.split()))


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("requirements.npm_lock", "npm is missing: install Node.js"),
        ("codegen.breaking", "git is missing: install it"),
        ("bench", "the benchmark needs wrk and h2load, .*apt-get install"),
    ],
)
def test_a_missing_program_is_named(command: str, said: str, tmp_path: Path) -> None:
    assert re.search(said, refused(tmp_path, *command.split(), PATH=str(tmp_path)))


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("listen", "nonsense", "'nonsense' is no address: use HOST:PORT"),
        ("listen", "127.0.0.1:99999", "is no address"),
        ("user", "", "is no address"),
        ("order", "10.0.0.1:50053,", "is no address"),
        ("concurrency", "-1", "use a whole number from 0"),
        ("jwks-cache-seconds", "nan", "use a number from 0"),
        ("certs-dir", " ", "the path is empty"),
        ("limits", "/nowhere", "/nowhere cannot be read"),
        ("descriptors", "/nowhere", "/nowhere: No such file or directory"),
        ("descriptors", "pyproject.toml", "pyproject.toml is no descriptor set; `make gen` writes one"),
        ("write", "pyproject.toml", "pyproject.toml: File exists; name another path"),
    ],
)
def test_a_wrong_setting_of_the_edge_is_refused(option: str, value: str, said: str, tmp_path: Path) -> None:
    command = ("edge_config", "--swagger-ui", str(fetch.SWAGGER_UI.folder), f"--{option}", value)
    assert said in refused(tmp_path, *command)


@pytest.mark.parametrize("place", ["state", "config"])
def test_a_file_where_the_client_has_its_folder_is_named(place: str, tmp_path: Path) -> None:
    (tmp_path / place).touch()
    assert "Not a directory" in refused(tmp_path, "cnop_client.cli", "whoami", "--edge", "http://127.0.0.1:1")


@pytest.mark.parametrize(
    "content", ['{"edge": 5', "[]", '{"edge":5,"access_token":5,"refresh_token":0,"expires_at":1}']
)
def test_a_damaged_file_of_tokens_means_signed_out(content: str, tmp_path: Path) -> None:
    (tmp_path / "state" / "cnop").mkdir(parents=True)
    (tmp_path / "state" / "cnop" / "default.json").write_text(content)
    assert "sign in with: cnop login" in refused(tmp_path, "cnop_client.cli", "whoami")


def test_a_password_that_is_no_text_is_not_repeated(tmp_path: Path) -> None:
    command = ("cnop_client.cli", "login", "ada", "--password-stdin")
    said = refused(tmp_path, *command, given=b"hunter2\xff\n", LANG="C.UTF-8")
    assert said == "Error: an argument or the password is not valid UTF-8; check the locale"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no full device")
def test_output_that_cannot_be_written_is_named() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*HERE, "cnop_client.cli", "--help"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode != 0
    assert done.stderr.decode().splitlines() == ["cnop: the output: No space left on device"]
