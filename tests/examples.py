"""Valid requests of every method, from codegen/openapi/examples.toml."""

from __future__ import annotations

from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import Descriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from codegen.openapi.examples import example

__all__ = ["example", "request"]


def request(kind: Descriptor, **changes: Any) -> Message:
    """Returns the example of a request with some fields changed."""
    made: Message = GetMessageClass(kind)()
    json_format.ParseDict({**example(kind), **changes}, made)
    return made
