"""Generates the Lua table BINDINGS: the REST paths of the methods and the fields of each, for envoy/rest_input.lua."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.descriptor import Descriptor, FieldDescriptor

_KINDS = {
    FieldDescriptor.CPPTYPE_STRING: "string",
    FieldDescriptor.CPPTYPE_BOOL: "bool",
    FieldDescriptor.CPPTYPE_INT32: "int32",
    FieldDescriptor.CPPTYPE_INT64: "int64",
    FieldDescriptor.CPPTYPE_UINT32: "uint32",
    FieldDescriptor.CPPTYPE_UINT64: "uint64",
    FieldDescriptor.CPPTYPE_FLOAT: "number",
    FieldDescriptor.CPPTYPE_DOUBLE: "number",
}

_LUA_KEYWORDS = {
    *("and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil"),
    *("not", "or", "repeat", "return", "then", "true", "until", "while"),
}


def lua_table(descriptors: Path) -> str:
    """Returns the Lua code that defines BINDINGS.

    Raises ValueError for a binding that the script cannot check: a path parameter with a pattern ("{name=a/*}"), or a
    body that is only one field of the request.
    """
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    by_verb: dict[str, list[tuple[str, str]]] = {}
    for rule, request in _rules(files):
        verb = str(rule.WhichOneof("pattern"))
        template = getattr(rule, verb)
        if rule.body not in ("", "*"):
            raise ValueError(f'{template}: the body must be the whole request (body: "*")')
        entry = _lua(_binding(template, rule.body == "*", pool.FindMessageTypeByName(request)))
        by_verb.setdefault(verb.upper(), []).append((template, entry))
    lines = ["local BINDINGS = {"]
    for verb, entries in sorted(by_verb.items()):
        lines.append(f"  {verb} = {{")
        # The longest first: "/orders/{order_id}" would match what "/orders/{order_id}:release" is for.
        lines += [f"    {entry}," for template, entry in sorted(entries, key=lambda one: (-len(one[0]), one[0]))]
        lines.append("  },")
    return "\n".join([*lines, "}", ""])


def _rules(files: descriptor_pb2.FileDescriptorSet) -> Iterator[tuple[http_pb2.HttpRule, str]]:
    """Each binding, with the name of the request message."""
    for file in files.file:
        for service in file.service:
            for method in service.method:
                rule = method.options.Extensions[annotations_pb2.http]
                for one in (rule, *rule.additional_bindings):
                    if one.WhichOneof("pattern"):
                        yield one, method.input_type.removeprefix(".")


def _binding(template: str, takes_body: bool, request: Descriptor) -> dict[str, Any]:
    parameters = re.findall(r"\{([^}]*)\}", template)
    if not all(re.fullmatch(r"\w+", parameter) for parameter in parameters):
        raise ValueError(f"{template}: a path parameter must be a plain field name, without a pattern")
    literals = [re.sub(r"([^\w/])", r"%\1", literal) for literal in re.split(r"\{\w+\}", template)]
    fields = {
        name: {"name": field["name"], "kind": "path"} if field["name"] in parameters else field
        for name, field in _fields(request).items()
    }
    return {"path": f"^{'[^/]+'.join(literals)}$", "takes_body": takes_body, "fields": fields}


def _fields(message: Descriptor, parents: tuple[Descriptor, ...] = ()) -> dict[str, dict[str, Any]]:
    """The fields of a message with their types, by both of their JSON names."""
    fields = {}
    for field in message.fields:
        value = _value(field, (*parents, message))
        if field.is_repeated:
            value = {} if _is_map(field) else {"kind": "list", "item": value}
        for name in (field.name, field.json_name):
            fields[name] = {"name": field.name, **value}
    return fields


def _value(field: FieldDescriptor, parents: tuple[Descriptor, ...]) -> dict[str, Any]:
    """The type of a single value. Without a kind, the script leaves the check to the transcoder."""
    if field.cpp_type in _KINDS:
        return {"kind": _KINDS[field.cpp_type]}
    if field.enum_type:
        names = [value.name.upper() for value in field.enum_type.values]
        return {"kind": "enum", "names": dict.fromkeys(names, True), "known": ", ".join(names[1:])}
    message = field.message_type
    # Timestamp and the like have special JSON forms. A message may contain itself: stop there.
    if message is None or message.file.package == "google.protobuf" or message in parents:
        return {}
    return {"kind": "message", "fields": _fields(message, parents)}


def _is_map(field: FieldDescriptor) -> bool:
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def _lua(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_lua(entry)}" for key, entry in value.items()) + " }"
    return json.dumps(value)  # JSON strings (ASCII here) and booleans are valid Lua


def _key(name: str) -> str:
    return f'["{name}"]' if name in _LUA_KEYWORDS else name
