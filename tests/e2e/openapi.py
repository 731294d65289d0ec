"""Checks responses strictly against the OpenAPI document: an undocumented field is an error."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx
import jsonschema_rs

from codegen.paths import OPENAPI

from .rest import Json

DOCUMENT: Json = json.loads(OPENAPI.read_text())


@dataclass(frozen=True)
class Operation:
    """An operation of the document."""

    verb: str
    template: str
    spec: Json

    @property
    def id(self) -> str:
        return str(self.spec["operationId"])

    @property
    def caller(self) -> str:
        """Returns who may call: "public", "user" or "admin"."""
        return "public" if not self.spec["security"] else "admin" if self.spec["security"][0]["token"] else "user"

    def __str__(self) -> str:
        return self.id


OPERATIONS = {
    spec["operationId"]: Operation(verb.upper(), template, spec)
    for template, at_path in DOCUMENT["paths"].items()
    for verb, spec in at_path.items()
}


def problem(operation: Operation, response: httpx.Response) -> str:
    """Describes how a response deviates from the document; empty if it does not."""
    spec = operation.spec["responses"].get(str(response.status_code))
    if spec is None:
        return f"the status {response.status_code} is not documented"
    spec = _resolved(spec)
    kind = response.headers.get("content-type", "")
    if kind not in spec["content"]:
        return f"the content type {kind!r} is not documented"
    for name, header in spec.get("headers", {}).items():
        text = response.headers.get(name)
        if text is not None and _resolved(header)["schema"].get("type") == "integer" and not text.isdigit():
            return f"the header {name} is {text!r}"
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS and "retry-after" not in response.headers:
        return "a 429 without retry-after"
    return mismatch(spec["content"][kind]["schema"], response.json())


def mismatch(schema: Json, value: Any) -> str:
    """Describes how a value violates a schema of the document; empty if it does not."""
    errors = _validator(json.dumps(schema)).iter_errors(value)
    return "; ".join(f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in errors)


@cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": _closed(DOCUMENT["components"])}
    return jsonschema_rs.validator_for(whole, validate_formats=True)


def _closed(value: Any) -> Any:
    """Returns schemas whose objects may contain only documented fields."""
    if isinstance(value, list):
        return [_closed(one) for one in value]
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(one) for name, one in value.items()}
    if closed.get("type") == "object" and "additionalProperties" not in closed:
        closed["additionalProperties"] = False
    return closed


def _resolved(spec: Json) -> Json:
    while "$ref" in spec:
        found: Any = DOCUMENT
        for part in spec["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        spec = found
    return spec
