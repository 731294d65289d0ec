from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.paths import OPENAPI


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """Returns the committed document; `make lint` checks that it agrees with the contracts."""
    read: dict[str, Any] = json.loads(OPENAPI.read_text())
    return read
