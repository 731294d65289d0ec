"""An OpenAPI document of the REST face, made from the descriptors: what schemathesis makes its calls from."""

from __future__ import annotations

import re
from typing import Any

from buf.validate import validate_pb2
from google.api import field_behavior_pb2
from google.protobuf.descriptor import FieldDescriptor

from tests.e2e.contract import BINDINGS, Binding, Method

Json = dict[str, Any]

# A rule that is one regular expression is told; whatever else a rule says only the service knows.
_ONE_MATCH = re.compile(r"^this\.matches\('([^'\\]*)'\)$")
_INT32 = {"minimum": -(2**31), "maximum": 2**31 - 1}


def document() -> Json:
    """Every binding of every method."""
    paths: dict[str, Json] = {}
    for method, binding in BINDINGS:
        paths.setdefault(binding.template, {})[binding.verb.lower()] = _operation(method, binding)
    return {"openapi": "3.1.0", "info": {"title": "cnop", "version": "1"}, "paths": paths}


def _operation(method: Method, binding: Binding) -> Json:
    fields = {one.name: one for one in method.request.fields}
    in_path = [_parameter(fields.pop(name), "path") for name in binding.parameters]
    operation: Json = {
        "operationId": f"{method} {binding}",
        "parameters": in_path,
        "responses": {"200": {"description": "done"}, "default": {"description": "google.rpc.Status"}},
    }
    if binding.verb in ("GET", "DELETE"):
        operation["parameters"] = in_path + [_parameter(one, "query") for one in fields.values()]
    else:
        body = {"type": "object", "properties": {name: _nullable(one) for name, one in fields.items()}}
        body["required"] = [name for name, one in fields.items() if _is_required(one)]
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": body}}}
    return operation


def _parameter(one: FieldDescriptor, where: str) -> Json:
    return {"name": one.name, "in": where, "required": where == "path" or _is_required(one), "schema": _schema(one)}


def _nullable(one: FieldDescriptor) -> Json:
    """Null is the same as leaving a field out."""
    schema = _schema(one)
    return schema if _is_required(one) else {"anyOf": [schema, {"type": "null"}]}


def _schema(one: FieldDescriptor) -> Json:
    rules = one.GetOptions().Extensions[validate_pb2.field]
    if one.type == FieldDescriptor.TYPE_ENUM:
        return {"enum": [value.name for value in one.enum_type.values]}
    if one.type == FieldDescriptor.TYPE_BOOL:
        return {"type": "boolean"}
    if one.type in (FieldDescriptor.TYPE_INT32, FieldDescriptor.TYPE_INT64):
        number = rules.int32
        bounds = {"minimum": number.gte, "maximum": number.lte} if number.HasField("lte") else _INT32
        return {"type": "integer", **bounds}
    text: Json = {"type": "string"}
    if rules.string.HasField("max_len"):
        text["maxLength"] = rules.string.max_len
    for rule in rules.cel:
        found = _ONE_MATCH.match(rule.expression)
        if found:
            text["pattern"] = found[1]
    return text


def _is_required(one: FieldDescriptor) -> bool:
    return field_behavior_pb2.REQUIRED in one.GetOptions().Extensions[field_behavior_pb2.field_behavior]
