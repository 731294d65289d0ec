"""The bounds of a field, from the rules that the validator enforces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from codegen.openapi.cel import Json, UntoldError, merged, schema
from codegen.openapi.contract import Contract

_LENGTHS = {"min_len": "minLength", "max_len": "maxLength", "max_bytes": "maxLength"}  # a character is at least a byte
_BOUNDS = {"gte": "minimum", "lte": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_ITEMS = {"min_items": "minItems", "max_items": "maxItems", "unique": "uniqueItems"}
_FORMATS = {"email": "email", "uuid": "uuid", "uri": "uri", "hostname": "hostname", "ipv4": "ipv4", "ipv6": "ipv6"}
_KINDS = ("string", "int32", "int64", "uint32", "uint64", "float", "double", "enum")


def bounds(contract: Contract, field: FieldDescriptor) -> Json:
    """What the rules say of the field's value, as keywords of JSON Schema; for an enum "in" holds the numbers."""
    return _told(contract.options_of(field, "buf.validate.field"), contract)


def messages(contract: Contract, field: FieldDescriptor) -> list[str]:
    """The rules that are written in CEL, in words."""
    rules = contract.options_of(field, "buf.validate.field")
    return [rule.message for rule in _cel(rules, contract) if rule.message]


def _told(rules: Any, contract: Contract) -> Json:
    told: Json = {}
    for kind in _KINDS:
        if rules.HasField(kind):
            told = merged(told, _standard(getattr(rules, kind)))
    if rules.HasField("repeated"):
        told |= {_ITEMS[name]: value for name, value in _set(rules.repeated).items() if name in _ITEMS}
        told["items"] = _told(rules.repeated.items, contract)
    for rule in _cel(rules, contract):
        try:
            told = merged(told, schema(rule.expression))
        except UntoldError:
            continue  # its message tells it
    return told


def _standard(rules: Any) -> Json:
    """Rules for strings and numbers, which have names of their own."""
    told: Json = {}
    for name, value in _set(rules).items():
        if name == "len":
            told |= {"minLength": value, "maxLength": value}
        elif name == "pattern":
            told["pattern"] = value
        elif name == "in" and rules.DESCRIPTOR.name == "StringRules":
            told["enum"] = list(value)
        elif name == "in":
            told["in"] = list(value)
        elif name in _FORMATS:
            told["format"] = _FORMATS[name]
        elif name in _LENGTHS or name in _BOUNDS:
            told[{**_LENGTHS, **_BOUNDS}[name]] = value
    return told


def _cel(rules: Any, contract: Contract) -> Iterator[Any]:
    """The rules in CEL: those of the field itself, and those of predefined rules, which stand at an extension."""
    yield from rules.cel
    for kind in _KINDS:
        if rules.HasField(kind):
            for extension, value in getattr(rules, kind).ListFields():
                if extension.is_extension and value:
                    yield from contract.options_of(extension, "buf.validate.predefined").cel


def _set(rules: Any) -> Mapping[str, Any]:
    """What is set of a message of rules, by name."""
    return {field.name: value for field, value in rules.ListFields() if not field.is_extension}
