"""The edge refuses malformed JSON, and wrong values by the name of their field, for every kind of field."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cnop.access.v1 import access_pb2
from grpc_tools import protoc

from codegen.paths import DESCRIPTORS
from edge_config import bindings
from tests.edge.mesh import Edge, running
from tests.edge.rendered import contract_of

HERE = Path(__file__).parent
PUT, GET = "/everything/1:put", "/everything/1"


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    folder = tmp_path_factory.mktemp("edge")
    descriptors = folder / "every_kind.binpb"
    source = [f"--descriptor_set_in={DESCRIPTORS}", f"--proto_path={HERE}", "every_kind.proto"]
    assert protoc.main(["protoc", *source, "--include_imports", f"--descriptor_set_out={descriptors}"]) == 0
    async with running(folder, descriptors=descriptors) as started:
        yield started


def assert_taken(answer: httpx.Response) -> None:
    """Asserts that the request reached the service, which lacks the method."""
    assert answer.status_code == 501, answer.text


def violation(answer: httpx.Response) -> tuple[str, str]:
    """Returns the field that an error names, and the description. Checks the rest of the error."""
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    info, bad_request = body["details"]
    assert (body["code"], info["reason"], info["domain"]) == (3, "INVALID_FIELD", "cnop")
    assert bad_request["@type"] == "type.googleapis.com/google.rpc.BadRequest"
    [one] = bad_request["field_violations"]
    assert body["message"] == f"{one['field']} {one['description']}".strip()
    return one["field"], one["description"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": "", "octets": "AAE=", "end": "\u0000\U0001f600\u007f"},
        {"truth": True},
        {"truth": "false"},
        {"color": "RED"},
        {"color": "green"},
        {"color": 2},
        {"small": -(2**31), "small_count": 2**32 - 1, "large": -(2**63), "large_count": 2**64 - 1},
        {"small": "-5", "smallCount": "5", "large": str(2**63 - 1), "largeCount": str(2**64 - 1)},
        {"ratio": 1.5},
        {"ratio": "-1.5e3"},
        {"ratio": "NaN"},
        {"part": {"text": "a", "colors": ["RED", 2], "whole": {"part": {}}}},
        {"parts": [{}, {"text": "a"}], "texts": ["a", "b"]},
        {"named": {"a": "b"}, "moment": "2026-01-01T00:00:00Z"},
        {"text": None, "truth": None, "color": None, "part": None, "parts": None, "named": None, "moment": None},
        {"unknown": {"a": [1, -0.5e-7, True, None, {"a": {}}]}},
    ],
    ids=repr,
)
async def test_what_a_field_can_hold_is_taken(edge: Edge, body: dict[str, Any]) -> None:
    for text in (json.dumps(body), json.dumps(body, indent="\t"), json.dumps(body, ensure_ascii=False)):
        assert_taken(await edge.http.post(PUT, content=text.encode()))


STRING, INTEGER = "must be a string", "must be a whole number"


@pytest.mark.parametrize(
    ("body", "field", "description"),
    [
        *(({"text": value}, "text", STRING) for value in (5, True, [], {}, ["a"])),
        ({"octets": 5}, "octets", STRING),
        *(({"truth": value}, "truth", "must be true or false") for value in (1, "yes", "", [], {})),
        *(({"color": value}, "color", "must be one of RED, GREEN") for value in ("BLUE", "", True, 1.5, 2**31, [], {})),
        *(({"small": value}, "small", INTEGER) for value in (1.5, True, "a", "", 2**31, -(2**31) - 1, [1], {})),
        *(({"small_count": value}, "small_count", f"{INTEGER} that is not negative") for value in (-1, 2**32)),
        ({"large": 2**64}, "large", INTEGER),
        ({"largeCount": -1}, "large_count", f"{INTEGER} that is not negative"),
        *(({"ratio": value}, "ratio", "must be a number") for value in ("a", False, [], {})),
        *(({"part": value}, "part", "must be an object") for value in ("a", 5, True, [], [{}])),
        *(({"texts": value}, "texts", "must be a list") for value in ("a", 5, {}, {"0": "a"})),
        ({"texts": ["a", 5]}, "texts[1]", STRING),
        ({"part": {"text": 5}}, "part.text", STRING),
        ({"parts": [{}, {"colors": ["RED", "BLUE"]}]}, "parts[1].colors[1]", "must be one of RED, GREEN"),
        ({"end": 5}, "end", STRING),
        ({"id": "2"}, "id", "is already in the path"),
    ],
    ids=repr,
)
async def test_what_a_field_cannot_hold_is_refused_by_its_name(
    edge: Edge, body: dict[str, Any], field: str, description: str
) -> None:
    assert violation(await edge.http.post(PUT, json=body)) == (field, description)


@pytest.mark.parametrize(
    ("body", "at"),
    [("[]", 1), ("null", 1), (" ", 2), ("{", 2), ("{} {}", 4), ("{'text': 'a'}", 2), ('{"text": "a",}', 14),
     ('{"text": "a\n"}', 12), ('{"text": "\\q"}', 11), ('{"text": "\\u12"}', 11), ('{"text": tru}', 10),
     ('{"small": 01}', 11), ('{"small": 1.}', 11), ('{"texts": ["a",]}', 16), ('{"text" "a"}', 9)],
)  # fmt: skip
async def test_what_is_no_json_is_refused_with_the_place(edge: Edge, body: str, at: int) -> None:
    told = ("", f"the body is not a JSON object: unexpected input at byte {at}")
    assert violation(await edge.http.post(PUT, content=body)) == told


async def test_what_is_no_unicode_is_refused_by_the_transcoder(edge: Edge) -> None:
    for body in (b'{"text": "\xff"}', b'{"unknown": "\xed\xa0\x80"}', b'{"text": "\\ud800"}', b'{"text": "\\udc00"}'):
        answer = await edge.http.post(PUT, content=body)
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (400, "INVALID_FIELD")


@pytest.mark.parametrize(
    ("body", "field"),
    [('{"text": "a", "text": "a"}', "text"), ('{"small_count": 1, "smallCount": 1}', "small_count"),
     ('{"text": null, "\\u0074ext": null}', "text"), ('{"part": {"text": "a", "text": "b"}}', "part.text"),
     ('{"unknown": 1, "unknown": 1}', "unknown"), ('{"é": 1, "é": 1}', "")],
)  # fmt: skip
async def test_a_field_that_stands_twice_is_refused_by_its_name(edge: Edge, body: str, field: str) -> None:
    assert violation(await edge.http.post(PUT, content=body)) == (field, "occurs twice in the body")


async def test_a_body_has_bounds_in_depth_and_in_values(edge: Edge) -> None:
    def nested(depth: int) -> str:
        return '{"unknown": ' + "[" * depth + "]" * depth + "}"

    assert_taken(await edge.http.post(PUT, content=nested(30)))
    assert_taken(await edge.http.post(PUT, json={"texts": ["a"] * 999}))
    for body in (nested(40), nested(30_000), json.dumps({"texts": ["a"] * 1000})):
        _, description = violation(await edge.http.post(PUT, content=body))
        assert description == "the body has more than 1000 values, or nests deeper than 32"


@pytest.mark.parametrize("query", ["?", "?text=a", "?&text", "?%74ext=a", "?=", "?smallCount=1", "?unknown=1"])
async def test_a_method_with_a_body_takes_nothing_from_the_query(edge: Edge, query: str) -> None:
    answer = await edge.http.post(httpx.URL(f"http://{edge.address}{PUT}{query}"), content="{}")
    if query == "?":
        assert_taken(answer)
    else:
        name = query[1:].replace("%74", "t").lstrip("&").partition("=")[0]
        assert violation(answer) == (name, "must be in the body, not in the query")


async def test_a_method_without_a_body_is_checked_by_its_query(edge: Edge) -> None:
    good = (
        "",
        "text=%C3%A9+a",
        "truth=True&color=red&small=-5",
        "texts=a&texts=b",
        "part.text=a",
        "largeCount=5",
        "end",
    )
    for query in good:
        for verb in ("GET", "DELETE"):
            assert_taken(await edge.http.request(verb, f"{GET}?{query}"))
    bad = {
        "text=a&text=b": ("text", "occurs twice in the query"),
        "small_count=1&smallCount=1": ("small_count", "occurs twice in the query"),
        "%73mall=1e2": ("small", INTEGER),
        "color=BLUE": ("color", "must be one of RED, GREEN"),
        "truth": ("truth", "must be true or false"),
        "part=a": ("part", "must be an object"),
        "id=2": ("id", "is already in the path"),
        "text.a=1": ("text.a", "is not a parameter of this method"),
        "unknown=1": ("unknown", "is not a parameter of this method"),
        "%3Cscript%3E=1": ("", "is not a parameter of this method"),
    }
    for query, told in bad.items():
        assert violation(await edge.http.get(f"{GET}?{query}")) == told, query


@pytest.mark.parametrize(
    "content_type", ["application/grpcx", "application/grpc-json", "application/grpc;a=b", "a", ""]
)
async def test_no_content_type_walks_past_the_checks(edge: Edge, content_type: str) -> None:
    headers = {"content-type": content_type}
    assert_taken(await edge.http.post(PUT, content="{}", headers=headers))
    assert violation(await edge.http.post(PUT, content='{"text": 5}', headers=headers)) == ("text", STRING)
    too_long = await edge.http.post(PUT, content=json.dumps({"text": "a" * 100_000}), headers=headers)
    assert too_long.status_code == 413


async def test_a_path_that_is_none_is_not_found_whatever_its_body(edge: Edge) -> None:
    for verb, path in (("POST", "/nonsense"), ("PUT", PUT), ("POST", GET), ("POST", "/everything:put")):
        answer = await edge.http.request(verb, path, content="no JSON")
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ROUTE_NOT_FOUND")


async def test_a_slash_at_the_end_changes_nothing(edge: Edge) -> None:
    assert_taken(await edge.http.get(f"{GET}/?text=a"))
    assert violation(await edge.http.get(f"{GET}/?truth=5")) == ("truth", "must be true or false")


async def test_a_fault_of_the_script_lets_nothing_pass(tmp_path: Path) -> None:
    def spoiled(configuration: str) -> str:
        start = "local function check_query(query, binding)"
        assert start in configuration
        return configuration.replace(start, f"{start} error('a fault')")

    async with running(tmp_path, edit=spoiled) as edge:
        answer = await edge.http.get("/api/v1/balance")
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (500, "INTERNAL")


def test_a_path_with_a_pattern_for_a_parameter_stops_the_generator(tmp_path: Path) -> None:
    descriptors = contract_of(tmp_path, "cnop.user.v1.AdminService", access_pb2.Policy.ADMIN, "/api/{name=users/*}")
    with pytest.raises(ValueError, match="must be a plain field name"):
        bindings.lua_table(descriptors)
