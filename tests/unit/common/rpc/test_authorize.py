"""The access policy of a method is enforced, and fails closed."""

from __future__ import annotations

from typing import Any

import pytest

from services.common.rpc.access import CallMetadata, Policy, authorize, check_peer
from services.common.rpc.call import Call
from services.common.rpc.errors import PermissionDenied, Unauthenticated

METHOD, METADATA = "/test.Service/Method", {"authorization": "Bearer x"}
MESH = Policy(caller=Policy.MESH, mesh_identities=["order"])


def call(peer: str) -> Call:
    return Call("r-1", 0.0, peer=peer)


class Gate:
    """Admits one user, and remembers what it was asked."""

    def __init__(self, error: Exception | None = None) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.error = error

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        self.asked.append((call, method, policy, metadata))
        if self.error:
            raise self.error


@pytest.mark.parametrize("caller", [Policy.PUBLIC, Policy.MESH, Policy.USER, Policy.ADMIN])
async def test_whoever_is_not_of_the_mesh_is_refused_whatever_the_policy(caller: Policy.Caller.ValueType) -> None:
    gate = Gate()
    with pytest.raises(PermissionDenied) as refused:
        await authorize(call(""), METHOD, Policy(caller=caller, mesh_identities=[""]), METADATA, gate)
    assert (refused.value.reason, gate.asked) == ("MESH_IDENTITY_REQUIRED", [])
    with pytest.raises(PermissionDenied, match=r"^this port is for the services of the mesh; call the edge$"):
        check_peer("")


async def test_a_public_method_asks_for_no_user() -> None:
    gate = Gate()
    await authorize(call("edge"), METHOD, Policy(caller=Policy.PUBLIC), METADATA, gate)
    assert gate.asked == []


async def test_a_method_of_the_mesh_admits_only_the_services_that_it_names() -> None:
    gate = Gate()
    await authorize(call("order"), METHOD, MESH, METADATA, gate)
    for other in ("edge", "user", "orders"):
        with pytest.raises(PermissionDenied, match="its contract names those that may") as refused:
            await authorize(call(other), METHOD, MESH, METADATA, gate)
        assert refused.value.reason == "MESH_IDENTITY_REQUIRED"
    assert gate.asked == []


@pytest.mark.parametrize("caller", [Policy.USER, Policy.ADMIN])
async def test_a_method_for_users_asks_the_gate_with_all_it_needs(caller: Policy.Caller.ValueType) -> None:
    gate, policy, current = Gate(), Policy(caller=caller), call("edge")
    await authorize(current, METHOD, policy, METADATA, gate)
    assert gate.asked == [(current, METHOD, policy, METADATA)]
    with pytest.raises(Unauthenticated):
        await authorize(current, METHOD, policy, METADATA, Gate(Unauthenticated("TOKEN_INVALID", "no")))


@pytest.mark.parametrize("caller", [Policy.USER, Policy.ADMIN, Policy.CALLER_UNSPECIFIED, 99])
async def test_a_method_is_closed_if_nothing_can_admit_its_callers(caller: Any) -> None:
    gate = None if caller in (Policy.USER, Policy.ADMIN) else Gate()
    with pytest.raises(PermissionDenied, match=r"^this method is closed; its contract names no callers$") as refused:
        await authorize(call("edge"), METHOD, Policy(caller=caller), METADATA, gate)
    assert refused.value.reason == "NO_ACCESS"
