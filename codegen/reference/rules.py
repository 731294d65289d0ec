"""The rules of validation that a field or message carries, as one reads them."""

from __future__ import annotations

from collections.abc import Iterator

from buf.validate import validate_pb2
from google.protobuf import descriptor_pb2
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message


def field_rules(options: descriptor_pb2.FieldOptions) -> list[str]:
    """What a value of the field must be."""
    return list(_said(options.Extensions[validate_pb2.field]))


def message_rules(options: descriptor_pb2.MessageOptions) -> list[str]:
    """What must hold between the fields of the message."""
    return [rule.message for rule in options.Extensions[validate_pb2.message].cel]


def _said(rules: validate_pb2.FieldRules) -> Iterator[str]:
    if rules.required:
        yield "must be set"
    yield from (rule.message for rule in rules.cel)
    kind = rules.WhichOneof("type")
    if kind:
        yield from _values(getattr(rules, kind))


def _values(rules: Message) -> Iterator[str]:
    """Each rule of a kind of field, such as `max_len 64`; those of items, keys and values with what they are about."""
    for field, value in rules.ListFields():
        if isinstance(value, validate_pb2.FieldRules):
            yield from (f"{field.name}: {said}" for said in _said(value))
        elif field.type == FieldDescriptor.TYPE_BOOL:
            yield field.name.replace("_", " ")
        else:
            shown = ", ".join(map(str, value)) if field.is_repeated else value
            yield f"{field.name.replace('_', ' ')} {shown}"
