"""The rate limits in the README are those that the edge and the ratelimit service use."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from local.paths import LIMITS, ROOT

COLUMNS = ("user", "address", "fallback_user", "fallback_address")


def documented(readme: Path) -> dict[str, dict[str, str]]:
    """Returns the limits of each class as limits.toml writes them: "1,000 a second" is "1000/second"."""
    table = readme.read_text().split("\n## Rate limits\n")[1].split("\n## ")[0]
    limits = {}
    for row in re.findall(r"^\| ([A-Z]+) \|(.*)\|$", table, re.MULTILINE):
        _, *cells = (cell.strip() for cell in row[1].split("|"))
        named = zip(COLUMNS, cells, strict=True)
        limits[row[0]] = {name: cell.replace(",", "").replace(" a ", "/") for name, cell in named if cell}
    return limits


def test_the_readme_has_the_limits_of_every_class() -> None:
    assert documented(ROOT / "README.md") == tomllib.loads(LIMITS.read_text())
