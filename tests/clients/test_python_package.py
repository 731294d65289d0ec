"""The Python client as users install it: wheels, in an otherwise empty environment."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from local.paths import ROOT
from local.stack import Stack
from tests.e2e import recipes
from tests.e2e.recipes import in_this_run, sections


def run(*command: str | Path, timeout: int = 60) -> str:
    done = subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The wheels, built as by the `pip install` in the README."""
    folder = tmp_path_factory.mktemp("wheels")
    build = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder)
    run(*build, "./gen/python", "./clients/python", timeout=120)
    return sorted(folder.glob("*.whl"))


def test_the_wheel_has_the_service_config_itself(wheels: list[Path]) -> None:
    [client] = [wheel for wheel in wheels if wheel.name.startswith("cnop_client")]
    with zipfile.ZipFile(client) as files:
        shipped = files.read("cnop_client/service-config.json")
        assert "cnop_client/py.typed" in files.namelist()
    assert shipped == (ROOT / "clients" / "service-config.json").read_bytes()


@pytest.mark.timeout(400)
async def test_the_readme_installs_the_command(stack: Stack) -> None:
    commands = in_this_run(stack, sections(ROOT / "README.md")["Clients"][0])
    assert "Bitcoin" in await recipes.run(commands)


@pytest.mark.timeout(400)
def test_the_example_and_the_command_run_in_an_environment_of_their_own(
    wheels: list[Path], stack: Stack, tmp_path: Path
) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    bin_folder = tmp_path / "venv" / "bin"
    run(bin_folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wheels, timeout=300)
    shown = run(bin_folder / "python", "clients/python/example.py", stack.settings.edge_url)
    assert "worth 10000.00" in shown
    listed = run(bin_folder / "cnop", "assets", "--limit", "1", "--edge", stack.settings.edge_url)
    assert "Bitcoin" in listed
    assert "cnop, version 0.1.0" in run(bin_folder / "cnop", "--version")
