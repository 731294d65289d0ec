"""The running system, for clients in other languages: each is built and run as a person would."""

from __future__ import annotations

import shutil

import pytest

from local.plugins import MISSING
from local.stack import Stack
from tests.e2e.conftest import http, stack

__all__ = ["http", "stack"]  # the fixtures of the tests of the whole system


@pytest.fixture(scope="session")
def edge(stack: Stack) -> str:
    """The address of the edge, as host:port."""
    return f"127.0.0.1:{stack.settings.edge_port}"


def need(program: str) -> None:
    """Fails, and says what to install, when a program is missing."""
    if shutil.which(program) is None:
        pytest.fail(MISSING[program], pytrace=False)
