"""Parses a request and checks it against the rules of the contract."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Iterable
from typing import Any

import protovalidate
from google.api import field_behavior_pb2
from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import DecodeError, Message

from services.common import ids
from services.common.rpc.errors import InvalidArgument

_VIOLATIONS_MAX = 20  # named in an answer: clients accept 8 KiB of trailers

Parse = Callable[[bytes], Message]


def parse(deserialize: Parse, body: bytes) -> Message:
    """Parses a request. Raises InvalidArgument if it is not a message of the method."""
    try:
        message = deserialize(body)
    except DecodeError:
        raise InvalidArgument(
            ("", "the request is not a valid message of this method, or contains text that is not UTF-8")
        ) from None
    message.DiscardUnknownFields()  # the validator may fail to read them
    return message


def fill_request_id(request: Any, keys: Iterable[str]) -> str:
    """Returns the request id, so that every effect has a name to replay it by; "" if the method has no effect.

    A missing id is taken from `keys`, the values of the header Idempotency-Key, or made here. Raises InvalidArgument if
    the client named the effect in two ways: it could not tell which of them a replay must carry.
    """
    if not _has_effect(request.DESCRIPTOR):
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


@functools.cache
def _has_effect(kind: Descriptor) -> bool:
    """Tells whether a request has a request id of its own. One that is required is that of another request."""
    field = kind.fields_by_name.get("request_id")
    behaviors = field.GetOptions().Extensions[field_behavior_pb2.field_behavior] if field else ()
    return field is not None and field_behavior_pb2.REQUIRED not in behaviors


def write_ids_as_stored(request: Message) -> None:
    """Writes the UUIDs of a request in lower case: in upper case they name the same things."""
    for name in _ids(request.DESCRIPTOR):
        given: str = getattr(request, name)
        stored = ids.canonical(given)
        if stored != given:
            setattr(request, name, stored)


@functools.cache
def _ids(kind: Descriptor) -> tuple[str, ...]:
    """Returns the names of the fields that hold an id, but not a name that its owner has chosen."""
    return tuple(
        field.name
        for field in kind.fields
        if field.type == FieldDescriptor.TYPE_STRING
        and not field.is_repeated
        and field.name.endswith("_id")
        and field.name not in {"asset_id", "request_id"}
    )


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
