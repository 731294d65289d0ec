from __future__ import annotations

from collections.abc import Iterator

import aiodynamo.errors
import grpc
import pytest
from google.rpc import error_details_pb2

from services.common.rpc import errors, status

SECRET = "password=hunter2 at /srv/app/main.py line 7"


def subclasses(kind: type[errors.ServiceError]) -> Iterator[type[errors.ServiceError]]:
    for subclass in kind.__subclasses__():
        yield subclass
        yield from subclasses(subclass)


def rpc_error(code: grpc.StatusCode) -> grpc.aio.AioRpcError:
    return grpc.aio.AioRpcError(code, grpc.aio.Metadata(), grpc.aio.Metadata(), details=SECRET)


def test_every_kind_of_error_has_its_own_code() -> None:
    kinds = {kind for kind in errors.ServiceError.__subclasses__() if kind.__module__ == errors.__name__}
    assert kinds == set(status.CODES)
    assert len(set(status.CODES.values())) == len(kinds)
    assert grpc.StatusCode.OK not in status.CODES.values()


def test_a_subclass_has_the_code_of_its_base_class() -> None:
    class Vanished(errors.NotFound):
        pass

    assert status.code_of(Vanished("GONE", "gone")) is grpc.StatusCode.NOT_FOUND


def test_the_status_has_reason_message_and_metadata() -> None:
    answer = status.status_of(errors.FailedPrecondition("INSUFFICIENT_FUNDS", "not enough", needed="2.00"))
    assert (answer.code, answer.message) == (grpc.StatusCode.FAILED_PRECONDITION.value[0], "not enough")
    info = error_details_pb2.ErrorInfo()
    assert answer.details[0].Unpack(info)
    assert (info.reason, info.domain, dict(info.metadata)) == ("INSUFFICIENT_FUNDS", "cnop", {"needed": "2.00"})


def test_each_violation_of_a_field_rule_is_listed() -> None:
    answer = status.status_of(errors.InvalidArgument(("amount", "must be above 0"), ("", "must fit together")))
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    assert answer.details[0].Unpack(info)
    assert answer.details[1].Unpack(bad)
    assert info.reason == "INVALID_FIELD"
    assert answer.message == "amount must be above 0; must fit together"
    assert [(one.field, one.description) for one in bad.field_violations] == [
        ("amount", "must be above 0"),
        ("", "must fit together"),
    ]


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError(SECRET),
        KeyError(SECRET),
        aiodynamo.errors.UnknownError(400, SECRET.encode()),
        rpc_error(grpc.StatusCode.INTERNAL),
        rpc_error(grpc.StatusCode.UNKNOWN),
        rpc_error(grpc.StatusCode.PERMISSION_DENIED),
        ExceptionGroup(SECRET, [RuntimeError(SECRET)]),
    ],
    ids=repr,
)
def test_the_text_of_an_unknown_error_is_never_sent(error: Exception) -> None:
    answer = status.status_of(status.as_service_error(error))
    assert answer.code == grpc.StatusCode.INTERNAL.value[0]
    assert answer.message == "internal error"
    assert SECRET.encode() not in answer.SerializeToString()


@pytest.mark.parametrize(
    "error",
    [
        TimeoutError(SECRET),
        ConnectionResetError(SECRET),
        aiodynamo.errors.ProvisionedThroughputExceeded(SECRET),
        aiodynamo.errors.Throttled(SECRET),
        aiodynamo.errors.InternalDynamoError(SECRET),
        aiodynamo.errors.RequestLimitExceeded(SECRET),
        aiodynamo.errors.ServiceUnavailable(SECRET),
        rpc_error(grpc.StatusCode.UNAVAILABLE),
        rpc_error(grpc.StatusCode.DEADLINE_EXCEEDED),
        rpc_error(grpc.StatusCode.RESOURCE_EXHAUSTED),
    ],
    ids=repr,
)
def test_an_unreachable_dependency_is_unavailable(error: Exception) -> None:
    answer = status.as_service_error(error)
    assert status.code_of(answer) is grpc.StatusCode.UNAVAILABLE
    assert answer.reason == "DEPENDENCY_UNAVAILABLE"
    assert SECRET not in answer.message


def test_what_a_dependency_has_shed_is_overload_to_the_caller_too() -> None:
    shed = grpc.aio.AioRpcError(grpc.StatusCode.UNAVAILABLE, grpc.aio.Metadata(), grpc.aio.Metadata(*status.NO_RETRY))
    answer = status.as_service_error(shed)
    assert isinstance(answer, errors.Shed)
    assert (status.code_of(answer), answer.reason) == (grpc.StatusCode.UNAVAILABLE, "OVERLOADED")
    assert answer.metadata["retry_after_seconds"] == "1"


def test_a_service_error_is_sent_as_it_is() -> None:
    error = errors.NotFound("ORDER_NOT_FOUND", "there is no such order")
    assert status.as_service_error(error) is error
