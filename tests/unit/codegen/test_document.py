"""The committed document is valid OpenAPI and agrees with the contracts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests.e2e.contract import BINDINGS, METHODS, Binding, Method, Policy

Json = dict[str, Any]


def operations(document: Json) -> Iterator[Json]:
    for path in document["paths"].values():
        yield from path.values()


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from references(one)


def patterns(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from patterns(one)


def test_the_document_is_valid_openapi(document: Json) -> None:
    assert document["openapi"] == "3.1.0"
    errors = OpenAPIV31SpecValidator(document).iter_errors()
    # Python's `re` does not support Unicode property escapes (\p{...}), which ECMA-262 allows.
    assert not [str(error) for error in errors if not (error.validator == "format" and r"\p{" in str(error.instance))]


def test_every_pattern_compiles(document: Json) -> None:
    found = set(patterns(document))
    assert len(found) > 10
    for pattern in found:
        jsonschema_rs.validator_for({"type": "string", "pattern": pattern})


@pytest.mark.parametrize(("method", "binding"), BINDINGS, ids=str)
def test_every_binding_has_an_operation(document: Json, method: Method, binding: Binding) -> None:
    operation = document["paths"][binding.template][binding.verb.lower()]
    service = method.path.split("/")[1].rpartition(".")[2]
    assert operation["operationId"].startswith(f"{service}_{method.name}")
    assert operation["tags"] == [service]
    assert {"PUBLIC": [], "USER": [{"token": []}], "ADMIN": [{"token": ["admin"]}]}[
        Policy.Caller.Name(method.caller)
    ] == operation["security"]
    assert ("401" in operation["responses"]) >= (method.caller != Policy.PUBLIC)
    assert ("403" in operation["responses"]) >= (method.caller == Policy.ADMIN)


def test_there_are_no_other_operations(document: Json) -> None:
    assert len(list(operations(document))) == len(BINDINGS) + 1  # and /health


def test_methods_of_the_mesh_are_not_documented(document: Json) -> None:
    for method in METHODS:
        if method.caller == Policy.MESH:
            assert f"_{method.name}" not in str(document)


def test_everything_has_a_description(document: Json) -> None:
    for operation in operations(document):
        assert operation["summary"], operation["operationId"]
        assert all(one.get("description") for one in operation.get("parameters", []) if "$ref" not in one)
    for tag in document["tags"]:
        assert tag["description"], tag["name"]
    for name, schema in document["components"]["schemas"].items():
        for field, described in schema.get("properties", {}).items():
            assert described.get("description") or "const" in described, f"{name}.{field}"


def test_every_string_and_integer_of_a_request_is_bounded(document: Json) -> None:
    bodies = {reference for operation in operations(document) for reference in references(operation.get("requestBody"))}
    assert bodies
    schemas = [document["components"]["schemas"][name.rpartition("/")[2]]["properties"] for name in bodies]
    schemas += [
        {one["name"]: one["schema"]}
        for operation in operations(document)
        for one in operation.get("parameters", [])
        if "$ref" not in one
    ]
    for properties in schemas:
        for name, schema in properties.items():
            if schema["type"] == "string":
                assert schema.keys() & {"pattern", "maxLength", "enum", "format"}, name
            elif schema["type"] == "integer":
                assert schema.keys() >= {"minimum", "maximum"}, name


def test_the_pattern_of_an_amount_matches_exactly_the_valid_amounts(document: Json) -> None:
    amount = re.compile(document["components"]["schemas"]["DepositRequest"]["properties"]["amount"]["pattern"])
    assert all(amount.search(text) for text in ("0.01", "250", "1000000.00"))
    assert not any(amount.search(text) for text in ("0", "0.00", "1000000.01", "1e3", "-1", "01", ".5", "0.001", ""))


def test_reasons_are_documented_under_their_status(document: Json) -> None:
    responses = document["paths"]["/api/v1/orders"]["post"]["responses"]
    assert "`INSUFFICIENT_FUNDS`" in responses["400"]["description"]
    assert "`ASSET_NOT_FOUND`" in responses["404"]["description"]
    assert "`IDEMPOTENCY_KEY_REUSED`" in responses["409"]["description"]


def test_every_component_is_used(document: Json) -> None:
    used = set(references(document))
    for kind, components in document["components"].items():
        for name in components if kind != "securitySchemes" else []:
            assert f"#/components/{kind}/{name}" in used
