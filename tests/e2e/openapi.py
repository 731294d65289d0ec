"""Checks responses against the OpenAPI document, strictly: an undocumented field is an error."""

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
    told: Json

    @property
    def id(self) -> str:
        return str(self.told["operationId"])

    @property
    def caller(self) -> str:
        """Who may call: "public", "user" or "admin"."""
        return "public" if not self.told["security"] else "admin" if self.told["security"][0]["token"] else "user"

    def __str__(self) -> str:
        return self.id


OPERATIONS = {
    told["operationId"]: Operation(verb.upper(), template, told)
    for template, at_path in DOCUMENT["paths"].items()
    for verb, told in at_path.items()
}


def problem(operation: Operation, response: httpx.Response) -> str:
    """Describes how a response deviates from the document; empty if it does not."""
    told = operation.told["responses"].get(str(response.status_code))
    if told is None:
        return f"the status {response.status_code} is not documented"
    told = _resolved(told)
    kind = response.headers.get("content-type", "")
    if kind not in told["content"]:
        return f"the content type {kind!r} is not documented"
    for name, header in told.get("headers", {}).items():
        text = response.headers.get(name)
        if text is not None and _resolved(header)["schema"].get("type") == "integer" and not text.isdigit():
            return f"the header {name} is {text!r}"
    if response.status_code == httpx.codes.TOO_MANY_REQUESTS and "retry-after" not in response.headers:
        return "a 429 without retry-after"
    return mismatch(told["content"][kind]["schema"], response.json())


def mismatch(schema: Json, value: Any) -> str:
    """Describes how a value violates a schema of the document; empty if it does not."""
    errors = _validator(json.dumps(schema)).iter_errors(value)
    return "; ".join(f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in errors)


@cache
def _validator(schema: str) -> Any:
    whole = {**json.loads(schema), "components": _closed(DOCUMENT["components"])}
    return jsonschema_rs.validator_for(whole, validate_formats=True)


def _closed(value: Any) -> Any:
    """The schemas, with objects that may contain only documented fields."""
    if isinstance(value, list):
        return [_closed(one) for one in value]
    if not isinstance(value, dict):
        return value
    closed = {name: _closed(one) for name, one in value.items()}
    if closed.get("type") == "object" and "additionalProperties" not in closed:
        closed["additionalProperties"] = False
    return closed


def _resolved(told: Json) -> Json:
    while "$ref" in told:
        found: Any = DOCUMENT
        for part in told["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        told = found
    return told
