"""The validation rules of a field, as keywords of JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

from codegen.openapi.cel import LOOKS_AHEAD, Json, UnsupportedError, merged, schema
from codegen.openapi.contract import Contract

_LENGTHS = {"min_len": "minLength", "max_len": "maxLength", "max_bytes": "maxLength"}  # a character is at least a byte
_BOUNDS = {"gte": "minimum", "lte": "maximum", "gt": "exclusiveMinimum", "lt": "exclusiveMaximum"}
_ITEMS = {"min_items": "minItems", "max_items": "maxItems", "unique": "uniqueItems"}
_FORMATS = {"email": "email", "uuid": "uuid", "uri": "uri", "hostname": "hostname", "ipv4": "ipv4", "ipv6": "ipv6"}
_KINDS = ("string", "int32", "int64", "uint32", "uint64", "float", "double", "enum")


def bounds(contract: Contract, field: FieldDescriptor) -> Json:
    """Returns the rules of a field as keywords of JSON Schema. For an enum, "in" lists the allowed numbers."""
    return _keywords(contract.options_of(field, "buf.validate.field"), contract)


def messages(contract: Contract, field: FieldDescriptor) -> list[str]:
    """Returns the messages of the rules that are CEL expressions."""
    rules = contract.options_of(field, "buf.validate.field")
    return [rule.message for rule in _cel(rules, contract) if rule.message]


def _keywords(rules: Any, contract: Contract) -> Json:
    keywords: Json = {}
    for kind in _KINDS:
        if rules.HasField(kind):
            keywords = merged(keywords, _standard(getattr(rules, kind)))
    if rules.HasField("repeated"):
        keywords |= {_ITEMS[name]: value for name, value in _set(rules.repeated).items() if name in _ITEMS}
        keywords["items"] = _keywords(rules.repeated.items, contract)
    for rule in _cel(rules, contract):
        try:
            keywords = merged(keywords, schema(rule.expression))
        except UnsupportedError:
            continue  # its message describes it
    keywords.pop(LOOKS_AHEAD, None)
    return keywords


def _standard(rules: Any) -> Json:
    """Translates the standard rules of strings and numbers."""
    keywords: Json = {}
    for name, value in _set(rules).items():
        if name == "len":
            keywords |= {"minLength": value, "maxLength": value}
        elif name == "pattern":
            keywords["pattern"] = value
        elif name == "in" and rules.DESCRIPTOR.name == "StringRules":
            keywords["enum"] = list(value)
        elif name == "in":
            keywords["in"] = list(value)
        elif name in _FORMATS:
            keywords["format"] = _FORMATS[name]
        elif name in _LENGTHS or name in _BOUNDS:
            keywords[{**_LENGTHS, **_BOUNDS}[name]] = value
    return keywords


def _cel(rules: Any, contract: Contract) -> Iterator[Any]:
    """Yields the CEL rules of a field: its own, and those of the predefined rules that it names."""
    yield from rules.cel
    for kind in _KINDS:
        if rules.HasField(kind):
            for extension, value in getattr(rules, kind).ListFields():
                if extension.is_extension and value:
                    yield from contract.options_of(extension, "buf.validate.predefined").cel


def _set(rules: Any) -> Mapping[str, Any]:
    """Returns the standard rules that are set, by name."""
    return {field.name: value for field, value in rules.ListFields() if not field.is_extension}
