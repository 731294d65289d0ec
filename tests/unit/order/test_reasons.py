from __future__ import annotations

import grpc
import pytest
from google.rpc import status_pb2

from services.common.rpc import errors, status
from services.order.clients import info_of


def rpc_error(code: grpc.StatusCode, *trailing: tuple[str, bytes]) -> grpc.aio.AioRpcError:
    return grpc.aio.AioRpcError(code, grpc.aio.Metadata(), grpc.aio.Metadata(*trailing), details="")


def test_the_info_of_an_error_is_read_from_its_details() -> None:
    details = status.status_of(errors.FailedPrecondition("OUT_OF_STOCK", "none", needed="2")).SerializeToString()
    error = rpc_error(grpc.StatusCode.FAILED_PRECONDITION, (status.DETAILS_KEY, details), ("other-bin", b"x"))
    info = info_of(error)
    assert (info.reason, dict(info.metadata)) == ("OUT_OF_STOCK", {"needed": "2"})


@pytest.mark.parametrize(
    "trailing",
    [(), ((status.DETAILS_KEY, status_pb2.Status(code=9).SerializeToString()),)],
    ids=["no details", "details without a reason"],
)
def test_an_error_without_a_reason_has_an_empty_one(trailing: tuple[tuple[str, bytes], ...]) -> None:
    assert info_of(rpc_error(grpc.StatusCode.NOT_FOUND, *trailing)).reason == ""
