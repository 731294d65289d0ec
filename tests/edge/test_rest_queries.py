"""The edge refuses wrong parameters in queries and paths by their names."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote, urlencode

import httpx
import pytest

from tests.edge.every_kind import FIELDS, GET, INTEGER, OF_PART, PUT, TIME, every_kind, taken, violation
from tests.edge.mesh import Edge


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with every_kind(tmp_path_factory.mktemp("edge")) as started:
        yield started


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


async def test_a_path_that_is_none_is_not_found_whatever_its_body(edge: Edge) -> None:
    for verb, path in (("POST", "/nonsense"), ("PUT", "/nothing/1:put"), ("POST", "/everything:put")):
        answer = await edge.http.request(verb, path, content="no JSON")
        assert (answer.status_code, answer.json()["details"][0]["reason"]) == (404, "ROUTE_NOT_FOUND")


async def test_a_slash_at_the_end_changes_nothing(edge: Edge) -> None:
    taken(await edge.http.get(f"{GET}/?text=a"))
    taken(await edge.http.get(f"{GET}/"))
    taken(await edge.http.post(f"{PUT}/", json={"text": "a"}))
    assert violation(await edge.http.get(f"{GET}/?truth=5")) == ("truth", "must be true or false")
