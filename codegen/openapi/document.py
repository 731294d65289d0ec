"""The OpenAPI document, gen/openapi/cnop.json."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from google.protobuf import descriptor_pb2

from codegen.errors import CodegenError
from codegen.openapi import errors, examples, statuses
from codegen.openapi.cel import Json
from codegen.openapi.contract import Contract, Method
from codegen.openapi.operations import RAW, operation, operation_id
from codegen.openapi.schemas import Schemas

HEAD = Path(__file__).parent / "head.toml"


def render(image: descriptor_pb2.FileDescriptorSet) -> str:
    """Returns the document as JSON.

    Raises CodegenError if two operations share an id or a path, a link has no target, or an example is missing.
    """
    return json.dumps(document(image), indent=2) + "\n"


def document(image: descriptor_pb2.FileDescriptorSet) -> Json:
    """Returns the document. Raises CodegenError as `render` does."""
    contract = Contract(image)
    schemas = Schemas(contract)
    head = tomllib.loads(HEAD.read_text(encoding="utf-8"))
    services = dict(sorted(contract.services().items(), key=lambda one: _place(one[1])))
    answers = [method.response for methods in services.values() for method in methods]
    examples.check([*contract.requests(), *(answer for answer in answers if answer.full_name != RAW)])
    paths: dict[str, Json] = {}
    for methods in services.values():
        for method in methods:
            for at, binding in enumerate(method.bindings):
                at_path = paths.setdefault(binding.template, {})
                if binding.verb in at_path:
                    other = at_path[binding.verb]["operationId"]
                    raise CodegenError(f"{operation_id(method, at)} has the same path as {other}")
                at_path[binding.verb] = operation(method, at, schemas, head["raw"])
    paths |= head.pop("paths")
    tags = [
        {"name": methods[0].service, "description": contract.comment(service)} for service, methods in services.items()
    ]
    made = {
        "openapi": "3.1.0",
        "info": head["info"],
        "servers": head["servers"],
        "tags": [*tags, *head["tags"]],
        "paths": paths,
        "components": {
            **head["components"],
            "responses": statuses.components(),
            "schemas": {**schemas.components, **errors.schemas()},
        },
    }
    _check(made)
    return made


def _place(methods: list[Method]) -> tuple[bool, bool, str]:
    """Sorts sign-in first, and services for admins last."""
    return methods[0].caller == "ADMIN", methods[0].service != "AuthService", methods[0].service


def _check(made: Json) -> None:
    """Raises CodegenError when an id stands twice, or a link leads to none."""
    operations = [one for at_path in made["paths"].values() for one in at_path.values()]
    ids = [one["operationId"] for one in operations]
    if len(set(ids)) != len(ids):
        raise CodegenError(f"operations share an id: {sorted(ids)}")
    for one in operations:
        for link in one["responses"]["200"].get("links", {}).values():
            if link["operationId"] not in ids:
                raise CodegenError(f"{one['operationId']} links to {link['operationId']}, which is not there")
