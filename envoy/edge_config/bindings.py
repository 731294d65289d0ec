"""Generates the Lua tables MESSAGES, BINDINGS and CUSTOM_METHODS: the fields of the requests and the REST paths of the
methods, for envoy/rest_input.lua.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor

_KINDS = {
    FieldDescriptor.TYPE_STRING: "string",
    FieldDescriptor.TYPE_BYTES: "bytes",
    FieldDescriptor.TYPE_BOOL: "bool",
    **dict.fromkeys((FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_SINT32, FieldDescriptor.TYPE_SFIXED32), "int32"),
    **dict.fromkeys((FieldDescriptor.TYPE_INT64, FieldDescriptor.TYPE_SINT64, FieldDescriptor.TYPE_SFIXED64), "int64"),
    **dict.fromkeys((FieldDescriptor.TYPE_UINT32, FieldDescriptor.TYPE_FIXED32), "uint32"),
    **dict.fromkeys((FieldDescriptor.TYPE_UINT64, FieldDescriptor.TYPE_FIXED64), "uint64"),
    **dict.fromkeys((FieldDescriptor.TYPE_FLOAT, FieldDescriptor.TYPE_DOUBLE), "number"),
}

Lua = dict[str, Any]  # a table


def lua_tables(descriptors: Path, static_paths: Iterable[str] = ()) -> str:
    """Returns the Lua code that defines MESSAGES, BINDINGS and CUSTOM_METHODS.

    The static paths are in it because answers list the verbs that a path takes.

    Raises ValueError for what the script cannot check: a path parameter with a pattern ("{name=a/*}"), a body that is
    only one field of the request, or a field with a type of google.protobuf other than Timestamp.
    """
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    messages: dict[str, Lua] = {}
    by_verb: dict[str, list[tuple[str, Lua]]] = {}
    for path in dict.fromkeys(path.rstrip("/") for path in static_paths):
        by_verb.setdefault("GET", []).append((path, {"path": _pattern([path]), "takes_body": False}))
    custom_methods: Lua = {}
    for rule, method in _rules(files):
        verb = str(rule.WhichOneof("pattern"))
        template = getattr(rule, verb)
        if rule.body not in ("", "*"):
            raise ValueError(f'{template}: the body must be the whole request (body: "*")')
        message = pool.FindMessageTypeByName(method.input_type.removeprefix("."))
        _collect(message, messages)
        binding = _binding(template, rule.body == "*", message)
        if custom := re.search(r":(\w+)$", template):  # AIP-136
            binding["custom"] = custom[1]
            custom_methods[custom[1]] = True
        if method.server_streaming:
            binding["is_stream"] = True
        by_verb.setdefault(verb.upper(), []).append((template, binding))
    lines = [
        "local MESSAGES = {",
        *(f"  {_key(name)} = {_lua(entry)}," for name, entry in sorted(messages.items())),
        "}",
        "local BINDINGS = {",
    ]
    for verb, entries in sorted(by_verb.items()):
        lines.append(f"  {verb} = {{")
        # The longest first: "/orders/{order_id}" would match what "/orders/a-longer-name" is for.
        lines += [f"    {_lua(entry)}," for template, entry in sorted(entries, key=lambda one: (-len(one[0]), one[0]))]
        lines.append("  },")
    return "\n".join([*lines, "}", f"local CUSTOM_METHODS = {_lua(custom_methods)}", ""])


def _rules(
    files: descriptor_pb2.FileDescriptorSet,
) -> Iterator[tuple[http_pb2.HttpRule, descriptor_pb2.MethodDescriptorProto]]:
    """Each binding, with its method."""
    for file in files.file:
        for service in file.service:
            for method in service.method:
                rule = method.options.Extensions[annotations_pb2.http]
                for one in (rule, *rule.additional_bindings):
                    if one.WhichOneof("pattern"):
                        yield one, method


def _binding(template: str, takes_body: bool, request: Descriptor) -> Lua:
    parameters = re.findall(r"\{([^}]*)\}", template)
    if not all(re.fullmatch(r"\w+", parameter) for parameter in parameters):
        raise ValueError(f"{template}: a path parameter must be a plain field name, without a pattern")
    return {
        "path": _pattern(re.split(r"\{\w+\}", template)),
        "takes_body": takes_body,
        "message": request.full_name,
        "parameters": parameters,
        "known": _known(request, without=parameters),
    }


def _pattern(literals: list[str]) -> str:
    """Returns the Lua pattern of a path, from the text between its parameters."""
    escaped = (re.sub(r"([^\w/])", r"%\1", literal) for literal in literals)
    return f"^{'([^/]+)'.join(escaped)}$"


def _collect(message: Descriptor, messages: dict[str, Lua]) -> None:
    """Adds a message, and those that its fields hold."""
    if message.full_name in messages:
        return
    fields: Lua = {}
    messages[message.full_name] = {"known": _known(message), "fields": fields}
    for field in message.fields:
        described = {"name": field.name, **_field(field, messages)}
        fields |= dict.fromkeys((field.name, field.json_name), described)


def _known(message: Descriptor, without: Collection[str] = ()) -> str:
    return ", ".join(field.name for field in message.fields if field.name not in without)


def _field(field: FieldDescriptor, messages: dict[str, Lua]) -> Lua:
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return {"kind": "map", "item": _value(field.message_type.fields_by_name["value"], messages)}
    value = _value(field, messages)
    return {"kind": "list", "item": value} if field.is_repeated else value


def _value(field: FieldDescriptor, messages: dict[str, Lua]) -> Lua:
    """Returns the type of a single value."""
    if field.type in _KINDS:
        return {"kind": _KINDS[field.type]}
    if field.enum_type:
        values = field.enum_type.values
        texts = [text for value in values for text in (value.name.upper(), str(value.number))]
        known = ", ".join(value.name.upper() for value in values[1:])
        return {"kind": "enum", "names": dict.fromkeys(texts, True), "known": known}
    message = field.message_type
    if message is not None and message.full_name == "google.protobuf.Timestamp":
        return {"kind": "timestamp"}
    if message is None or message.file.package == "google.protobuf":  # they have JSON forms of their own
        raise ValueError(f"{field.full_name}: the script cannot check a field of this type")
    _collect(message, messages)
    return {"kind": "message", "message": message.full_name}


def _lua(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_lua(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "{ " + ", ".join(map(_lua, value)) + " }"
    return json.dumps(value)  # JSON strings (ASCII here) and booleans are valid Lua


def _key(name: str) -> str:
    return f"[{json.dumps(name)}]"  # always in brackets: a name may be a keyword of Lua
