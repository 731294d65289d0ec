"""The list of all methods, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from codegen.reference.model import Method, Package, Service

_HEAD = """# The API

Made by `make gen` from the contracts in proto/. [reference.html](reference.html), to be opened in a browser, says more:
every field, its bounds, the errors of each method.
"""


def render(packages: Iterable[Package]) -> str:
    """A table for each service."""
    sections = ("\n".join(_section(service)) for package in packages for service in package.services)
    return "\n".join([_HEAD, *sections])


def _section(service: Service) -> Iterator[str]:
    yield f"## {service.full_name}\n\n{_plain(service.comment)}\n"
    yield "| method | REST | who | what |\n|---|---|---|---|"
    for method in service.methods:
        yield f"| {method.name} | {_rest(method)} | {method.who} | {_plain(method.comment.partition(chr(10) * 2)[0])} |"
    yield ""


def _rest(method: Method) -> str:
    return ", ".join(f"`{binding}`" for binding in method.rest) or "no"


def _plain(comment: str) -> str:
    return " ".join(line.strip() for line in comment.splitlines() if line.strip())
