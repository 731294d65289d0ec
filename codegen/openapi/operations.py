"""An operation for each binding of each method."""

from __future__ import annotations

from codegen.errors import CodegenError
from codegen.openapi import links, statuses
from codegen.openapi.cel import Json
from codegen.openapi.contract import Binding, Method
from codegen.openapi.examples import example
from codegen.openapi.schemas import Schemas

RAW = "google.api.HttpBody"


def operation(method: Method, at: int, schemas: Schemas, raw: Json) -> Json:
    """The operation of a method's binding number `at`. `raw` tells the answers that are no messages, by operation.

    Raises CodegenError for a query that holds messages and a message without an example, KeyError for an untold answer.
    """
    binding = method.bindings[at]
    summary, description = parts(method.comment)
    made: Json = {
        "tags": [method.service],
        "operationId": operation_id(method, at),
        "summary": summary,
        "description": "\n\n".join(part for part in (description, *_notes(method, at)) if part),
        "parameters": _parameters(method, binding, schemas),
    }
    if binding.has_body:
        made["requestBody"] = _body(method, binding, schemas)
    made["responses"] = {"200": _answer(method, schemas, raw), **statuses.failures(method, binding)}
    made["security"] = _security(method)
    return made


def operation_id(method: Method, at: int) -> str:
    """The first binding has the name of the method, further ones the last word of their path too."""
    if at == 0:
        return method.operation_id
    return f"{method.operation_id}_{method.bindings[at].template.rpartition('/')[2]}"


def parts(comment: str) -> tuple[str, str]:
    """The first sentence of a comment, and the rest."""
    first, _, rest = comment.partition("\n\n")
    sentence, dot, more = first.partition(". ")
    return sentence.removesuffix("."), "\n\n".join(part for part in (more if dot else "", rest) if part)


def _notes(method: Method, at: int) -> list[str]:
    who = {"PUBLIC": "anybody", "USER": "users who are signed in", "ADMIN": "admins"}[method.caller]
    notes = [f"For {who}. Calls are limited by the class {method.rate_class}."]
    if at:
        notes.append(f"The same as `{method.operation_id}`.")
    return notes


def _parameters(method: Method, binding: Binding, schemas: Schemas) -> list[Json]:
    made = []
    given = example(method.request)
    for field in method.request.fields:
        is_in_path = field.name in binding.parameters
        if binding.has_body and not is_in_path:
            continue
        if field.message_type and field.message_type.full_name != "google.protobuf.Timestamp":
            raise CodegenError(f"{field.full_name} would be a message in a query")
        made.append(
            {
                "name": field.name,
                "in": "path" if is_in_path else "query",
                "description": schemas.describe(field, with_rules=True),
                "required": is_in_path or schemas.is_required(field),
                "schema": schemas.field_of_request(field),
                **({"example": given[field.name]} if field.name in given else {}),
            }
        )
    if method.takes_request_id:
        made.append({"$ref": "#/components/parameters/idempotency-key"})
    return [*made, {"$ref": "#/components/parameters/x-request-id"}]


def _body(method: Method, binding: Binding, schemas: Schemas) -> Json:
    schema = schemas.body(method.request, binding.parameters)
    required = any(
        schemas.is_required(field) for field in method.request.fields if field.name not in binding.parameters
    )
    given = example(method.request)
    content = {"schema": schema, "example": {name: given[name] for name in given if name not in binding.parameters}}
    return {"required": required, "content": {"application/json": content}}


def _answer(method: Method, schemas: Schemas, raw: Json) -> Json:
    if method.response.full_name == RAW:
        content = raw[method.operation_id]
    else:
        told = {"schema": schemas.answer(method.response), "example": example(method.response)}
        content = {"text/event-stream" if method.is_stream else "application/json": told}
    headers = ["x-request-id", *statuses.LIMITS]
    return {
        "description": "Done: a stream of events, each with one of these." if method.is_stream else "Done.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": content,
        **links.of(method.operation_id),
    }


def _security(method: Method) -> list[Json]:
    """Who may call; a role stands in the list of the scheme."""
    schemes: dict[str, list[Json]] = {"PUBLIC": [], "USER": [{"token": []}], "ADMIN": [{"token": ["admin"]}]}
    return schemes[method.caller]
