"""The step of a start that builds the web client, and the folders that the edge serves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from edge_config.settings import EdgeSettings
from local import page, page_step, programs
from local.process import Program
from local.settings import StackSettings
from local.stack import Stack


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A web/ that has not been built."""
    folder = tmp_path / "web"
    folder.mkdir()
    (folder / "package-lock.json").write_text("{}")
    monkeypatch.setattr(page, "ROOT", tmp_path)
    monkeypatch.setattr(page, "SOURCES", ("web",))
    monkeypatch.setattr(page, "BUILDS", tmp_path / "builds")
    return folder


def put_build() -> None:
    folder = page.expected()
    folder.mkdir(parents=True)
    (folder / page.STAMP).write_text(folder.name)
    (folder / "index.html").write_text("the page")


def settings_for(tmp_path: Path, *, page: bool) -> StackSettings:
    return StackSettings.on_free_ports(log_dir=tmp_path / "logs", page=page)


@pytest.mark.usefixtures("web")
def test_it_is_built_before_the_edge_starts_unless_it_is_there(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, page=True)
    described = {program.name: program for program in programs.describe(settings, tmp_path)}
    assert described["page"].after == ()
    assert "page" in described["edge"].after
    assert described["page"].is_optional

    put_build()
    names = [program.name for program in programs.describe(settings, tmp_path)]
    assert "page" not in names
    assert "page" not in [program.name for program in programs.describe(settings_for(tmp_path, page=False), tmp_path)]


@pytest.mark.usefixtures("web")
def test_the_edge_serves_what_is_built_and_leads_to_the_reference_without(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, page=True)
    programs.prepare(settings, tmp_path)
    assert programs.edge_settings(settings, tmp_path).page == EdgeSettings.page
    put_build()
    programs.prepare(settings, tmp_path)
    folder = programs.edge_settings(settings, tmp_path).page
    assert (folder / "index.html").read_text() == "the page"
    assert f'"{folder}/index.html"' in (tmp_path / programs.EDGE / "envoy.yaml").read_text().replace("\\", "")


async def test_the_rest_starts_without_it_and_the_reason_is_kept(tmp_path: Path) -> None:
    (tmp_path / "logs").mkdir()
    done: list[str] = []
    fails = ("-c", "import sys; sys.exit('npm is missing: install it')")
    step = Program("page", "build", (sys.executable, *fails), os.environ, is_optional=True)
    rest = Program(
        "rest", "rest", (sys.executable, "-c", ""), os.environ, after=("page",), before=lambda: done.append("before")
    )
    stack = Stack(settings_for(tmp_path, page=False), [step, rest], tmp_path)
    await stack.start(lambda program, seconds: done.append(program.name))
    assert done == ["page", "before", "rest"]
    assert "npm is missing: install it" in str(stack.problems["page"])
    assert page_step.NAME in stack.programs
