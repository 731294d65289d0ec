"""Commands of the services used wrongly: one sentence that says what to do, instead of a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from aiodynamo.errors import ValidationException

from services.common import settings, startup
from services.common.dynamo import client as dynamo
from services.common.startup import StartupError

CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_REGION": "us-east-1",
               "AWS_DEFAULT_REGION": "us-east-1", "AWS_EC2_METADATA_DISABLED": "true"}  # fmt: skip
NOBODY = settings.DynamoDB(endpoint="http://127.0.0.1:1", retry_seconds=0.1)  # nothing listens on port 1
ENVIRONMENT = {"CNOP_DYNAMODB_ENDPOINT": NOBODY.endpoint, "CNOP_DYNAMODB_RETRY_SECONDS": "0.1", "CNOP_TABLE": "some"}


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


def refused(*command: str, **env: str) -> str:
    """Runs a command that fails and returns the line that it says."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("CNOP_", "AWS_"))}
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False,
        env={**own, **CREDENTIALS, **ENVIRONMENT, **env},
    )  # fmt: skip
    assert done.returncode not in (0, None)
    assert done.stdout == ""
    *usage, line = done.stderr.splitlines()
    assert not usage or usage[0].startswith("usage: ")
    return line


def test_a_startup_error_is_the_last_word_and_ctrl_c_says_nothing() -> None:
    with pytest.raises(SystemExit, match=r"^no port$"), startup.exits():
        raise StartupError("no port")
    with pytest.raises(SystemExit) as ended, startup.exits():
        raise KeyboardInterrupt
    assert ended.value.code == 130


@pytest.mark.parametrize("service", ["user", "inventory", "order", "ratelimit"])
def test_a_service_names_the_setting_that_it_cannot_use(service: str) -> None:
    paths = {f"CNOP_{name}": "/none" for name in ("KEYS_DIR", "MESH_CERTS_DIR", "MESH_SECRET_FILE", "LIMITS_FILE")}
    line = refused(f"services.{service}", CNOP_LOG_LEVEL="LOUD", **paths)
    assert line == "CNOP_LOG_LEVEL must be one of DEBUG, INFO, WARNING, ERROR, CRITICAL"


def test_an_admin_is_not_made_without_a_database() -> None:
    line = refused("services.user", "make-admin", "ada")
    assert line.startswith("the database at http://127.0.0.1:1 fails (")
    assert line.endswith("; start it, or set CNOP_DYNAMODB_ENDPOINT")


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\x1b[1m"])
def test_an_admin_has_a_name(name: str) -> None:
    assert refused("services.user", "make-admin", "--", name).endswith("give the one that the user signs in with")


def test_a_table_is_not_provided_without_a_database() -> None:
    line = refused("services.order", "provision")
    assert line.startswith("cannot provide the table some (Could not connect")
    assert "check CNOP_DYNAMODB_ENDPOINT, CNOP_TABLE" in line


@pytest.mark.usefixtures("aws")
async def test_the_first_error_of_parallel_tasks_is_told() -> None:
    with pytest.raises(StartupError, match=r"fails \(bad key\)"):
        async with dynamo.for_command(NOBODY):
            raise ExceptionGroup("tasks", [ExceptionGroup("more", [ValidationException("bad key")])])


@pytest.mark.usefixtures("aws")
async def test_a_bug_is_not_taken_for_a_failing_database() -> None:
    with pytest.raises(ZeroDivisionError):
        async with dynamo.for_command(NOBODY):
            raise ZeroDivisionError


async def test_a_process_without_credentials_says_which_to_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(StartupError, match="finds no AWS credentials; set AWS_ACCESS_KEY_ID"):
        async with dynamo.connect(NOBODY):
            pass
