"""Who may call a method: the access policy of the contract, and its enforcement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pool

from services.common.rpc.call import Call
from services.common.rpc.errors import PermissionDenied

Policy = access_pb2.Policy
Policies = Mapping[str, Policy]  # by path, as "/cnop.user.v1.AuthService/Login"
CallMetadata = Mapping[str, str | bytes]


class UserGate(Protocol):
    """Admits signed-in users."""

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        """Sets the principal of the call. Raises Unauthenticated, PermissionDenied or Unavailable."""
        ...


def read_policies(service_names: tuple[str, ...]) -> dict[str, Policy]:
    """Reads the policies of all methods of the named services from their descriptors.

    Raises ValueError if a policy is missing or incomplete: such a server must not start.
    """
    policies = {}
    for name in service_names:
        for method in descriptor_pool.Default().FindServiceByName(name).methods:
            policy = method.GetOptions().Extensions[access_pb2.policy]
            is_mesh = policy.caller == Policy.MESH
            if not policy.caller or not policy.rate_class or is_mesh != bool(policy.mesh_identities):
                raise ValueError(f"{method.full_name} has no complete access policy")
            policies[f"/{name}/{method.name}"] = policy
    return policies


def is_for_users(policy: Policy) -> bool:
    """Returns whether the callers are signed-in users."""
    return policy.caller in {Policy.USER, Policy.ADMIN}


def check_peer(peer: str) -> None:
    """Raises PermissionDenied for a caller whose certificate is of the authority but not of this mesh."""
    if not peer:
        raise PermissionDenied("MESH_IDENTITY_REQUIRED", "this port is for the services of the mesh; call the edge")


async def authorize(call: Call, method: str, policy: Policy, metadata: CallMetadata, users: UserGate | None) -> None:
    """Raises PermissionDenied, Unauthenticated or Unavailable unless the policy admits the caller. Fails closed."""
    check_peer(call.peer)
    if policy.caller == Policy.PUBLIC:
        return None
    if policy.caller == Policy.MESH:
        if call.peer in policy.mesh_identities:
            return None
        text = "this service may not call this method; its contract names those that may"
        raise PermissionDenied("MESH_IDENTITY_REQUIRED", text)
    if users is not None and is_for_users(policy):
        return await users.admit(call, method, policy, metadata)
    raise PermissionDenied("NO_ACCESS", "this method is closed; its contract names no callers")
