"""Examples of messages: examples.toml, with those of messages inside others filled in."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from google.protobuf.descriptor import Descriptor

from codegen.openapi.cel import Json

FILE = Path(__file__).parent / "examples.toml"


def example(message: Descriptor, name: str) -> Json:
    """The example of a message whose component has this name.

    Raises ValueError when there is none, or it has a field that the message has not.
    """
    if name not in table():
        raise ValueError(f"{name} has no example in {FILE.name}")
    given = table()[name]
    unknown = given.keys() - message.fields_by_name.keys()
    if unknown:
        raise ValueError(f"the example of {name} has {sorted(unknown)}, which the message has not")
    return {field: value for field in message.fields_by_name if (value := _value(message, field, given)) is not None}


def _value(message: Descriptor, field: str, given: Json) -> object:
    inner = message.fields_by_name[field].message_type
    if field in given or inner is None or inner.file.package == "google.protobuf":
        return given.get(field)
    value = example(inner, component(inner))
    return [value] if message.fields_by_name[field].is_repeated else value


def component(message: Descriptor) -> str:
    """The name of a message's component: without the package when it is ours, "Order", "PriceList.Entry"."""
    package = message.file.package
    return message.full_name.removeprefix(f"{package}.") if package.startswith("cnop.") else message.full_name


@cache
def table() -> dict[str, Json]:
    """The examples as they are written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
