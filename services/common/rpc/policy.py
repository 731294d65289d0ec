"""The access policy of each method, read from the contract."""

from __future__ import annotations

from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pool

Policy = access_pb2.Policy


def read(service_names: tuple[str, ...]) -> dict[str, Policy]:
    """The policies of all methods of the named services, by path ("/cnop.user.v1.AuthService/Login").

    Raises ValueError for a method whose policy is missing or incomplete: such a server must not start.
    """
    policies = {}
    for name in service_names:
        service = descriptor_pool.Default().FindServiceByName(name)
        for method in service.methods:
            policy = method.GetOptions().Extensions[access_pb2.policy]
            is_mesh = policy.caller == Policy.MESH
            if not policy.caller or not policy.rate_class or is_mesh != bool(policy.mesh_identities):
                raise ValueError(f"{method.full_name} has no complete access policy")
            policies[f"/{name}/{method.name}"] = policy
    return policies
