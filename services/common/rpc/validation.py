"""Parses a request and checks it against the rules of the contract."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import protovalidate
from google.protobuf.message import DecodeError, Message

from services.common.rpc.access import CallMetadata
from services.common.rpc.errors import InvalidArgument

_VIOLATIONS_MAX = 20  # named in an answer: clients accept 8 KiB of trailers

Parse = Callable[[bytes], Message]


def parse(deserialize: Parse, body: bytes) -> Message:
    """Parses a request. Raises InvalidArgument if it is not a message of the method."""
    try:
        return deserialize(body)
    except DecodeError:
        raise InvalidArgument(
            ("", "the request is not a valid message of this method, or contains text that is not UTF-8")
        ) from None


def fill_request_id(request: Any, metadata: CallMetadata) -> str:
    """Returns the request id, so that every effect has a name to replay it by; "" if the message has no such field.

    A missing id is taken from the header Idempotency-Key, or made here.
    """
    if "request_id" not in request.DESCRIPTOR.fields_by_name:
        return ""
    if not request.request_id:
        request.request_id = metadata.get("idempotency-key") or str(uuid.uuid4())
    request_id: str = request.request_id
    return request_id


def validate(request: Message) -> None:
    """Raises InvalidArgument with the rules that the request breaks."""
    violations = [violation.proto for violation in protovalidate.collect_violations(request)[:_VIOLATIONS_MAX]]
    if violations:
        raise InvalidArgument(*((_path(violation.field), violation.message) for violation in violations))


def _path(field: Any) -> str:
    return ".".join(_name(element) for element in field.elements) if field else ""


def _name(element: Any) -> str:
    subscript = element.subscript  # in a list or a map
    return f"{element.field_name}[{subscript.value}]" if subscript else str(element.field_name)
