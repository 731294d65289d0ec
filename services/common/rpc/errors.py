"""Errors that a call can end with, as exceptions that know nothing of gRPC; `status` maps them to status codes.

The reason is an UPPER_SNAKE_CASE constant for programs, the message is for people, the metadata hold the facts.
"""

from __future__ import annotations


class ServiceError(Exception):
    """The base class; raise a subclass."""

    def __init__(self, reason: str, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata = metadata


class InvalidArgument(ServiceError):
    """A field breaks a rule. `violations` are pairs of a field and what it must be."""

    def __init__(self, *violations: tuple[str, str]) -> None:
        text = "; ".join(f"{field} {description}" if field else description for field, description in violations)
        super().__init__("INVALID_FIELD", text)
        self.violations = violations


class Unauthenticated(ServiceError):
    """The caller is unknown or not who it claims to be."""


class PermissionDenied(ServiceError):
    """The caller is known but not allowed."""


class NotFound(ServiceError):
    """The resource does not exist or is not the caller's."""


class AlreadyExists(ServiceError):
    """The name is taken, or the request id was used for another request."""


class FailedPrecondition(ServiceError):
    """The state does not allow it: not enough cash, holdings or stock, or a limit is reached."""


class ResourceExhausted(ServiceError):
    """The caller has reached a limit. The metadata `retry_after_seconds` says when to retry."""


class Unavailable(ServiceError):
    """A dependency is unavailable; a retry may succeed."""


class Shed(Unavailable):
    """A call that was not begun, because there are too many. Nothing may retry it by itself: that adds to the load."""


def overloaded() -> Shed:
    """Returns the error for a call for which there is no capacity."""
    text = "too many calls at once; wait for the seconds in retry-after, then try again"
    return Shed("OVERLOADED", text, retry_after_seconds="1")


class Internal(ServiceError):
    """A bug of ours. The caller learns nothing else."""

    def __init__(self) -> None:
        super().__init__("INTERNAL", "internal error")


def key_reused(**metadata: str) -> AlreadyExists:
    """Returns the error for a request id that comes again with another body."""
    return AlreadyExists(
        "IDEMPOTENCY_KEY_REUSED", "this request_id was used with another request; use a new one", **metadata
    )
