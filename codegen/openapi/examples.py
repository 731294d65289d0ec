"""Examples of messages, from examples.toml. Nested messages are filled in from their own examples."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from google.protobuf.descriptor import Descriptor

from codegen.errors import CodegenError
from codegen.openapi.cel import Json

FILE = Path(__file__).parent / "examples.toml"


def example(message: Descriptor) -> Json:
    """Returns the example of a message, {} for one without fields.

    Raises CodegenError if there is none, or it sets a field that the message does not have.
    """
    if not message.fields:
        return {}
    check([message])
    given = table()[component(message)]
    unknown = sorted(given.keys() - message.fields_by_name.keys())
    if unknown:
        raise CodegenError(f"{FILE.name}: {component(message)} has no field {', '.join(unknown)}")
    return {field: value for field in message.fields_by_name if (value := _value(message, field, given)) is not None}


def check(messages: Iterable[Descriptor]) -> None:
    """Raises CodegenError, naming every message without an example."""
    missing = {component(message) for message in messages if message.fields} - table().keys()
    if missing:
        raise CodegenError(f"codegen/openapi/{FILE.name} needs an example of {', '.join(sorted(missing))}")


def component(message: Descriptor) -> str:
    """Returns the name of a message's component: without the package if it is ours, "Order", "PriceList.Entry"."""
    package = message.file.package
    return message.full_name.removeprefix(f"{package}.") if package.startswith("cnop.") else message.full_name


@cache
def table() -> dict[str, Json]:
    """Returns the examples as they are written."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _value(message: Descriptor, field: str, given: Json) -> object:
    inner = message.fields_by_name[field].message_type
    if field in given or inner is None or inner.GetOptions().map_entry or inner.file.package == "google.protobuf":
        return given.get(field)
    value = example(inner)
    return [value] if message.fields_by_name[field].is_repeated else value
