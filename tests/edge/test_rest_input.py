"""The edge refuses malformed JSON, and wrong values by the name of their field, for every kind of field."""

from __future__ import annotations

import json
import re
import string
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import grpc
import httpx
import pytest
from cnop.access.v1 import access_pb2
from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_tools import protoc
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from codegen.paths import DESCRIPTORS
from edge_config import bindings
from tests.edge.mesh import Edge, running
from tests.edge.rendered import contract_of

HERE = Path(__file__).parent
PUT, GET = "/everything/1:put", "/everything/1"


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


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    folder = tmp_path_factory.mktemp("edge")
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
        {"named_parts": {"a": {"text": "a"}, "": {}}},
        {"octets": "-_8="},
        *({"moment": f"2024-02-29T23:59:59{rest}"} for rest in ("Z", ".123456789Z", "+01:00", "-23:59")),
        *({"moment": day} for day in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "9998-12-31T23:59:59-23:59")),
    ],
    ids=repr,
)
async def test_what_a_field_can_hold_is_taken(edge: Edge, body: dict[str, Any]) -> None:
    for text in (json.dumps(body), json.dumps(body, indent="\t"), json.dumps(body, ensure_ascii=False)):
        taken(await edge.http.post(PUT, content=text.encode()))


STRING, INTEGER = "must be a string", "must be a whole number"
TIME = 'must be a time such as "2026-01-31T12:00:00Z"'


