"""The routes of the edge agree with the access policy of each method."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from cnop.access.v1 import access_pb2
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2

from edge_config.configuration import render
from tests.edge.rendered import Configuration, caller_of, contract_of, edge_settings, methods_of

Policy = access_pb2.Policy
METHODS = methods_of(edge_settings().descriptors)
AT_EDGE = {path: method for path, method in METHODS.items() if caller_of(method) != Policy.MESH}
IN_MESH = {path: method for path, method in METHODS.items() if caller_of(method) == Policy.MESH}

NOT_SEEN = {"connect-failure", "refused-stream", "reset-before-request"}  # the request has not reached any service


@pytest.fixture(scope="module")
def configuration() -> Configuration:
    return Configuration(edge_settings())


@pytest.fixture
def with_admin_method(tmp_path: Path) -> Configuration:
    return Configuration(edge_settings(descriptors=contract_of(tmp_path, "cnop.user.v1.AdminService", Policy.ADMIN)))


def test_every_method_has_a_complete_policy() -> None:
    for path, method in METHODS.items():
        policy = method.options.Extensions[access_pb2.policy]
        assert policy.caller, path
        assert policy.rate_class, path
        assert bool(policy.mesh_identities) == (policy.caller == Policy.MESH), path


def test_the_edge_routes_exactly_the_methods_that_are_not_of_the_mesh(configuration: Configuration) -> None:
    assert AT_EDGE
    assert IN_MESH
    assert set(configuration.method_routes) == set(AT_EDGE)


def test_no_method_of_the_mesh_has_a_path_in_http() -> None:
    for path, method in IN_MESH.items():
        assert not method.options.HasExtension(annotations_pb2.http), path


def test_each_method_goes_to_the_service_that_owns_it(configuration: Configuration) -> None:
    for path, route in configuration.method_routes.items():
        owner = path.split(".")[1]
        assert route["route"]["cluster"] == owner + ("-streams" if AT_EDGE[path].server_streaming else "")
        assert route["route"]["cluster"] in configuration.clusters


def test_the_streams_of_a_service_have_a_cluster_with_the_same_replicas_and_a_limit_of_its_own(
    configuration: Configuration,
) -> None:
    calls, streams = configuration.clusters["inventory"], configuration.clusters["inventory-streams"]
    assert _endpoints(streams) == _endpoints(calls)
    assert streams["transport_socket"] == calls["transport_socket"], "the same identity is expected"
    limits = [one["circuit_breakers"]["thresholds"][0]["max_requests"] for one in (calls, streams)]
    assert limits == [200, 4000]
    assert "user-streams" not in configuration.clusters


def _endpoints(cluster: dict[str, Any]) -> list[Any]:
    return [one["lb_endpoints"] for one in cluster["load_assignment"]["endpoints"]]


@pytest.mark.parametrize("path", AT_EDGE)
def test_a_token_is_asked_for_where_the_policy_asks_for_one(configuration: Configuration, path: str) -> None:
    rule = configuration.rule(path, "jwt_authn")
    assert rule is not None
    is_public = caller_of(AT_EDGE[path]) == Policy.PUBLIC
    assert rule.get("disabled") is (True if is_public else None)
    assert rule.get("requirement_name") == (None if is_public else "token")


def test_the_cookie_is_passed_on_only_by_the_routes_of_methods_that_take_it(configuration: Configuration) -> None:
    taking = {path for path, method in AT_EDGE.items() if method.options.Extensions[access_pb2.policy].session_cookie}
    assert taking == {f"/cnop.user.v1.AuthService/{name}" for name in ("Login", "RefreshToken", "Logout")}
    assert set(configuration.cookie_routes) == taking
    for route in configuration.method_routes.values():
        assert "cookie" in route["request_headers_to_remove"], route["name"]


def test_a_call_with_a_cookie_needs_no_token_counts_for_its_address_and_is_matched_first(
    configuration: Configuration,
) -> None:
    order = [
        (route["match"]["path"], "headers" in route["match"])
        for route in configuration.routes
        if "path" in route["match"]
    ]
    for path, route in configuration.cookie_routes.items():
        assert order.index((path, True)) < order.index((path, False))
        assert route["match"]["headers"] == [{"name": "x-cnop-session", "string_match": {"exact": "cookie"}}]
        assert route["typed_per_filter_config"]["envoy.filters.http.jwt_authn"]["disabled"] is True
        rate_class = Policy.RateClass.Name(AT_EDGE[path].options.Extensions[access_pb2.policy].rate_class)
        assert route["metadata"]["filter_metadata"]["cnop"] == {"masked_remote_address": rate_class}
        plain = configuration.method_routes[path]
        assert {**route["route"], "rate_limits": None} == {**plain["route"], "rate_limits": None}


@pytest.mark.parametrize("caller", [Policy.ADMIN, Policy.MESH])
def test_only_a_method_for_everyone_or_for_users_may_take_the_cookie(
    tmp_path: Path, caller: Policy.Caller.ValueType
) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", caller, session_cookie=True)
    with pytest.raises(ValueError, match=r"AdminService/ListUsers takes a session cookie, but is neither"):
        render(edge_settings(descriptors=descriptors))


def test_a_route_without_a_rule_needs_a_token(configuration: Configuration) -> None:
    tokens = configuration.filters["jwt_authn"]
    assert tokens["rules"] == [{"match": {"prefix": "/"}, "requires": {"provider_name": "cnop"}}]
    assert tokens["requirement_map"] == {"token": {"provider_name": "cnop"}}


def test_the_routes_that_are_not_of_a_method_reach_no_service(configuration: Configuration) -> None:
    others = {route["name"]: route for route in configuration.routes if "path" not in route["match"]}
    for name in ("json", "head"):
        assert others.pop(name)["route"]["cluster"] == "nowhere"
    assert "endpoints" not in configuration.clusters["nowhere"]["load_assignment"]
    statuses = {name: route["direct_response"]["status"] for name, route in others.items()}
    assert statuses == {"no_post": 405, "unknown_compression": 415, "none": 404, "connect": 404}


def test_an_admin_method_needs_a_token(with_admin_method: Configuration) -> None:
    rule = with_admin_method.rule("/cnop.user.v1.AdminService/ListUsers", "jwt_authn")
    assert rule is not None
    assert rule["requirement_name"] == "token"


def test_a_method_without_a_policy_stops_the_generator(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", None)
    with pytest.raises(ValueError, match=r"AdminService\.ListUsers has no access policy"):
        render(edge_settings(descriptors=descriptors))


def test_a_method_of_an_unknown_service_stops_the_generator(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.weather.v1.WeatherService", Policy.PUBLIC)
    with pytest.raises(ValueError, match="not a service of the edge"):
        render(edge_settings(descriptors=descriptors))


@pytest.mark.parametrize("path", AT_EDGE)
def test_each_method_is_limited_by_the_class_of_its_policy(configuration: Configuration, path: str) -> None:
    rate_class = Policy.RateClass.Name(AT_EDGE[path].options.Extensions[access_pb2.policy].rate_class)
    route = configuration.method_routes[path]
    is_public = caller_of(AT_EDGE[path]) == Policy.PUBLIC
    callers = {"user": not is_public, "masked_remote_address": is_public or rate_class in ("MONEY", "TRADE")}
    counted = [who for who, counts in callers.items() if counts]
    assert route["metadata"]["filter_metadata"]["cnop"] == dict.fromkeys(counted, rate_class)
    counted_by = [
        [next(iter(action)) for action in limit["actions"]] for limit in route["route"].get("rate_limits", [])
    ]
    actions = {"user": "metadata", "masked_remote_address": "masked_remote_address"}
    shared = [["generic_key", actions[who]] for who in counted]
    assert counted_by == ([] if rate_class in ("READ", "HISTORY", "SESSION") else shared)


def test_the_services_at_the_edge_are_transcoded_and_no_others(configuration: Configuration) -> None:
    services = configuration.filters["grpc_json_transcoder"]["services"]
    assert len(services) == len(set(services))
    assert set(services) == {path[1:].partition("/")[0] for path in AT_EDGE}


def test_access_is_decided_after_the_transcoder_has_chosen_the_method(with_admin_method: Configuration) -> None:
    order = [
        *("limit_flood", "rbac", "health_check", "cors", "limit_all"),
        *("buffer", "rest_input", "grpc_json_transcoder"),
        *("jwt_authn", "ratelimit", "limit_class", "router"),
    ]
    assert [name for name in with_admin_method.filters if name in order] == order


@pytest.mark.parametrize("path", AT_EDGE)
def test_only_a_method_without_side_effects_is_repeated_once_a_service_has_seen_it(
    configuration: Configuration, path: str
) -> None:
    policy = configuration.method_routes[path]["route"]["retry_policy"]
    conditions = set(policy["retry_on"].split(","))
    has_side_effects = AT_EDGE[path].options.idempotency_level != descriptor_pb2.MethodOptions.NO_SIDE_EFFECTS
    assert conditions >= NOT_SEEN
    assert (conditions == NOT_SEEN) == has_side_effects
    assert policy["num_retries"] <= 2


def test_every_call_has_a_deadline_and_a_stream_a_long_one(configuration: Configuration) -> None:
    for path, route in configuration.method_routes.items():
        seconds = "600s" if AT_EDGE[path].server_streaming else "10s"
        assert route["route"]["max_stream_duration"]["max_stream_duration"] == seconds, path
