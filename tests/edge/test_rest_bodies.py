"""The edge refuses malformed JSON, and wrong values by the name of their field, for every kind of field."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.edge.every_kind import FIELDS, INTEGER, OF_PART, PUT, STRING, TIME, every_kind, taken, violation
from tests.edge.mesh import Edge


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with every_kind(tmp_path_factory.mktemp("edge")) as started:
        yield started


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


@pytest.mark.parametrize(
    "content_type", ["application/grpcx", "application/grpc-json", "application/grpc;a=b", "a", ""]
)
async def test_no_content_type_walks_past_the_checks(edge: Edge, content_type: str) -> None:
    headers = {"content-type": content_type}
    taken(await edge.http.post(PUT, content="{}", headers=headers))
    assert violation(await edge.http.post(PUT, content='{"text": 5}', headers=headers)) == ("text", STRING)
    too_long = await edge.http.post(PUT, content=json.dumps({"text": "a" * 100_000}), headers=headers)
    assert too_long.status_code == 413
