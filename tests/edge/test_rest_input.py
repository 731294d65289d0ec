"""No refusal of the edge repeats a value, and no fault lets unchecked input pass."""

from __future__ import annotations

import json
import re
import string
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edge_config import bindings
from tests.edge.every_kind import FIELDS, GET, PUT, every_kind, violation
from tests.edge.mesh import Edge, running
from tests.edge.rendered import contract_of


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with every_kind(tmp_path_factory.mktemp("edge")) as started:
        yield started


CANARY = "canary-0123"
scalars = st.one_of(
    st.sampled_from([CANARY, f"{CANARY}=", "RED", "5", "1.0", "2026-01-01T00:00:00Z", "", "true", "NaN"]),
    st.text(string.printable, max_size=8).map(lambda text: CANARY + text),
    st.sampled_from([None, True, 1, -1, 3, 1.5, 2**31, 2**32, 2**63, 2**64, -(2**63) - 1, 1e308]),
)
names = st.sampled_from([*FIELDS.split(", "), "smallCount", "id", "colors", "whole", CANARY, f"x{CANARY}"])
things = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=5
)
many = settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def assert_tells_nothing(answer: httpx.Response) -> None:
    """Asserts that a request was taken, or refused in the edge's own words by the name of its field."""
    if answer.status_code != 200:
        field, description = violation(answer)
        assert CANARY not in answer.text + str(answer.headers)
        assert field or description.startswith("the "), answer.text


@many
@given(body=st.dictionaries(names, things, max_size=3), cut=st.integers(0, 60))
async def test_no_refusal_of_a_body_repeats_a_value(edge: Edge, body: dict[str, Any], cut: int) -> None:
    text = json.dumps(body)
    assert_tells_nothing(await edge.http.post(PUT, content=text))
    assert_tells_nothing(await edge.http.post(PUT, content=text[: max(len(text) - cut, 1)]))
    assert_tells_nothing(await edge.http.post(PUT, content=text.replace("canary", "canary\\ud800")))
    answer = await edge.http.post(PUT, content=text.replace("canary", "canary\xff").encode("latin-1"))
    assert_tells_nothing(answer)


paths = st.lists(names, min_size=1, max_size=3).map(".".join)


@many
@example(query=[(f"part.{CANARY}", "1")])
@given(query=st.lists(st.tuples(paths, scalars.map(str)), max_size=3))
async def test_no_refusal_of_a_query_repeats_a_value(edge: Edge, query: list[tuple[str, str]]) -> None:
    assert_tells_nothing(await edge.http.get(f"{GET}?{urlencode(query)}"))
    assert_tells_nothing(await edge.http.get(f"{GET}?{urlencode(query).replace('canary', 'canary%FF')}"))


async def test_what_only_the_transcoder_refuses_is_refused_in_our_words_too(tmp_path: Path) -> None:
    def unchecked(configuration: str) -> str:
        start = "local function check(field, type, text, path)"
        assert start in configuration
        return configuration.replace(start, f"{start} if true then return end")

    async with running(tmp_path, edit=unchecked) as edge:
        for answer in (
            await edge.http.post("/api/v1/auth/login", json={"username": 123456}),
            await edge.http.get(f"/api/v1/orders?page_size={CANARY}"),
            await edge.http.get(f"/api/v1/orders?side={CANARY}"),
        ):
            assert (answer.status_code, answer.json()["details"][0]["reason"]) == (400, "INVALID_FIELD")
            assert answer.json()["message"].startswith("the request does not fit its method")
            assert not {CANARY, "123456"} & set(re.findall(r"[\w-]+", answer.text + str(answer.headers)))
        assert CANARY not in (tmp_path / "access.log").read_text() + (tmp_path / "envoy.log").read_text()


async def test_a_fault_of_the_script_lets_nothing_pass(tmp_path: Path) -> None:
    def spoiled(configuration: str) -> str:
        start = "local function check_query(query, request, takes_body)"
        assert start in configuration
        return configuration.replace(start, f"{start} error('a fault')")

    async with running(tmp_path, edit=spoiled) as edge:
        answer = await edge.http.get("/api/v1/balance")
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (500, "INTERNAL")


def test_a_field_that_the_script_cannot_check_stops_the_generator(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", access_pb2.Policy.ADMIN)
    files = descriptor_pb2.FileDescriptorSet.FromString(descriptors.read_bytes())
    any_file = descriptor_pb2.FileDescriptorProto(
        name="any.proto", package="google.protobuf", syntax="proto3", message_type=[{"name": "Any"}]
    )
    [empty, hand_made] = files.file
    hand_made.dependency.append(any_file.name)
    request = hand_made.message_type.add(name="ListUsersRequest")
    request.field.add(name="filter", number=1, type="TYPE_MESSAGE", type_name=".google.protobuf.Any", label=1)
    hand_made.service[0].method[0].input_type = ".cnop.user.v1.ListUsersRequest"
    made = descriptor_pb2.FileDescriptorSet(file=[empty, any_file, hand_made])
    descriptors.write_bytes(made.SerializeToString())
    with pytest.raises(ValueError, match="filter"):
        bindings.lua_tables(descriptors)


def test_a_path_with_a_pattern_for_a_parameter_stops_the_generator(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", access_pb2.Policy.ADMIN, "/api/{name=users/*}")
    with pytest.raises(ValueError, match="must be a plain field name"):
        bindings.lua_tables(descriptors)
