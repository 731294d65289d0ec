"""google.rpc.Status as it stands in JSON, from the services and from the edge: the edge leaves out what is empty."""

from __future__ import annotations

from codegen.openapi.cel import Json

STATUS, INFO, BAD_REQUEST = "google.rpc.Status", "google.rpc.ErrorInfo", "google.rpc.BadRequest"


def schemas() -> dict[str, Json]:
    """The components."""
    return {
        STATUS: {
            "type": "object",
            "description": "An error.",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "integer", "minimum": 1, "maximum": 16, "description": "The status code of gRPC."},
                "message": _text("What went wrong, for people."),
                "details": {
                    "type": "array",
                    "description": "An ErrorInfo, and a BadRequest when fields are at fault.",
                    "items": {"oneOf": [_reference(INFO), _reference(BAD_REQUEST)]},
                },
            },
        },
        INFO: _detail(
            INFO,
            "Why, for programs.",
            reason=_text("What went wrong, in UPPER_SNAKE_CASE.") | {"examples": ["INSUFFICIENT_FUNDS"]},
            domain={"const": "cnop", "description": "Whose reason it is."},
            metadata={
                "type": "object",
                "description": "Facts, by name; for example the `request_id` to replay.",
                "additionalProperties": {"type": "string"},
            },
        ),
        BAD_REQUEST: _detail(
            BAD_REQUEST,
            "The fields at fault.",
            field_violations={
                "type": "array",
                "description": "One for each rule that is broken.",
                "items": {
                    "type": "object",
                    "required": ["field", "description"],
                    "properties": {
                        "field": _text("The field, by its path; empty when it is the whole request."),
                        "description": _text("What it must be."),
                        "reason": _text("Not used."),
                    },
                },
            },
        ),
    }


def _detail(name: str, description: str, **properties: Json) -> Json:
    kind = {"const": f"type.googleapis.com/{name}", "description": "Which kind of detail this is."}
    return {
        "type": "object",
        "description": description,
        "required": ["@type", *properties],
        "properties": {"@type": kind, **properties},
    }


def _text(description: str) -> Json:
    return {"type": "string", "description": description}


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
