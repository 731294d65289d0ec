from __future__ import annotations

import json
from typing import Any

import pytest

from codegen.paths import OPENAPI


@pytest.fixture(scope="session")
def document() -> dict[str, Any]:
    """The document that is committed; `make lint` says that it is what the contracts say."""
    read: dict[str, Any] = json.loads(OPENAPI.read_text())
    return read