@pytest.mark.parametrize(
    ("body", "field", "description"),
    [
        *(({"text": value}, "text", STRING) for value in (5, True, [], {}, ["a"])),
        *(({"octets": value}, "octets", f"{STRING} of base64") for value in (5, "a", "aaaa=", "a a=", "é", "aa=a")),
        *(({"truth": value}, "truth", "must be true or false") for value in (1, "yes", "", [], {})),
        *(
            ({"color": value}, "color", "must be one of RED, GREEN")
            for value in ("BLUE", "", True, 1.5, 2**31, 3, -1, "3", [], {})
        ),
        *(({"small": value}, "small", INTEGER) for value in (1.5, True, "a", "", 2**31, -(2**31) - 1, [1], {})),
        *(({"small_count": value}, "small_count", f"{INTEGER} that is not negative") for value in (-1, 2**32)),
        *(({"large": value}, "large", INTEGER) for value in (2**64, 2**63, -(2**63) - 1, str(2**63), "", "-")),
        *(({"large_count": value}, "large_count", f"{INTEGER} that is not negative") for value in (2**64, "-0", "+1")),
        ({"largeCount": -1}, "large_count", f"{INTEGER} that is not negative"),
        *(({"ratio": value}, "ratio", "must be a number") for value in ("a", " 5", "0x1", "1e999", False, [], {})),
        *(({"part": value}, "part", "must be an object") for value in ("a", 5, True, [], [{}])),
        *(({"texts": value}, "texts", "must be a list") for value in ("a", 5, {}, {"0": "a"})),
        ({"texts": ["a", 5]}, "texts[1]", STRING),
        ({"part": {"text": 5}}, "part.text", STRING),
        ({"parts": [{}, {"colors": ["RED", "BLUE"]}]}, "parts[1].colors[1]", "must be one of RED, GREEN"),
        ({"end": 5}, "end", STRING),
        *(({"moment": value}, "moment", TIME) for value in (5, {}, [], "", "now", "2026-01-01", "2026-01-01T00:00:00")),
        *(({"moment": m}, "moment", TIME) for m in ("0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01")),
        *(({"moment": f"{day}T00:00:00Z"}, "moment", TIME) for day in ("2026-02-29", "2026-13-01", "0000-01-01")),
        *(({"moment": f"2026-01-01T{clock}"}, "moment", TIME) for clock in ("24:00:00Z", "00:60:00Z", "00:00:00.Z")),
        ({"moment": "2026-01-01T00:00:00 01:00"}, "moment", TIME),
        *(({"named": value}, "named", "must be an object") for value in ("a", 5, [])),
        ({"named": {"a": "b", "c": 5}}, "named[*]", STRING),
        ({"named_parts": {"a": {"text": 5}}}, "named_parts[*].text", STRING),
        ({"part": {"whole": {"part": {"whole": {"small": "a"}}}}}, "part.whole.part.whole.small", INTEGER),
        ({"id": "2"}, "id", "is already in the path"),
        ({"id": "1"}, "id", "is already in the path"),
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


FIELDS = (
    "text, octets, truth, color, small, small_count, large, large_count, ratio, part, parts, texts, named, moment, "
    "end, named_parts"
)
OF_PART = "text, colors, whole"
NO_FIELD = "is not a field of this method; "


@pytest.mark.parametrize(
    ("body", "field", "description"),
    [
        *(({name: 1}, name, f"{NO_FIELD}did you mean text?") for name in ("tex", "texxt", "TEXT", "t_e_xt", "Text")),
        *(({name: 1}, name, f"{NO_FIELD}did you mean small_count?") for name in ("smal_count", "SmallCount")),
        ({"text": "a", "notional": "1"}, "notional", f"{NO_FIELD}known are {FIELDS}"),
        ({"part": {"txt": 1}}, "part.txt", f"{NO_FIELD}did you mean part.text?"),
        ({"parts": [{}, {"text": "a", "quantity": {}}]}, "parts[1].quantity", f"{NO_FIELD}known are {OF_PART}"),
        ({"named_parts": {"a": {"quantity": []}}}, "named_parts[*].quantity", f"{NO_FIELD}known are {OF_PART}"),
        ({"part": {"whole": {"unknown": None}}}, "part.whole.unknown", f"{NO_FIELD}known are id, {FIELDS}"),
        ({"small-count": 1}, "", "the body has a field that this method does not have; did you mean small_count?"),
        *(
            ({name: 1}, "", f"the body has a field that this method does not have; known are {FIELDS}")
            for name in ("", "é", "a b", "$where", "__proto__.x", "a" * 65, "<script>", "a\u0000")
        ),
        ({"part": {"<b>": 1}}, "part", f"has a field that this method does not have; known are {OF_PART}"),
    ],
    ids=repr,
)  # fmt: skip
async def test_an_unknown_field_is_refused_with_the_closest_known_one(
    edge: Edge, body: dict[str, Any], field: str, description: str
) -> None:
    for text in (json.dumps(body), json.dumps(body, ensure_ascii=False)):
        assert violation(await edge.http.post(PUT, content=text.encode())) == (field, description)


@pytest.mark.parametrize(
    ("body", "field"),
    [(b'{"text": "\xff"}', "text"), (b'{"text": "\xed\xa0\x80"}', "text"), (b'{"text": "\\ud800"}', "text"),
     (b'{"texts": ["", "a\\udc00"]}', "texts[1]"), (b'{"text": "\\ud83d\\ud83d\\ude00"}', "text"),
     (b'{"part": {"text": "\\\\\\ud800"}}', "part.text"), (b'{"octets": "\xc0\x80"}', "octets"),
     (b'{"named": {"\xff": "a"}}', "named[*]"), (b'{"named": {"\\ud800": "a"}}', "named[*]")],
)  # fmt: skip
async def test_what_is_no_unicode_is_refused_by_the_name_of_its_field(edge: Edge, body: bytes, field: str) -> None:
    told = (field, "must be Unicode text: valid UTF-8, without unpaired surrogates")
    assert violation(await edge.http.post(PUT, content=body)) == told


async def test_surrogates_in_pairs_and_escaped_backslashes_are_text(edge: Edge) -> None:
    for text in ("\U0001f600\U0001f601", "\\ud800", "\ud7ff\ue000\U0010ffff", "\x7f\x80\u07ff\u0800"):
        for is_ascii in (True, False):
            body = json.dumps({"text": text}, ensure_ascii=is_ascii).encode()
            assert taken(await edge.http.post(PUT, content=body))["text"] == text


@pytest.mark.parametrize(
    ("body", "field"),
    [('{"text": "a", "text": "a"}', "text"), ('{"small_count": 1, "smallCount": 1}', "small_count"),
     ('{"text": null, "\\u0074ext": null}', "text"), ('{"part": {"text": "a", "text": "b"}}', "part.text"),
     ('{"named": {"é": "1", "é": "1"}}', "named[*]")],
)  # fmt: skip
async def test_a_field_that_stands_twice_is_refused_by_its_name(edge: Edge, body: str, field: str) -> None:
    assert violation(await edge.http.post(PUT, content=body)) == (field, "occurs twice in the body")


async def test_a_body_has_bounds_in_depth_and_in_values(edge: Edge) -> None:
    def nested(depth: int) -> str:
        return '{"part":{"whole":' * (depth // 2) + "{}" + "}}" * (depth // 2)

    taken(await edge.http.post(PUT, content=nested(30)))
    taken(await edge.http.post(PUT, json={"texts": ["a"] * 999}))
    for body in (nested(40), nested(6_000), json.dumps({"texts": ["a"] * 1000})):
        _, description = violation(await edge.http.post(PUT, content=body))
        assert description == "the body has more than 1000 values, or nests deeper than 32"


@pytest.mark.parametrize("query", ["?", "?text=a", "?&text", "?%74ext=a", "?=", "?smallCount=1", "?unknown=1"])
async def test_a_method_with_a_body_takes_nothing_from_the_query(edge: Edge, query: str) -> None:
    answer = await edge.http.post(httpx.URL(f"http://{edge.address}{PUT}{query}"), content="{}")
    if query == "?":
        taken(answer)
    else:
        name = query[1:].replace("%74", "t").lstrip("&").partition("=")[0]
        told = "must be in the body: this method takes no parameters in the query"
        assert violation(answer) == (name, told)


async def test_a_method_without_a_body_is_checked_by_its_query(edge: Edge) -> None:
    good = (
        "",
        "text=%C3%A9+a",
        "truth=True&color=red&small=-5",
        "texts=a&texts=b",
        "part.text=a",
        "largeCount=5",
        "part.whole.part.text=a",
        "moment=2026-01-01T00:00:00%2B01:00",
        "end",
    )
    for query in good:
        for verb in ("GET", "DELETE"):
            taken(await edge.http.request(verb, f"{GET}?{query}"))
    no_parameter = "is not a parameter of this method; "
    bad = {
        "text=a&text=b": ("text", "occurs twice in the query"),
        "small_count=1&smallCount=1": ("small_count", "occurs twice in the query"),
        "%73mall=1e2": ("small", INTEGER),
        "color=BLUE": ("color", "must be one of RED, GREEN"),
        "truth": ("truth", "must be true or false"),
        "part=a": ("part", "must be an object"),
        "id=2": ("id", "is already in the path"),
        "text.a=1": ("text.a", f"{no_parameter}it has none"),
        "unknown=1": ("unknown", f"{no_parameter}known are {FIELDS}"),
        "smalcount=1": ("smalcount", f"{no_parameter}did you mean small_count?"),
        "part.tex=1": ("part.tex", f"{no_parameter}did you mean part.text?"),
        "part..text=1": ("part", f"has a parameter that this method does not have; known are {OF_PART}"),
        "named=1": ("named", "must be an object"),
        "moment=2026-01-01T00:00:00+01:00": ("moment", TIME),
        "text=%FF": ("text", "must be Unicode text: valid UTF-8, without unpaired surrogates"),
        **dict.fromkeys(
            ("%3Cscript%3E=1", "=1", "a+b=1", f"{'a' * 65}=1"),
            ("", f"the query has a parameter that this method does not have; known are {FIELDS}"),
        ),
    }
    for query, told in bad.items():
        assert violation(await edge.http.get(f"{GET}?{query}")) == told, query


@pytest.mark.parametrize("verb", ["GET", "HEAD", "DELETE"])
async def test_a_method_without_a_body_takes_no_field_from_one(edge: Edge, verb: str) -> None:
    for body in ("", "{}", " { } "):
        assert (await edge.http.request(verb, GET, content=body)).status_code == 200
    bad = {
        '{"text": "a"}': ("text", "is not a field of this method; it has none"),
        '{"id": "2"}': ("id", "is not a field of this method; it has none"),
        "nonsense": ("", "the body is not a JSON object: unexpected input at byte 1"),
    }
    for body, told in bad.items():
        answer = await edge.http.request(verb, GET, content=body)
        assert answer.status_code == 400
        assert verb == "HEAD" or violation(answer) == told
    compressed = await edge.http.request(verb, GET, content="{}", headers={"content-encoding": "gzip"})
    assert compressed.status_code == 415


async def test_a_plus_in_a_query_is_a_space_as_every_encoder_of_forms_writes_it(edge: Edge) -> None:
    text = "a b+c%20d é"
    pairs = [("text", text), ("texts", text), ("texts", "+ "), ("part.text", text), ("end", " ")]
    for query in (urlencode(pairs), urlencode(pairs, quote_via=quote), str(httpx.QueryParams(pairs))):
        seen = taken(await edge.http.get(f"{GET}?{query}"))
        assert (seen["text"], seen["texts"], seen["part"]["text"], seen["end"]) == (text, [text, "+ "], text, " ")
    seen = taken(await edge.http.get("/everything/a+b%2Bc%20d"))
    assert seen["id"] == "a+b+c d", "a plus in a path is a plus"


async def test_what_is_no_unicode_in_a_path_is_refused_by_the_name_of_its_parameter(edge: Edge) -> None:
    for octets in ("%FF", "a%C3%28", "%ED%A0%80"):
        told = ("id", "must be Unicode text: valid UTF-8, without unpaired surrogates")
        assert violation(await edge.http.get(f"/everything/{octets}")) == told


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


@pytest.mark.parametrize(
    "content_type", ["application/grpcx", "application/grpc-json", "application/grpc;a=b", "a", ""]
)
async def test_no_content_type_walks_past_the_checks(edge: Edge, content_type: str) -> None:
    headers = {"content-type": content_type}
    taken(await edge.http.post(PUT, content="{}", headers=headers))
    assert violation(await edge.http.post(PUT, content='{"text": 5}', headers=headers)) == ("text", STRING)
    too_long = await edge.http.post(PUT, content=json.dumps({"text": "a" * 100_000}), headers=headers)
    assert too_long.status_code == 413


async def test_a_path_that_is_none_is_not_found_whatever_its_body(edge: Edge) -> None:
    for verb, path in (("POST", "/nonsense"), ("PUT", "/nothing/1:put"), ("POST", "/everything:put")):
        answer = await edge.http.request(verb, path, content="no JSON")
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ROUTE_NOT_FOUND")


async def test_a_slash_at_the_end_changes_nothing(edge: Edge) -> None:
    taken(await edge.http.get(f"{GET}/?text=a"))
    taken(await edge.http.get(f"{GET}/"))
    taken(await edge.http.post(f"{PUT}/", json={"text": "a"}))
    assert violation(await edge.http.get(f"{GET}/?truth=5")) == ("truth", "must be true or false")


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
