"""Every field of a request is bounded. The fields are read from the descriptors, so no new field is forgotten."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cnop
import protovalidate
import pytest
from buf.validate import validate_pb2
from cnop.rules.v1 import rules_pb2
from google.protobuf import message_factory
from google.protobuf.descriptor import Descriptor, FieldDescriptor, FileDescriptor
from google.protobuf.timestamp_pb2 import Timestamp

HUGE = 20_000

PREDEFINED = set(rules_pb2.DESCRIPTOR.extensions_by_name)
# The rules that bound a type: a field needs one of each set, so a number needs one at each end.
BOUNDS: dict[int, tuple[set[str], ...]] = {
    FieldDescriptor.TYPE_STRING: ({"len", "max_len", "max_bytes", "pattern", "uuid", "const", "in"},),
    FieldDescriptor.TYPE_ENUM: ({"defined_only", "in", "const"},),
    FieldDescriptor.TYPE_INT64: ({"gte", "gt", "in", "const"}, {"lte", "lt", "in", "const"}),
    FieldDescriptor.TYPE_MESSAGE: ({"gte", "gt"}, {"lte", "lt"}),
    FieldDescriptor.TYPE_INT32: ({"gte", "gt", "in", "const"}, {"lte", "lt", "in", "const"}),
}


def contracts() -> Iterator[FileDescriptor]:
    """Yields every file of the contracts."""
    for root in map(Path, cnop.__path__):
        for file in sorted(root.rglob("*_pb2.py")):
            name = ".".join(("cnop", *file.relative_to(root).with_suffix("").parts))
            yield importlib.import_module(name).DESCRIPTOR


def is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def requests() -> list[Descriptor]:
    """Returns the inputs of all methods, the messages nested in them, and all messages named *Request."""
    found: dict[str, Descriptor] = {}

    def add(message: Descriptor) -> None:
        if message.file.package.startswith("cnop.") and message.full_name not in found:
            found[message.full_name] = message
            for field in message.fields:
                if field.message_type is not None and not is_map(field):
                    add(field.message_type)

    for file in contracts():
        for service in file.services_by_name.values():
            for method in service.methods:
                add(method.input_type)
        for name, message in file.message_types_by_name.items():
            if name.endswith("Request"):
                add(message)
    return list(found.values())


REQUESTS = requests()
FIELDS = [pytest.param(field, id=field.full_name) for message in REQUESTS for field in message.fields]


def has_bounds(field_type: int, rules: Any) -> bool:
    """Tells whether rules bound a single value. CEL and predefined rules count; tests below try what they refuse."""
    if field_type == FieldDescriptor.TYPE_BOOL or rules.cel:
        return True
    type_rules = getattr(rules, rules.WhichOneof("type") or "string")
    given = {rule.name for rule, _ in type_rules.ListFields()}
    if given & PREDEFINED:
        return True
    return all(given & one_of for one_of in BOUNDS.get(field_type, (set(),)))


def broken_fields(field: FieldDescriptor, value: Any) -> set[str]:
    """Returns the fields that violate a rule, in a request with nothing but one field set."""
    request = message_factory.GetMessageClass(field.containing_type)()
    if is_map(field):
        getattr(request, field.name).update(value)
    elif field.is_repeated:
        getattr(request, field.name).extend(value)
    elif field.message_type is not None:
        getattr(request, field.name).CopyFrom(value)
    else:
        setattr(request, field.name, value)
    violations = protovalidate.collect_violations(request)
    paths = [violation.proto.field.elements for violation in violations if violation.proto.field]
    return {elements[0].field_name for elements in paths}


def test_all_requests_are_found() -> None:
    names = {message.name for message in REQUESTS}
    assert {"RegisterRequest", "DepositRequest", "CreateOrderRequest", "TakeStockRequest", "ListAssetsRequest"} <= names
    assert len(FIELDS) > 60


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_declares_its_bounds(field: FieldDescriptor) -> None:
    rules = field.GetOptions().Extensions[validate_pb2.field]
    if is_map(field):
        assert rules.map.max_pairs, "a map needs max_pairs"
        assert has_bounds(FieldDescriptor.TYPE_STRING, rules.map.keys), "the keys need a rule"
        assert has_bounds(field.message_type.fields_by_name["value"].type, rules.map.values), "the values need a rule"
        return
    if field.is_repeated:
        assert rules.repeated.max_items, "a list needs max_items"
        rules = rules.repeated.items
    assert has_bounds(field.type, rules), "the field needs a rule; an unknown type needs a line in BOUNDS"


@pytest.mark.parametrize("field", FIELDS)
def test_values_far_out_of_bounds_are_refused(field: FieldDescriptor) -> None:
    match field.type:
        case FieldDescriptor.TYPE_STRING:
            far_out: list[Any] = ["A" * HUGE, "1" * HUGE, "a" * HUGE, "é" * HUGE]
        case FieldDescriptor.TYPE_ENUM:
            far_out = [2**31 - 1, -(2**31), 1_000]
        case FieldDescriptor.TYPE_INT32:
            far_out = [2**31 - 1, -(2**31)]
        case FieldDescriptor.TYPE_INT64:
            far_out = [2**63 - 1, -(2**63)]
        case FieldDescriptor.TYPE_BOOL:
            far_out = []
        case FieldDescriptor.TYPE_MESSAGE if field.message_type.full_name == "google.protobuf.Timestamp":
            far_out = [Timestamp(seconds=2**63 - 1), Timestamp(seconds=-(2**63)), Timestamp(nanos=-1)]
        case FieldDescriptor.TYPE_MESSAGE if is_map(field):
            names = ["a" * (1 + number // 26) + chr(ord("a") + number % 26) for number in range(500)]
            far_out = [{"a" * HUGE: "x"}, {"a": "x" * HUGE}, dict.fromkeys(names, "x")]
        case _:
            pytest.fail("add values far out of bounds for this type")
    if field.is_repeated and not is_map(field):
        far_out = [[value] for value in far_out] + [["BTC"] * HUGE]
    for value in far_out:
        assert field.name in broken_fields(field, value)


def test_secrets_are_marked_as_such() -> None:
    secrets = {
        field.full_name
        for file in contracts()
        for message in file.message_types_by_name.values()
        for field in message.fields
        if re.search(r"password$|token$", field.name) and not field.name.endswith("page_token")
    }
    assert len(secrets) >= 3
    marked = {
        field.full_name
        for file in contracts()
        for message in file.message_types_by_name.values()
        for field in message.fields
        if field.GetOptions().debug_redact
    }
    assert secrets == marked
