"""Parses a request and checks it against the rules of the contract."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from typing import Any

import protovalidate
from google.protobuf.message import DecodeError, Message

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


def fill_request_id(request: Any, keys: Iterable[str]) -> str:
    """Returns the request id, so that every effect has a name to replay it by; "" if the message has no such field.

    A missing id is taken from `keys`, the values of the header Idempotency-Key, or made here. Raises InvalidArgument if
    the client named the effect in two ways: it could not tell which of them a replay must carry.
    """
    if "request_id" not in request.DESCRIPTOR.fields_by_name:
        return ""
    names = {_unquoted(key) for key in keys}
    if "" in names:
        raise InvalidArgument(("request_id", "is empty in the header Idempotency-Key; send a key, or no such header"))
    if request.request_id:
        names.add(request.request_id)
    if len(names) > 1:
        raise InvalidArgument(
            ("request_id", "must be the same in the request and in each header Idempotency-Key; send it only once")
        )
    request.request_id = request_id = names.pop() if names else str(uuid.uuid4())
    return request_id


def _unquoted(key: str) -> str:
    """Returns a key without its quotes: draft-ietf-httpapi-idempotency-key-header makes it a string of RFC 8941."""
    return key[1:-1] if len(key) > 1 and key[0] == key[-1] == '"' else key


def validate(request: Message) -> None:
    """Raises InvalidArgument with the rules that the request breaks."""
    violations = [violation.proto for violation in protovalidate.collect_violations(request)[:_VIOLATIONS_MAX]]
    if violations:
        raise InvalidArgument(*((_path(violation.field), violation.message) for violation in violations))


def _path(field: Any) -> str:
    return ".".join(_name(element) for element in field.elements) if field else ""


def _name(element: Any) -> str:
    subscript = element.subscript  # in a list or a map
    if not subscript:
        return str(element.field_name)
    # The key of a map is a value: no error repeats it.
    return f"{element.field_name}[{subscript.value if subscript.field == 'index' else '*'}]"
