"""JSON Schemas of messages and fields: what requests may contain, and what the transcoder writes."""

from __future__ import annotations

from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from codegen.errors import CodegenError
from codegen.openapi.cel import Json
from codegen.openapi.contract import Contract
from codegen.openapi.examples import component
from codegen.openapi.rules import bounds, messages

INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}
UINT32 = {"minimum": 0, "maximum": 2**32 - 1}
_OF_TYPE: dict[int, Json] = {
    FieldDescriptor.CPPTYPE_STRING: {"type": "string"},
    FieldDescriptor.CPPTYPE_BOOL: {"type": "boolean"},
    FieldDescriptor.CPPTYPE_INT32: {"type": "integer", "format": "int32", **INT32},
    FieldDescriptor.CPPTYPE_UINT32: {"type": "integer", "format": "int64", **UINT32},
    # Strings, because JSON numbers are not exact that far.
    FieldDescriptor.CPPTYPE_INT64: {"type": "string", "format": "int64", "pattern": "^-?[0-9]{1,19}$"},
    FieldDescriptor.CPPTYPE_UINT64: {"type": "string", "format": "uint64", "pattern": "^[0-9]{1,20}$"},
    FieldDescriptor.CPPTYPE_FLOAT: {"type": "number", "format": "float"},
    FieldDescriptor.CPPTYPE_DOUBLE: {"type": "number", "format": "double"},
}
_WELL_KNOWN: dict[str, Json] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": r"^-?[0-9]+([.][0-9]{1,9})?s$"},
    "google.protobuf.Empty": {"type": "object"},
}
_NUMERIC = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class Schemas:
    """Builds schemas, and collects those that are components."""

    def __init__(self, contract: Contract) -> None:
        self.components: dict[str, Json] = {}
        self._contract = contract
        self._owners: dict[str, str] = {}

    def answer(self, message: Descriptor) -> Json:
        """Returns the schema of what the transcoder writes: all fields, except messages that are not set."""
        if message.full_name in _WELL_KNOWN:
            return dict(_WELL_KNOWN[message.full_name])
        name = self._claim(message.full_name, component(message))
        if name not in self.components:
            self.components[name] = {}  # a message may contain itself
            always = [field.name for field in message.fields if not field.has_presence]
            self.components[name] = self._object(message, [*message.fields], always, self._field_of_answer)
        return _reference(name)

    def body(self, message: Descriptor, without: list[str]) -> Json:
        """Returns the schema of a request body: all fields except those in the path."""
        name = self._claim(f"{message.full_name} {sorted(without)}", component(message))
        fields = [field for field in message.fields if field.name not in without]
        required = [field.name for field in fields if self.is_required(field)]
        self.components[name] = self._object(message, fields, required, self.field_of_request)
        return _reference(name)

    def is_required(self, field: FieldDescriptor) -> bool:
        behaviors = self._contract.options_of(field, "google.api.field_behavior")
        return "REQUIRED" in {self._contract.enum_name("google.api.FieldBehavior", number) for number in behaviors}

    def field_of_request(self, field: FieldDescriptor) -> Json:
        """Returns the schema of a field of a request, by its rules."""
        rules = bounds(self._contract, field)
        items = rules.pop("items", {})
        of_list: Json = {name: rules.pop(name) for name in ("minItems", "maxItems", "uniqueItems") if name in rules}
        if field.is_repeated and not _is_map(field):
            return {"type": "array", "items": self._value(field, items), **of_list}
        if _is_map(field):
            return {"type": "object", "additionalProperties": self._value(_value_of_map(field), {})}
        return self._value(field, rules)

    def describe(self, field: FieldDescriptor, *, with_rules: bool = False) -> str:
        """Returns the comment of a field, with its rules in words and the values of its enum."""
        parts = [self._contract.comment(field.full_name)]
        if with_rules and not field.enum_type:
            parts.append(" ".join(f"It {message}." for message in messages(self._contract, field)))
        if field.enum_type:
            parts.append(self._names(field.enum_type, with_unset=not with_rules))
        return "\n\n".join(part for part in parts if part)

    def _object(self, message: Descriptor, fields: list[FieldDescriptor], required: list[str], schema: Any) -> Json:
        is_request = schema == self.field_of_request
        properties = {}
        for field in fields:
            described = {"description": self.describe(field, with_rules=is_request)}
            found = schema(field)
            # Keywords beside a reference describe this use of it.
            properties[field.name] = {**found, **{name: text for name, text in described.items() if text}}
        made: Json = {"type": "object"}
        comment = self._contract.comment(message.full_name)
        if comment:
            made["description"] = comment
        if required:
            made["required"] = required
        made["properties"] = properties
        if is_request:  # the edge refuses unknown fields; answers may get new ones
            made["additionalProperties"] = False
        return made

    def _field_of_answer(self, field: FieldDescriptor) -> Json:
        if _is_map(field):
            return {"type": "object", "additionalProperties": self._item(_value_of_map(field))}
        return {"type": "array", "items": self._item(field)} if field.is_repeated else self._item(field)

    def _item(self, field: FieldDescriptor) -> Json:
        if field.message_type:
            return self.answer(field.message_type)
        if field.enum_type:
            return {"type": "string", "enum": [value.name for value in field.enum_type.values]}
        if field.type == FieldDescriptor.TYPE_BYTES:
            return {"type": "string", "contentEncoding": "base64"}
        return dict(_OF_TYPE[field.cpp_type])

    def _value(self, field: FieldDescriptor, rules: Json) -> Json:
        """Returns the schema of a single value of a request."""
        chosen = rules.pop("in", None)
        if field.enum_type:
            values = [value for value in field.enum_type.values if chosen is None or value.number in chosen]
            # Omitting the field is the same as its value 0.
            return {"type": "string", "enum": [value.name for value in values if value.number]}
        made = self._item(field)
        if chosen is not None:
            made["enum"] = chosen
        if made["type"] == "string" and "int64" in made.get("format", ""):
            rules = {name: value for name, value in rules.items() if name not in _NUMERIC}
        made |= rules
        if _is_secret(field):
            made["format"] = "password"
        return made

    def _names(self, enum: EnumDescriptor, *, with_unset: bool) -> str:
        values = [value for value in enum.values if value.number or with_unset]
        lines = [f"- `{value.name}`: {self._contract.comment(f'{enum.full_name}.{value.name}')}" for value in values]
        return "\n".join(lines)

    def _claim(self, owner: str, name: str) -> str:
        """Reserves the name of a component. Raises CodegenError if another message has it."""
        if self._owners.setdefault(name, owner) != owner:
            raise CodegenError(f"{owner} and {self._owners[name]} would both be the component {name}")
        return name


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _value_of_map(field: Any) -> FieldDescriptor:
    value: FieldDescriptor = field.message_type.fields_by_name["value"]
    return value


def _is_secret(field: FieldDescriptor) -> bool:
    return bool(field.GetOptions().debug_redact)
