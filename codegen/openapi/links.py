"""Links between operations, from links.toml: a call that may follow, with values of the response."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from codegen.openapi.cel import Json

FILE = Path(__file__).parent / "links.toml"


def of(operation_id: str) -> Json:
    """The member `links` of an operation's success, if there are any."""
    links = {
        name: {"operationId": name.partition(".")[0], **link} for name, link in _table().get(operation_id, {}).items()
    }
    return {"links": links} if links else {}


@cache
def _table() -> dict[str, Json]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
