"""Maps exceptions to `google.rpc.Status`, by one table."""

from __future__ import annotations

import asyncio

import aiodynamo.errors
import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2

from services.common.rpc import errors

DOMAIN = "cnop"
DETAILS_KEY = "grpc-status-details-bin"

# Trailing metadata of a call that nothing may retry by itself: the first is for gRPC clients, the second for Envoy.
NO_RETRY = (("grpc-retry-pushback-ms", "-1"), ("x-envoy-ratelimited", "true"))

CODES: dict[type[errors.ServiceError], grpc.StatusCode] = {
    errors.InvalidArgument: grpc.StatusCode.INVALID_ARGUMENT,
    errors.Unauthenticated: grpc.StatusCode.UNAUTHENTICATED,
    errors.PermissionDenied: grpc.StatusCode.PERMISSION_DENIED,
    errors.NotFound: grpc.StatusCode.NOT_FOUND,
    errors.AlreadyExists: grpc.StatusCode.ALREADY_EXISTS,
    errors.FailedPrecondition: grpc.StatusCode.FAILED_PRECONDITION,
    errors.ResourceExhausted: grpc.StatusCode.RESOURCE_EXHAUSTED,
    errors.Unavailable: grpc.StatusCode.UNAVAILABLE,
    errors.Internal: grpc.StatusCode.INTERNAL,
}

# What the HTTP client of the database raises while DynamoDB is unreachable, slow or throttling.
_DATABASE_UNAVAILABLE = (
    aiodynamo.errors.InternalDynamoError,
    aiodynamo.errors.ProvisionedThroughputExceeded,
    aiodynamo.errors.RequestLimitExceeded,
    aiodynamo.errors.ServiceUnavailable,
    aiodynamo.errors.TableNotFound,
    aiodynamo.errors.Throttled,
    asyncio.TimeoutError,
    ConnectionError,
)
_SERVICE_UNAVAILABLE = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.CANCELLED,
}


def as_service_error(error: Exception) -> errors.ServiceError:
    """Returns the error that the caller gets for an exception."""
    if isinstance(error, errors.ServiceError):
        return error
    if isinstance(error, grpc.aio.AioRpcError) and NO_RETRY[0] in tuple(error.trailing_metadata() or ()):
        return errors.overloaded()
    if isinstance(error, _DATABASE_UNAVAILABLE) or (
        isinstance(error, grpc.aio.AioRpcError) and error.code() in _SERVICE_UNAVAILABLE
    ):
        return errors.Unavailable("DEPENDENCY_UNAVAILABLE", "a part of the system is unavailable; try again")
    return errors.Internal()


def code_of(error: errors.ServiceError) -> grpc.StatusCode:
    """Returns the status code of the nearest class in the error's MRO."""
    return next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)


def status_of(error: errors.ServiceError) -> status_pb2.Status:
    """Returns the status with an ErrorInfo, and a BadRequest if fields break rules."""
    number, _ = code_of(error).value
    status = status_pb2.Status(code=number, message=error.message, details=[any_pb2.Any()])
    status.details[0].Pack(error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=error.metadata))
    if isinstance(error, errors.InvalidArgument):
        bad_request = error_details_pb2.BadRequest()
        for field, description in error.violations:
            bad_request.field_violations.add(field=field, description=description)
        status.details.add().Pack(bad_request)
    return status
