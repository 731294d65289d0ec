"""The list of all methods, as Markdown: gen/api.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codegen.services import Method, Service

_HEAD = """# The API

Made by `make gen` from the contracts in proto/, which say more: every field, its bounds, the errors of each method. The
REST API is documented, and can be tried, at /docs of a running system.
"""


def render(services: Iterable[Service]) -> str:
    """Renders a table for each service."""
    sections = ("\n".join(_section(service)) for service in services)
    return "\n".join([_HEAD, *sections])


def _section(service: Service) -> Iterator[str]:
    yield f"## {service.full_name}\n\n{_plain(service.comment)}\n"
    yield "| method | REST | who | what |\n|---|---|---|---|"
    for method in service.methods:
        yield f"| {method.name} | {_rest(method)} | {method.who} | {_summary(method.comment)} |"
    yield ""


def _rest(method: Method) -> str:
    return ", ".join(f"`{binding}`" for binding in method.rest) or "no"


def _summary(comment: str) -> str:
    """Returns the first paragraph."""
    return _plain(comment.partition("\n\n")[0])


def _plain(comment: str) -> str:
    return " ".join(line.strip() for line in comment.splitlines() if line.strip())
