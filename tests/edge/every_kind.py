"""An edge in front of a method that takes every kind of field, and what it makes of requests."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_tools import protoc

from codegen.paths import DESCRIPTORS
from tests.edge.mesh import Edge, running

HERE = Path(__file__).parent
PUT, GET = "/everything/1:put", "/everything/1"
STRING, INTEGER = "must be a string", "must be a whole number"
TIME = 'must be a time such as "2026-01-31T12:00:00Z"'
FIELDS = (
    "text, octets, truth, color, small, small_count, large, large_count, ratio, part, parts, texts, named, moment, "
    "end, named_parts"
)
OF_PART = "text, colors, whole"


class Mirror(grpc.GenericRpcHandler):
    """Serves the method that every path here leads to: its answer is its request."""

    def __init__(self, descriptors: Path) -> None:
        pool = descriptor_pool.DescriptorPool()
        for file in descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes()).file:
            pool.Add(file)
        self._message = GetMessageClass(pool.FindMessageTypeByName("cnop.user.v1.Everything"))

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> grpc.RpcMethodHandler[Any, Any] | None:
        if handler_call_details.method != "/cnop.user.v1.EveryKindService/Put":
            return None
        # Parsed, so that entries of maps have a value: Envoy's transcoder crashes on an answer where one has none.
        return grpc.unary_unary_rpc_method_handler(
            self._answer, self._message.FromString, self._message.SerializeToString
        )

    async def _answer(self, request: Message, _: object) -> Message:
        return request


@asynccontextmanager
async def every_kind(folder: Path) -> AsyncIterator[Edge]:
    """Starts an edge whose method takes every kind of field, and answers with its request."""
    descriptors = folder / "every_kind.binpb"
    source = [f"--descriptor_set_in={DESCRIPTORS}", f"--proto_path={HERE}", "every_kind.proto"]
    assert protoc.main(["protoc", *source, "--include_imports", f"--descriptor_set_out={descriptors}"]) == 0
    async with running(folder, descriptors=descriptors, more=(Mirror(descriptors),)) as started:
        yield started


def taken(answer: httpx.Response) -> dict[str, Any]:
    """Returns the request that reached the service, as JSON. Fails if none did."""
    assert answer.status_code == 200, answer.text
    seen: dict[str, Any] = answer.json()
    return seen


def violation(answer: httpx.Response) -> tuple[str, str]:
    """Returns the field that an error names, and the description. Checks the rest of the error."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert len(body["details"]) == 2, body
    info, bad_request = body["details"]
    assert (body["code"], info["reason"], info["domain"]) == (3, "INVALID_FIELD", "cnop")
    assert bad_request["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    [one] = bad_request["field_violations"]
    assert body["message"] == f"{one['field']} {one['description']}".strip()
    return one["field"], one["description"]
