"""Turns exceptions into `google.rpc.Status`, by one table."""

from __future__ import annotations

import asyncio

import aiodynamo.errors
import grpc
from google.protobuf import any_pb2
from google.rpc import error_details_pb2, status_pb2

from services.common.rpc import errors

DOMAIN = "cnop"
DETAILS_KEY = "grpc-status-details-bin"

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

# What a dependency that is away, slow or overloaded raises: the database by its HTTP client, a service by its channel.
_DEPENDENCY_ERRORS = (
    aiodynamo.errors.InternalDynamoError,
    aiodynamo.errors.ProvisionedThroughputExceeded,
    aiodynamo.errors.RequestLimitExceeded,
    aiodynamo.errors.ServiceUnavailable,
    aiodynamo.errors.TableNotFound,
    aiodynamo.errors.Throttled,
    asyncio.TimeoutError,
    ConnectionError,
)
_TRANSIENT_CODES = {
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.RESOURCE_EXHAUSTED,
    grpc.StatusCode.CANCELLED,
}


def as_service_error(error: Exception) -> errors.ServiceError:
    """The answer that an exception stands for."""
    if isinstance(error, errors.ServiceError):
        return error
    is_away = isinstance(error, _DEPENDENCY_ERRORS) or (
        isinstance(error, grpc.aio.AioRpcError) and error.code() in _TRANSIENT_CODES
    )
    if is_away:
        return errors.Unavailable("DEPENDENCY_UNAVAILABLE", "a part of the system is away; try again")
    return errors.Internal()


def code_of(error: errors.ServiceError) -> grpc.StatusCode:
    """The status code of an error, that of the nearest class in its MRO."""
    return next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)


def status_of(error: errors.ServiceError) -> status_pb2.Status:
    """The status with an ErrorInfo, and a BadRequest for broken field rules."""
    number, _ = code_of(error).value
    details = [error_details_pb2.ErrorInfo(reason=error.reason, domain=DOMAIN, metadata=error.metadata)]
    if isinstance(error, errors.InvalidArgument):
        details.append(
            error_details_pb2.BadRequest(
                field_violations=[
                    error_details_pb2.BadRequest.FieldViolation(field=field, description=description)
                    for field, description in error.violations
                ]
            )
        )
    packed = []
    for detail in details:
        any_detail = any_pb2.Any()
        any_detail.Pack(detail)
        packed.append(any_detail)
    return status_pb2.Status(code=number, message=error.message, details=packed)


def reason_of(error: grpc.aio.AioRpcError) -> tuple[str, str]:
    """The ErrorInfo reason (empty when there is none) and the message of an error that a service answered."""
    for key, value in error.trailing_metadata() or ():
        if key == DETAILS_KEY and isinstance(value, bytes):
            for detail in status_pb2.Status.FromString(value).details:
                info = error_details_pb2.ErrorInfo()
                if detail.Unpack(info):
                    return info.reason, error.details() or ""
    return "", error.details() or ""
