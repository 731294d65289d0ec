"""Mutated requests to every method, by gRPC at the edge and at the ports of the services."""

from __future__ import annotations

import asyncio
import time
from random import Random

import grpc
import protovalidate
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessageClass

from tests.e2e.contract import MESH, METHODS, Method
from tests.e2e.rpc import RpcRefusal, bearer, outcome

from .octets import mutated
from .samples import SAMPLES
from .target import Target

AT_ONCE = 8
# The codes that no request may cause. DEADLINE_EXCEEDED would mean that a request blocks the service.
FAULTS = {
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED,
    grpc.StatusCode.DATA_LOSS,
    grpc.StatusCode.UNIMPLEMENTED,
}


async def attack(target: Target, random: Random, seconds: float) -> None:
    """Sends mutated requests for `seconds`."""
    until = time.monotonic() + seconds

    async def one_after_another(choices: Random) -> None:
        while time.monotonic() < until and not target.is_spoilt:
            await _try(target, choices)

    async with asyncio.TaskGroup() as group:
        for _ in range(AT_ONCE):
            group.create_task(one_after_another(Random(random.getrandbits(64))))


async def _try(target: Target, random: Random) -> None:
    method = random.choice(METHODS)
    request = mutated(SAMPLES[method.path], random, tuple(SAMPLES.values()))
    is_good = keeps_the_contract(method, request)
    is_mesh = method in MESH
    if is_mesh and is_good and method.owner != "ratelimit":  # it would have an effect that no saga requested
        return
    part = method.mesh_identities[0] if is_mesh else "operator"
    where = method.owner if is_mesh else random.choice(("edge", method.owner))
    channel = target.channels["edge"] if where == "edge" else target.channels.of(method.owner, part)
    target.count(f"protobuf at {'the edge' if where == 'edge' else 'a port'}")
    answer = await outcome(channel, method.path, request, bearer(target.token()))
    problem = _problem(answer, is_good=is_good)
    if problem:
        target.found(f"{method.path} at {where}: {problem}, for {request.hex()}")


def keeps_the_contract(method: Method, request: bytes) -> bool:
    """Tells whether a request can be parsed and meets the rules of all fields."""
    try:
        message = GetMessageClass(method.request).FromString(request)
    except DecodeError:
        return False
    message.DiscardUnknownFields()
    return not protovalidate.collect_violations(message)


def _problem(answer: bytes | RpcRefusal, *, is_good: bool) -> str:
    if isinstance(answer, bytes):
        return "" if is_good else "it was accepted"
    if answer.code in FAULTS:
        return f"{answer.code.name}: {answer.message}"
    if not is_good and answer.code != grpc.StatusCode.INVALID_ARGUMENT:
        return f"{answer.code.name} instead of INVALID_ARGUMENT"
    return ""
