from __future__ import annotations

import itertools

import pytest
from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2, descriptor_pool

from services.common.rpc.access import Policy, read_policies
from services.inventory.__main__ import SERVICES as INVENTORY
from services.order.__main__ import SERVICES as ORDER
from services.user.app import SERVICES as USER
from tests.e2e.access_table import METHODS

_package_numbers = itertools.count()


def service_with(given: Policy | None) -> str:
    """Returns the name of a new service with a valid method and one with the given policy."""
    package = f"test.policy{next(_package_numbers)}"
    file = descriptor_pb2.FileDescriptorProto(
        name=f"{package}.proto", package=package, syntax="proto3", dependency=["cnop/access/v1/access.proto"]
    )
    file.message_type.add(name="Nothing")
    service = file.service.add(name="Service")
    for name, one in {"Valid": Policy(caller=Policy.PUBLIC, rate_class=Policy.READ), "Tested": given}.items():
        method = service.method.add(name=name, input_type=f".{package}.Nothing", output_type=f".{package}.Nothing")
        if one is not None:
            method.options.Extensions[access_pb2.policy].CopyFrom(one)
    descriptor_pool.Default().Add(file)  # type: ignore[no-untyped-call]
    return f"{package}.Service"


@pytest.mark.parametrize(
    "given",
    [
        None,
        Policy(),
        Policy(caller=Policy.PUBLIC),
        Policy(rate_class=Policy.READ),
        Policy(caller=Policy.MESH, rate_class=Policy.INTERNAL),
        Policy(caller=Policy.PUBLIC, rate_class=Policy.READ, mesh_identities=["order"]),
        Policy(caller=Policy.USER, rate_class=Policy.READ, mesh_identities=["order"]),
    ],
    ids=[
        "none",
        "empty",
        "no class",
        "no caller",
        "mesh without identities",
        "public with identities",
        "user with identities",
    ],
)
def test_an_incomplete_policy_is_an_error(given: Policy | None) -> None:
    name = service_with(given)
    with pytest.raises(ValueError, match=rf"{name}\.Tested has no complete access policy"):
        read_policies((name,))


def test_complete_policies_are_keyed_by_path() -> None:
    given = Policy(caller=Policy.MESH, rate_class=Policy.INTERNAL, mesh_identities=["order", "user"])
    name = service_with(given)
    policies = read_policies((name,))
    assert policies[f"/{name}/Tested"] == given
    assert policies[f"/{name}/Valid"].caller == Policy.PUBLIC


@pytest.mark.parametrize("services", [USER, INVENTORY, ORDER])
def test_every_served_method_has_a_policy(services: tuple[str, ...]) -> None:
    methods = {
        f"/{name}/{method.name}"
        for name in services
        for method in descriptor_pool.Default().FindServiceByName(name).methods
    }
    assert set(read_policies(services)) == methods


def test_only_the_user_and_the_order_service_can_move_money_or_stock() -> None:
    policies = read_policies(USER + INVENTORY + ORDER)
    mesh = {path for path, one in policies.items() if one.caller == Policy.MESH}
    harmless = {
        "/cnop.inventory.v1.StockService/BatchGetQuotes",
        "/cnop.user.v1.SessionService/ListRevocations",
        "/cnop.user.v1.AuditLogService/RecordEvent",
        "/cnop.user.v1.AuditLogService/RecordRefusal",
    }
    for path in mesh - harmless:
        assert list(policies[path].mesh_identities) == ["order"]


@pytest.mark.parametrize(
    ("caller", "who"),
    [
        (Policy.PUBLIC, "public"),
        (Policy.USER, "users"),
        (Policy.ADMIN, "admins"),
        (Policy.MESH, "named parts of the mesh"),
    ],
)
def test_a_method_is_for_whom_the_table_of_access_names(caller: Policy.Caller, who: str) -> None:
    read = {path for path, one in read_policies(USER + INVENTORY + ORDER).items() if one.caller == caller}
    assert read == {f"/{service}/{method}" for service, methods in METHODS[who].items() for method in methods}
