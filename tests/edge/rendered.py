"""A rendered configuration, and the contracts to compare it with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from cnop.access.v1 import access_pb2
from google.api import annotations_pb2
from google.protobuf import descriptor_pb2

from edge_config.configuration import render
from edge_config.settings import EdgeSettings
from local import fetch

Json = dict[str, Any]


def edge_settings(**changes: Any) -> EdgeSettings:
    """The default settings, with the Swagger UI that `local fetch` downloaded."""
    return EdgeSettings(swagger_ui=fetch.SWAGGER_UI.folder, **changes)


class Configuration:
    """The parts of a rendered configuration that tests look at."""

    def __init__(self, settings: EdgeSettings) -> None:
        self.bootstrap: Json = yaml.safe_load(render(settings))
        (listener,) = (one for one in self.bootstrap["static_resources"]["listeners"] if one["name"] == "edge")
        *_, manager = listener["filter_chains"][0]["filters"]
        self.manager: Json = manager["typed_config"]
        (virtual_host,) = self.manager["route_config"]["virtual_hosts"]
        self.routes: list[Json] = virtual_host["routes"]

    @property
    def clusters(self) -> dict[str, Json]:
        return {cluster["name"]: cluster for cluster in self.bootstrap["static_resources"]["clusters"]}

    @property
    def method_routes(self) -> dict[str, Json]:
        """The routes of the methods, by gRPC path, for calls without a session cookie."""
        return {
            route["match"]["path"]: route
            for route in self.routes
            if "path" in route["match"] and "headers" not in route["match"] and "route" in route
        }

    @property
    def cookie_routes(self) -> dict[str, Json]:
        """The routes of the methods, by gRPC path, for calls whose session is in a cookie."""
        return {
            route["match"]["path"]: route
            for route in self.routes
            if "headers" in route["match"] and "path" in route["match"] and "route" in route
        }

    @property
    def filters(self) -> dict[str, Json]:
        """The filters in order, by short name: their configuration, or the source of it."""
        return {
            entry["name"].removeprefix("envoy.filters.http."): entry.get("typed_config") or entry["config_discovery"]
            for entry in self.manager["http_filters"]
        }

    def rule(self, path: str, name: str) -> Json | None:
        """The per-route configuration of a filter for a method."""
        rules: dict[str, Json] = self.method_routes[path]["typed_per_filter_config"]
        return rules.get(f"envoy.filters.http.{name}")


def methods_of(descriptors: Path) -> dict[str, descriptor_pb2.MethodDescriptorProto]:
    """All methods of a descriptor set, by gRPC path."""
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    return {
        f"/{file.package}.{service.name}/{method.name}": method
        for file in files.file
        for service in file.service
        for method in service.method
    }


def caller_of(method: descriptor_pb2.MethodDescriptorProto) -> access_pb2.Policy.Caller.ValueType:
    return method.options.Extensions[access_pb2.policy].caller


def contract_of(
    folder: Path,
    service: str,
    caller: access_pb2.Policy.Caller.ValueType | None,
    path: str = "/api/users",
    *,
    session_cookie: bool = False,
) -> Path:
    """Writes a descriptor set with one method, ListUsers, of a service such as "cnop.user.v1.AdminService"."""
    package, _, name = service.rpartition(".")
    empty = descriptor_pb2.FileDescriptorProto(name="empty.proto", package="google.protobuf", syntax="proto3")
    empty.message_type.add(name="Empty")
    file = descriptor_pb2.FileDescriptorProto(
        name="hand_made.proto", package=package, syntax="proto3", dependency=[empty.name]
    )
    method = file.service.add(name=name).method.add(
        name="ListUsers", input_type=".google.protobuf.Empty", output_type=".google.protobuf.Empty"
    )
    if caller is not None:
        policy = method.options.Extensions[access_pb2.policy]
        policy.caller = caller
        policy.rate_class = access_pb2.Policy.READ
        policy.session_cookie = session_cookie
    method.options.Extensions[annotations_pb2.http].get = path
    descriptors = folder / "hand_made.binpb"
    descriptors.write_bytes(descriptor_pb2.FileDescriptorSet(file=[empty, file]).SerializeToString())
    return descriptors
