"""Failures of a command: one line on stderr, and an exit code."""

from __future__ import annotations

import json
from typing import IO, Any

import click
from grpc import StatusCode

from cnop_client.cli.output import plain
from cnop_client.errors import ApiError

OTHER, SIGN_IN, REFUSED, LATER, PENDING, INTERRUPTED = 1, 3, 4, 5, 6, 130

_EXIT_CODES = {
    StatusCode.UNAUTHENTICATED: SIGN_IN,
    StatusCode.INVALID_ARGUMENT: REFUSED,
    StatusCode.NOT_FOUND: REFUSED,
    StatusCode.ALREADY_EXISTS: REFUSED,
    StatusCode.FAILED_PRECONDITION: REFUSED,
    StatusCode.PERMISSION_DENIED: REFUSED,
    StatusCode.OUT_OF_RANGE: REFUSED,
    StatusCode.UNIMPLEMENTED: REFUSED,
    StatusCode.UNAVAILABLE: LATER,
    StatusCode.DEADLINE_EXCEEDED: LATER,
    StatusCode.RESOURCE_EXHAUSTED: LATER,
    StatusCode.ABORTED: LATER,
    StatusCode.CANCELLED: LATER,
}


class Failure(click.ClickException):
    """An error of a call, for click to show and to exit with."""

    def __init__(self, error: ApiError, *, as_json: bool) -> None:
        super().__init__(str(error))
        self.exit_code = _EXIT_CODES.get(error.code, OTHER)  # type: ignore[misc]  # click does the same
        self._text = json.dumps(_document(error), ensure_ascii=False) if as_json else line(error)

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(self._text, file=file, err=file is None)


def line(error: ApiError) -> str:
    """The error in one line: reason, message, what to do, and the request id."""
    facts = []
    if error.retry_after_seconds is not None:
        facts.append(f"try again in {error.retry_after_seconds:.0f} s")
    if error.reason == "NOT_SIGNED_IN":
        facts.append("sign in with: cnop login")
    if error.request_id:
        facts.append(f"request id {error.request_id}")
    hints = f" ({'; '.join(facts)})" if facts else ""
    return plain(f"cnop: {error}{hints}")


def _document(error: ApiError) -> dict[str, Any]:
    return {
        "code": error.code.name,
        "reason": error.reason,
        "message": error.message,
        "request_id": error.request_id,
        "retry_after_seconds": error.retry_after_seconds,
        "metadata": error.metadata,
        "violations": [{"field": each.field, "description": each.description} for each in error.violations],
    }
