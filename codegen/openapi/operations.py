"""The OpenAPI operation of each HTTP binding of a method."""

from __future__ import annotations

from codegen.errors import CodegenError
from codegen.openapi import links, statuses
from codegen.openapi.cel import Json
from codegen.openapi.contract import Binding, Method
from codegen.openapi.examples import example
from codegen.openapi.schemas import Schemas

RAW = "google.api.HttpBody"


def operation(method: Method, at: int, schemas: Schemas, raw: Json) -> Json:
    """Returns the operation of binding number `at`.

    `raw` describes the responses that are not messages, by operation id. Raises CodegenError for a message in a query
    and for a message without an example, KeyError for a raw response that is not described.
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
    """Returns the id of an operation: the name of the method, and for further bindings the last word of their path.

    If the verb is another than that of the first binding, it stands before that word.
    """
    if at == 0:
        return method.operation_id
    binding = method.bindings[at]
    verb = f"_{binding.verb}" if binding.verb != method.bindings[0].verb else ""
    return f"{method.operation_id}{verb}_{binding.template.rpartition('/')[2]}"


def parts(comment: str) -> tuple[str, str]:
    """Splits a comment into its first sentence and the rest."""
    first, _, rest = comment.partition("\n\n")
    sentence, dot, more = first.partition(". ")
    return sentence.removesuffix("."), "\n\n".join(part for part in (more if dot else "", rest) if part)


def _notes(method: Method, at: int) -> list[str]:
    who = {"PUBLIC": "Public", "USER": "For signed-in users", "ADMIN": "For admins"}[method.caller]
    notes = [f"{who}. Rate class: {method.rate_class}."]
    if at:
        notes.append(f"An alias of `{method.operation_id}`.")
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
    if method.takes_cookie:
        made += [{"$ref": f"#/components/parameters/{name}"} for name in ("x-cnop-session", "session-cookie")]
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
        described = {"schema": schemas.answer(method.response), "example": example(method.response)}
        content = {"text/event-stream" if method.is_stream else "application/json": described}
    headers = ["x-request-id", *statuses.LIMITS, *(["set-cookie"] if method.takes_cookie else [])]
    return {
        "description": "OK: a stream of events, each with one of these." if method.is_stream else "OK.",
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": content,
        **links.of(method.operation_id),
    }


def _security(method: Method) -> list[Json]:
    """Returns the security requirements; a role is an entry in the list of the scheme."""
    schemes: dict[str, list[Json]] = {"PUBLIC": [], "USER": [{"token": []}], "ADMIN": [{"token": ["admin"]}]}
    return schemes[method.caller]
