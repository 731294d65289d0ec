"""The JSON form of google.rpc.Status, as the services and the edge send it: the edge omits empty fields."""

from __future__ import annotations

from codegen.openapi.cel import Json

STATUS, INFO, BAD_REQUEST = "google.rpc.Status", "google.rpc.ErrorInfo", "google.rpc.BadRequest"


def schemas() -> dict[str, Json]:
    """Returns the component schemas."""
    return {
        STATUS: {
            "type": "object",
            "description": "An error.",
            "required": ["code", "message", "details"],
            "properties": {
                "code": {"type": "integer", "minimum": 1, "maximum": 16, "description": "The gRPC status code."},
                "message": _text("A message for people."),
                "details": {
                    "type": "array",
                    "description": "An ErrorInfo, and a BadRequest if fields are invalid.",
                    "items": {"oneOf": [_reference(INFO), _reference(BAD_REQUEST)]},
                },
            },
        },
        INFO: _detail(
            INFO,
            "The cause, for programs.",
            reason=_text("The reason of the error, in UPPER_SNAKE_CASE.") | {"examples": ["INSUFFICIENT_FUNDS"]},
            domain={"const": "cnop", "description": "The domain of the reason."},
            metadata={
                "type": "object",
                "description": "Further facts by name, for example the `request_id` to replay.",
                "additionalProperties": {"type": "string"},
            },
        ),
        BAD_REQUEST: _detail(
            BAD_REQUEST,
            "The invalid fields.",
            field_violations={
                "type": "array",
                "description": "One violation for each broken rule.",
                "items": {
                    "type": "object",
                    "required": ["field", "description"],
                    "properties": {
                        "field": _text("The path of the field. Empty if the request as a whole is invalid."),
                        "description": _text("The rule that the value breaks."),
                        "reason": _text("Not used."),
                    },
                },
            },
        ),
    }


def _detail(name: str, description: str, **properties: Json) -> Json:
    kind = {"const": f"type.googleapis.com/{name}", "description": "The type of the detail."}
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
