"""Random bodies, queries, paths and messages get a success or a client error."""

from __future__ import annotations

import string
from collections.abc import Awaitable, Callable
from dataclasses import replace
from urllib.parse import quote

import grpc
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .bad_input import INVISIBLE, each_read, each_write, valid
from .contract import MESH, METHODS, Binding, Method
from .rest import Refusal, refusal
from .rpc import Channels, RpcRefusal, bearer, outcome
from .tokens import Forge
from .users import User

pytestmark = pytest.mark.usefixtures("nothing_happened")

AT_EDGE = [method for method in METHODS if method not in MESH]


def check_response(response: httpx.Response) -> None:
    if response.status_code != 200:
        refused: Refusal = refusal(response)
        assert refused.status < 500


@pytest.fixture(scope="module")
async def fuzzed(new_user: Callable[..., Awaitable[User]], forge: Forge) -> User:
    """Registers a user for random calls, some of which may succeed."""
    fuzzed = await new_user()
    return replace(fuzzed, token=forge.good(fuzzed.user_id, role="customer"))


fuzz = settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)

numbers = st.one_of(
    st.decimals(allow_nan=True).map(str),
    st.integers().map(str),
    st.floats().map(repr),
    st.from_regex(r"[0-9.e+-]{1,20}"),
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.text(string.printable, max_size=80),
    st.sampled_from(["BTC", "BUY", "MARKET", "1.00", "ada@example.com", "2000-01-01", *INVISIBLE]),
    numbers,
)
values = st.recursive(
    st.one_of(texts, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)),
    max_leaves=6,
)


@each_write
@fuzz
@given(data=st.data())
async def test_random_bodies_cause_no_server_error(
    fuzzed: User, method: Method, binding: Binding, data: st.DataObject
) -> None:
    fields = {field.name: st.one_of(texts, values) for field in method.request.fields}
    body = {**valid(method), **data.draw(st.fixed_dictionaries({}, optional=fields))}
    check_response(await fuzzed.send(binding.verb, binding.url(), body))


@each_read
@fuzz
@given(data=st.data())
async def test_random_queries_and_paths_cause_no_server_error(
    fuzzed: User, method: Method, binding: Binding, data: st.DataObject
) -> None:
    names = [field.name for field in method.request.fields if field.name not in binding.parameters] or ["q"]
    octets = st.one_of(texts.map(str.encode), st.binary(max_size=40)).map(lambda raw: quote(raw, safe=""))
    query = data.draw(st.dictionaries(st.sampled_from(names), octets, max_size=3))
    parameters = {name: data.draw(octets) for name in binding.parameters}
    url = binding.url(**parameters)
    if query:
        url += "?" + "&".join(f"{name}={value}" for name, value in query.items())
    check_response(await fuzzed.send("GET", url))


@pytest.mark.parametrize("method", AT_EDGE, ids=str)
@settings(fuzz, max_examples=15)
@given(message=st.one_of(st.binary(max_size=60), st.binary(min_size=1, max_size=20).map(lambda raw: b"\x0a" + raw)))
async def test_random_messages_cause_no_server_error(
    fuzzed: User, channels: Channels, method: Method, message: bytes
) -> None:
    for where in ("edge", method.owner):
        answer = await outcome(channels[where], method.path, message, bearer(fuzzed.token))
        if isinstance(answer, RpcRefusal):
            faults = (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL)
            assert answer.code not in faults, (where, answer)
            assert answer.reason, (where, answer)
