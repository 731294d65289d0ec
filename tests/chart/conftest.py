"""What the tests of the chart need is built once, before the first of them."""

from __future__ import annotations

import pytest

from tests.chart import programs


@pytest.fixture(scope="session", autouse=True)
def _programs() -> None:
    programs.provide()
