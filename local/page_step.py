"""The web client in a system on one machine: the step that builds it, and the folders from which the edge serves it."""

from __future__ import annotations

import dataclasses
import os
import sys
from collections.abc import Callable
from pathlib import Path

from edge_config.settings import EdgeSettings
from local import page
from local.process import Program
from local.settings import StackSettings

NAME = "page"  # of the step, and of the folder
SECONDS_MAX = 600.0  # on a slow network


def serve(settings: StackSettings, state: Path) -> None:
    """Puts the build of what is in web/ now into the folder of the edge, if there is one."""
    if settings.page and page.exists() and (build := page.expected()).exists():
        page.serve(build, state / NAME)


def is_served(settings: StackSettings, state: Path) -> bool:
    """Whether the edge has a build to serve."""
    return settings.page and (state / NAME / "current").exists()


def folders(settings: StackSettings, state: Path) -> tuple[Path, Path]:
    """Returns the folders of the build that `serve` has put there, and of the one before it."""
    current = state / NAME / "current" if is_served(settings, state) else EdgeSettings.page
    return current, state / NAME / "before"


def with_step(settings: StackSettings, the_edge: Program, prepare_edge: Callable[[], None]) -> list[Program]:
    """Returns the edge, and the step before it that builds what is in web/ now, unless that has been built already.

    The edge is prepared again after that. Without a build the rest works as ever.
    """
    if not settings.page or not page.exists() or page.expected().exists():
        return [the_edge]
    step = Program(
        name=NAME,
        what="build of the web client",
        command=(sys.executable, "-m", "local.page"),
        env=os.environ,
        ready_seconds_max=SECONDS_MAX,
        is_optional=True,
    )
    return [step, dataclasses.replace(the_edge, after=(*the_edge.after, NAME), before=prepare_edge)]
