"""Everything that the contracts say, as one HTML page that needs nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import jinja2
from markdown_it import MarkdownIt

from codegen.reference.model import Package

_TEMPLATE = Path(__file__).parent / "page.html.j2"
# Comments are text with an odd list or table: HTML in them is shown, not taken for HTML.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def render(packages: Sequence[Package]) -> str:
    """The page. Every service, method and type has an anchor of its full name."""
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["markdown"] = _MARKDOWN.render
    anchors = {type_.full_name for package in packages for type_ in package.types}
    # Packages without services hold only what ours need (who may call what, Envoy's rate limits).
    shown = [package for package in packages if package.services]
    return environment.from_string(_TEMPLATE.read_text()).render(packages=shown, anchors=anchors)
