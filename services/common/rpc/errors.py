"""The answers other than success, as exceptions that know nothing of gRPC.

A reason is an UPPER_SNAKE_CASE constant that programs act on, the message is for people, the metadata are the facts.
`services.common.status` maps the classes to status codes, in one table.
"""

from __future__ import annotations


class ServiceError(Exception):
    """An answer other than success; raise one of the subclasses."""

    def __init__(self, reason: str, message: str, **metadata: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message
        self.metadata = metadata


class InvalidArgument(ServiceError):
    """A field breaks a rule. `violations` are (field, what it must be)."""

    def __init__(self, *violations: tuple[str, str]) -> None:
        text = "; ".join(f"{field} {description}" if field else description for field, description in violations)
        super().__init__("INVALID_FIELD", text)
        self.violations = violations


class Unauthenticated(ServiceError):
    """Nobody, or not who the caller says."""


class PermissionDenied(ServiceError):
    """Somebody, but not allowed."""


class NotFound(ServiceError):
    """Not there, or not the caller's."""


class AlreadyExists(ServiceError):
    """Taken, or a request id that was used for something else."""


class FailedPrecondition(ServiceError):
    """The state of the system does not allow it: not enough cash, holdings or stock, a cap is reached."""


class ResourceExhausted(ServiceError):
    """Too many at once. `retry_after_seconds` in the metadata is when it is worth another try."""


class Unavailable(ServiceError):
    """A dependency is away; the same call may succeed later."""


class Internal(ServiceError):
    """A fault of our own. The caller gets no word of it but this."""

    def __init__(self) -> None:
        super().__init__("INTERNAL", "internal error")


def key_reused(**metadata: str) -> AlreadyExists:
    """The error of a request id that comes again with another body."""
    return AlreadyExists("IDEMPOTENCY_KEY_REUSED", "this request_id was used with another request", **metadata)
