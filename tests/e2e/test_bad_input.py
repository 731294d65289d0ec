"""Whatever is sent, the answer is an error of the caller's, in JSON, that names the field; and nothing has happened."""

# ruff: noqa: RUF001 - characters that look like others are what is sent here

from __future__ import annotations

import json
import string
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import grpc
import httpx
import pytest
from google.protobuf.descriptor import FieldDescriptor
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .contract import FOR_USERS, MESH, METHODS, PARAMETERS, PUBLIC, Binding, Method
from .rest import Json, Refusal, Rest, refusal
from .rpc import Channels, RpcRefusal, bearer, outcome
from .tokens import Forge
from .users import User, registration

BINDINGS = [(method, binding) for method in PUBLIC + FOR_USERS for binding in method.bindings]
READS = [(method, binding) for method, binding in BINDINGS if binding.verb == "GET"]
WRITES = [(method, binding) for method, binding in BINDINGS if binding.verb in ("POST", "PATCH")]
AT_EDGE = [method for method in METHODS if method not in MESH]

each_read = pytest.mark.parametrize(("method", "binding"), READS, ids=str)
each_write = pytest.mark.parametrize(("method", "binding"), WRITES, ids=str)


def valid(method: Method) -> Json:
    """A body that a method takes."""
    bodies: dict[str, Json] = {
        "Register": registration(),
        "Login": {"username": "nobody_here", "password": "wrong"},
        "RefreshToken": {"refresh_token": "none"},
        "ChangePassword": {"current_password": "wrong", "new_password": "another secret 5"},
        "Deposit": {"amount": "1.00"},
        "Withdraw": {"amount": "1.00"},
        "CreateOrder": {"side": "BUY", "asset_id": "ADA", "quantity": "1"},
        "PreviewOrder": {"side": "BUY", "asset_id": "ADA", "quantity": "1"},
    }
    return bodies.get(method.name, {})


@pytest.fixture(scope="module")
async def victim(new_user: Callable[..., Awaitable[User]], forge: Forge) -> User:
    """Whose account all the bad calls are aimed at, by a token of no session, which so no call can end."""
    victim = await new_user()
    await victim.deposit("1000.00")
    await victim.buy("ADA", "100")
    return replace(victim, token=forge.good(victim.user_id, role="customer"))


@pytest.fixture(autouse=True)
async def nothing_happened(victim: User) -> AsyncIterator[None]:
    """After each test the account must be what it was."""

    async def account() -> list[Json]:
        paths = ("balance", "orders", "balance/transactions", "assets/balances")
        return [await victim.get(f"/api/v1/{path}") for path in paths]

    before = await account()
    yield
    assert await account() == before


# --- whole bodies -----------------------------------------------------------------------------------------------------

BROKEN = {
    "not closed": b'{"amount": "1.00"',
    "closed twice": b'{"amount": "1.00"}}',
    "no value": b'{"amount": }',
    "no comma": b'{"amount": "1.00" "request_id": "x"}',
    "a comma too many": b'{"amount": "1.00",}',
    "a comma too many in a list": b'{"x": [1,]}',
    "a name without quotes": b'{amount: "1.00"}',
    "a number for a name": b'{1: "1.00"}',
    "single quotes": b"{'amount': '1.00'}",
    "a value in single quotes": b"{\"amount\": '1.00'}",
    "an equals sign": b'{"amount"="1.00"}',
    "a comment": b'{"amount": "1.00" /* one */}',
    "a comment before it": b'// one\n{"amount": "1.00"}',
    "two values": b"{} {}",
    "something after it": b'{"amount": "1.00"};',
    "a byte order mark": b'\xef\xbb\xbf{"amount": "1.00"}',
    "a form feed": b'{"amount": "1.00"\x0c}',
    "no JSON": b"amount=1.00",
    "XML": b"<amount>1.00</amount>",
    "no UTF-8": b'{"amount": "1\xff"}',
    "no UTF-8 in a field of no matter": b'{"x": "\xc0\x80"}',
    "half a surrogate": b'{"amount": "\\ud800"}',
    "the other half": b'{"amount": "\\udc00"}',
    "a wrong escape": b'{"amount": "\\u12"}',
    "an escape that is none": b'{"amount": "\\q1.00"}',
    "a line break in a string": b'{"amount": "1.00\n"}',
    "NUL in a string": b'{"amount": "1.00\0"}',
    "a leading zero": b'{"x": 01}',
    "a leading dot": b'{"x": .5}',
    "a dot at the end": b'{"x": 5.}',
    "a plus": b'{"x": +5}',
    "hexadecimal": b'{"x": 0x10}',
    "not a number": b'{"x": NaN}',
    "infinity": b'{"x": -Infinity}',
    "True": b'{"x": True}',
    "undefined": b'{"x": undefined}',
    "NUL": b"\0",
    "blanks": b"  ",
    "a list": b"[]",
    "a text": b'"amount"',
    "a number": b"1.00",
    "null": b"null",
    "very deep": b'{"x":' * 3000 + b"1" + b"}" * 3000,
    "very many": b'{"x": [' + b"1," * 20_000 + b"1]}",
}


@each_write
async def test_a_body_that_is_no_json_object_is_refused(victim: User, method: Method, binding: Binding) -> None:
    for what, body in BROKEN.items():
        refused = await victim.refused(binding.verb, binding.url(), content=body)
        assert (what, refused.status, refused.reason) == (what, 400, "INVALID_FIELD")


@each_write
async def test_a_field_that_stands_twice_is_refused_by_its_name(victim: User, method: Method, binding: Binding) -> None:
    for field in method.request.fields:
        escaped = f"\\u{ord(field.name[0]):04x}{field.name[1:]}"
        for again in {field.name, field.json_name, escaped}:
            body = f'{{"{field.name}": null, "{again}": null}}'
            refused = await victim.refused(binding.verb, binding.url(), content=body)
            assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (field.name,)), body


@each_write
async def test_a_body_of_a_megabyte_is_refused(victim: User, method: Method, binding: Binding) -> None:
    body = json.dumps({**valid(method), "padding": "x" * 1_000_000}).encode()

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    for content in (body, chunks()):
        refused = await victim.refused(binding.verb, binding.url(), content=content)
        assert (refused.status, refused.reason) == (413, "BODY_TOO_LARGE")


@each_write
async def test_an_empty_body_is_refused_where_a_field_is_required(
    victim: User, method: Method, binding: Binding
) -> None:
    for body in (b"", b"{}"):
        response = await victim.send(binding.verb, binding.url(), content=body)
        if valid(method):
            refused = refusal(response)
            assert (refused.status, refused.reason) == (400, "INVALID_FIELD")
            assert set(refused.fields) >= valid(method).keys() - {"type"}
        else:
            assert response.status_code == 200


@each_write
async def test_an_unknown_field_in_a_body_is_ignored(
    victim: User, new_user: Callable[..., Awaitable[User]], method: Method, binding: Binding
) -> None:
    another = await new_user()
    body = {**valid(method), "no_such_field": {"a": [1, None, "x"]}, "user_id": victim.user_id, "price": "0.01"}
    response = await another.send(binding.verb, binding.url(), body)
    if response.status_code != 200:
        assert refusal(response).reason in ("BAD_CREDENTIALS", "INSUFFICIENT_FUNDS", "REFRESH_TOKEN_INVALID")


# --- fields of bodies -------------------------------------------------------------------------------------------------

WRONG_TYPES: dict[int, list[Any]] = {
    FieldDescriptor.TYPE_STRING: [5, 1.5, True, False, ["1"], [], {"a": "1"}, {}],
    FieldDescriptor.TYPE_BOOL: ["maybe", "", 7, [True], {"a": True}],
    FieldDescriptor.TYPE_ENUM: ["NOPE", "", True, 1.5, 99, -1, [1], {"a": 1}],
}


@each_write
async def test_a_value_of_a_wrong_type_is_refused_by_the_name_of_its_field(
    victim: User, method: Method, binding: Binding
) -> None:
    for field in method.request.fields:
        for value in WRONG_TYPES[field.type]:
            refused = await victim.refused(binding.verb, binding.url(), {**valid(method), field.name: value})
            told = (refused.status, refused.reason, refused.fields)
            assert told == (400, "INVALID_FIELD", (field.name,)), (field.name, value)


@each_write
async def test_null_is_the_same_as_leaving_a_field_out(victim: User, method: Method, binding: Binding) -> None:
    for name in valid(method):
        refused = await victim.refused(binding.verb, binding.url(), {**valid(method), name: None})
        assert (refused.status, name in refused.fields) == (400, True), refused


INVISIBLE = ["1\0", "1\u200b", "\u202e1", "1\u200e", "\ufeff1", "1\n", " 1", "1\t", "1\u00a0"]
NO_NUMBER = [
    "", "-1", "+1", "1e3", "1E3", "NaN", "nan", "Infinity", "-Infinity", "inf", "0x10", "1,000", "1_000", "01", ".5",
    "5.", "1.2.3", "--1", "１００", "١٢", "½", "Ⅷ", "一", "true", "null", "1/2", "$1", "1 USD", "9" * 400, *INVISIBLE,
]  # fmt: skip
NO_ASSET = ["", "btc", "BTC ", "B-T-C", "ＢＴＣ", "ВТС", "BTC\0", "B\u200bTC", "\u202eBTC", "A" * 13, "../ETH", "BTC\n"]
NO_NAME = ["", "A" * 51, "<b>Ada</b>", "Ada\0", "Ada\u202e", "A\u200bda", "1Ada", " Ada", "Ada\n", "Ada;", "Ada@"]
NO_KEY = ["a b", "a" * 65, "é", "a/b", "a\0b", "a\u200bb", "a\n", '"', "ａ"]
NO_EMAIL = ["", "ada", "ada@", "@example.com", "a@b@example.com", "a da@example.com", "ada@exa mple.com",
            "ada@example.com\n", "ada\0@example.com", f"{'a' * 250}@example.com"]  # fmt: skip
NO_USERNAME = [
    "", "ab", "a" * 31, "ad\u200bmin", "аdmin", "ad min", "admin\0", "admin\u202e", "user@x", "useR\u0131", "ａdmin",
    "../etc", "admin\n", "ad\u00adnim",
]  # fmt: skip
NO_PASSWORD = ["", "short", "a" * 12, "A" * 30, "x" * 71 + "üü", "ü" * 37, "NUL is in \0 this one", "password1234"]
NO_PHONE = [
    "12345678",
    "+0123456789",
    "+123",
    "+1234567890123456",
    "+1 415 555 0100",
    "+１４１５５５５０１００",
    "tel:+14155550100",
]
NO_DATE = [
    "1990-13-01",
    "1990-02-30",
    "1990-1-1",
    "31.12.1990",
    "2090-01-01",
    "1890-01-01",
    "１９９０-12-31",
    "1990-12-31\n",
]

BAD_VALUES: dict[tuple[str, str], list[str]] = {
    ("Deposit", "amount"): [*NO_NUMBER, "0", "0.00", "1.001", "1000000.01", "-0.01"],
    ("Withdraw", "amount"): [*NO_NUMBER, "0", "0.00", "1.001", "1000000.01", "-0.01"],
    ("CreateOrder", "quantity"): [*NO_NUMBER, "0", "0.00000000", "0.000000001", "1.123456789", "1000000000000"],
    ("PreviewOrder", "quantity"): [*NO_NUMBER, "0", "0.00000000", "0.000000001", "1.123456789", "1000000000000"],
    ("CreateOrder", "limit_price"): [*NO_NUMBER[1:], "0", "0.000000001", "1000000000"],
    ("CreateOrder", "asset_id"): NO_ASSET,
    ("PreviewOrder", "asset_id"): NO_ASSET,
    ("Register", "username"): NO_USERNAME,
    ("Register", "email"): NO_EMAIL,
    ("Register", "password"): NO_PASSWORD,
    ("Register", "first_name"): NO_NAME,
    ("Register", "last_name"): NO_NAME,
    ("Register", "phone"): NO_PHONE,
    ("Register", "date_of_birth"): NO_DATE,
    ("UpdateProfile", "email"): NO_EMAIL,
    ("UpdateProfile", "first_name"): NO_NAME,
    ("UpdateProfile", "last_name"): NO_NAME,
    ("UpdateProfile", "phone"): NO_PHONE,
    ("UpdateProfile", "date_of_birth"): NO_DATE,
    ("Login", "username"): ["", "a" * 255],
    ("Login", "password"): ["", "a" * 513, "ü" * 257],
    ("Deposit", "request_id"): NO_KEY,
    ("Withdraw", "request_id"): NO_KEY,
    ("CreateOrder", "request_id"): NO_KEY,
    ("Register", "request_id"): NO_KEY,
}


def binding_of(name: str) -> Binding:
    [method] = [method for method in METHODS if method.name == name]
    return method.bindings[0]


@pytest.mark.parametrize(("name", "field"), BAD_VALUES, ids=str)
async def test_a_value_that_breaks_its_rule_is_refused_by_the_name_of_its_field(
    victim: User, name: str, field: str
) -> None:
    [method] = [method for method in METHODS if method.name == name]
    binding = method.bindings[0]
    for value in BAD_VALUES[name, field]:
        refused = await victim.refused(binding.verb, binding.url(), {**valid(method), field: value})
        assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (field,)), repr(value)


async def test_all_fields_that_are_wrong_are_named_at_once(guest: Rest) -> None:
    wrong = {"username": "a", "email": "b", "password": "c", "first_name": "1", "last_name": "2", "phone": "3"}
    refused = await guest.refused("POST", "/api/v1/auth/register", wrong)
    assert set(refused.fields) == wrong.keys()


async def test_a_password_that_holds_the_username_is_refused(guest: Rest) -> None:
    details = registration()
    details["password"] = f"my {details['username'].upper()} 123"
    assert (await guest.refused("POST", "/api/v1/auth/register", details)).fields == ("password",)


async def test_a_wrong_idempotency_key_is_refused_as_the_request_id_that_it_stands_in_for(victim: User) -> None:
    for key in ("a b", "a" * 65, "a/b"):
        refused = await victim.refused(
            "POST", "/api/v1/balance/deposit", {"amount": "1.00"}, headers={"idempotency-key": key}
        )
        assert (refused.status, refused.fields) == (400, ("request_id",))


async def test_slippage_needs_both_its_fields(victim: User) -> None:
    order = {"side": "BUY", "asset_id": "ADA", "quantity": "1"}
    for half in ({"max_slippage": "1"}, {"expected_price": "1"}):
        assert (await victim.refused("POST", "/api/v1/orders", {**order, **half})).reason == "INVALID_FIELD"
    for percent in ("100.1", "-1", "0.00001", "101", "1e1", "1%"):
        wrong = {**order, "expected_price": "1", "max_slippage": percent}
        assert (await victim.refused("POST", "/api/v1/orders", wrong)).fields == ("max_slippage",)


async def test_an_enum_may_be_in_lower_case_but_must_be_known(victim: User) -> None:
    def preview(side: Any) -> Json:
        return {"side": side, "asset_id": "ADA", "quantity": "1"}

    upper = await victim.post("/api/v1/orders:preview", preview("BUY"))
    assert await victim.post("/api/v1/orders:preview", preview("buy")) == upper
    for side in ("HOLD", "BUY ", "BUY\0", "ＢＵＹ", "SIDE_UNSPECIFIED", 0, 3, 2**31 - 1, 2**40):
        refused = await victim.refused("POST", "/api/v1/orders:preview", preview(side))
        assert (refused.status, refused.reason) == (400, "INVALID_FIELD"), side
    for path, name in (
        ("orders?side=HOLD", "side"),
        ("orders?status=OPEN", "status"),
        ("inventory/assets?sort=A", "sort"),
    ):
        refused = await victim.refused("GET", f"/api/v1/{path}")
        assert (refused.reason, refused.fields) == ("INVALID_FIELD", (name,))


@pytest.mark.parametrize("path", ["/api/v1/orders", "/api/v1/orders:preview"])
async def test_an_asset_that_is_not_there_is_not_found(victim: User, path: str) -> None:
    refused = await victim.refused("POST", path, {"side": "BUY", "asset_id": "NOPE", "quantity": "1"})
    assert (refused.status, refused.reason, refused.metadata) == (404, "ASSET_NOT_FOUND", {"asset_id": "NOPE"})


# --- queries ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "binding"), BINDINGS, ids=str)
async def test_an_unknown_query_parameter_is_refused(victim: User, method: Method, binding: Binding) -> None:
    body = valid(method) if (method, binding) in WRITES else None
    for name in ("no_such_parameter", "user_id", "access_token", "page_size.x"):
        refused = await victim.refused(binding.verb, binding.url(), body, params={name: "1"})
        assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (name,))


@each_write
async def test_a_field_of_a_body_is_not_taken_from_the_query(victim: User, method: Method, binding: Binding) -> None:
    for field in method.request.fields:
        for name in {field.name, field.json_name}:
            value = valid(method).get(field.name, "x")
            refused = await victim.refused(binding.verb, binding.url(), valid(method), params={name: value})
            assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (name,))


NO_PAGE_SIZE = ["-1", "201", "2147483647", "2147483648", "99999999999999999999", "1.5", "1e2", "abc", "", "true", "１"]


@pytest.mark.parametrize(
    ("method", "binding"), [one for one in READS if "page_size" in one[0].request.fields_by_name], ids=str
)
async def test_a_wrong_page_size_is_refused_by_its_name(victim: User, method: Method, binding: Binding) -> None:
    for size in NO_PAGE_SIZE:
        refused = await victim.refused("GET", binding.url(), params={"page_size": size})
        assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", ("page_size",)), size
    refused = await victim.refused("GET", binding.url(), params={"page_token": "x" * 1025})
    assert refused.fields == ("page_token",)


NO_UTF8 = ["%FF", "%C3%28", "%ED%A0%80", "%F0%9F"]


@pytest.mark.parametrize(("method", "binding"), [one for one in READS if one[0].request.fields], ids=str)
async def test_octets_that_are_no_utf8_are_refused(victim: User, method: Method, binding: Binding) -> None:
    urls = [
        f"{binding.url()}?{field.name}={octets}"
        for field in method.request.fields
        if field.type == FieldDescriptor.TYPE_STRING and field.name not in binding.parameters
        for octets in NO_UTF8
    ]
    urls += [binding.url(**{name: octets}) for name in binding.parameters for octets in NO_UTF8]
    for url in urls:
        refused = await victim.refused("GET", url)
        assert (refused.status, refused.reason) in ((400, "INVALID_FIELD"), (400, "INVALID_REQUEST")), url


# --- paths ------------------------------------------------------------------------------------------------------------


NO_PATHS = [
    "/", "/nope", "/api", "/api/v1", "/api/v2/balance", "/api/v1/balances", "/API/V1/BALANCE", "/api/v1/orders/a/b",
    "/api/v1/orders:nope", "/api/v1/orders%3Apreview", "/api/v1/orders/../../../etc/passwd", "/%2e%2e/etc/passwd",
    "/api/v1/balance%00", "/health/x", "/.well-known/", "/.git/config", "/stats", "/quitquitquit", "/server_info",
    "/api/v1/balance;a=b", "/api/v1/%62alance/x", "/a" * 4000,
]  # fmt: skip


@pytest.mark.parametrize("verb", ["GET", "POST", "PATCH", "PUT", "DELETE"])
async def test_a_path_that_is_none_is_refused(victim: User, verb: str) -> None:
    for path in NO_PATHS:
        assert (path, (await victim.refused(verb, path)).status) in ((path, 400), (path, 404))


async def test_a_verb_that_a_path_does_not_know_is_refused(victim: User) -> None:
    for url in {binding.url() for _, binding in BINDINGS}:
        known = {binding.verb for _, binding in BINDINGS if binding.url() == url}
        for verb in {"GET", "POST", "PATCH", "PUT", "DELETE", "TRACE", "BREW"} - known:
            body = None if verb in ("GET", "TRACE") else {}
            assert (await victim.refused(verb, url, body)).status in (400, 404, 405), (verb, url)


PATH_TRICKS = [
    "..%2f..", "a%2Fb", "a%5Cb", "%00", "BTC%00", "%0d%0aSet-Cookie:x", "%20", "%25", "%zz", "%",
    "%E2%80%AE", "%C2%A0", "é", "a" * 65, "a" * 8000, "*", "{}", "%7B%7D", "'", '%22"', ";x=1", ":", "a:b",
    "%F0%9F%92%B0", "null", "-1", "1e9",
]  # fmt: skip


@pytest.mark.parametrize(("method", "binding"), [one for one in READS if one[1].parameters], ids=str)
async def test_a_path_parameter_that_is_no_id_is_refused(victim: User, method: Method, binding: Binding) -> None:
    [name] = binding.parameters
    for trick in PATH_TRICKS:
        response = await victim.send("GET", binding.url(**{name: trick}))
        assert refusal(response).status in (400, 404)
        assert "set-cookie" not in response.headers


async def test_a_path_longer_than_any_header_may_be_is_refused(victim: User) -> None:
    refused = await victim.refused("GET", f"/api/v1/orders/{'a' * 40_000}")
    assert refused.status in (400, 414, 431)


# --- anything at all --------------------------------------------------------------------------------------------------


def is_answer_or_refusal(response: httpx.Response) -> None:
    if response.status_code != 200:
        refused: Refusal = refusal(response)
        assert refused.status < 500


@pytest.fixture(scope="module")
async def mauled(new_user: Callable[..., Awaitable[User]], forge: Forge) -> User:
    """Whose calls may now and then succeed."""
    mauled = await new_user()
    return replace(mauled, token=forge.good(mauled.user_id, role="customer"))


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
async def test_no_body_whatever_brings_the_system_down(
    mauled: User, method: Method, binding: Binding, data: st.DataObject
) -> None:
    fields = {field.name: st.one_of(texts, values) for field in method.request.fields}
    body = {**valid(method), **data.draw(st.fixed_dictionaries({}, optional=fields))}
    is_answer_or_refusal(await mauled.send(binding.verb, binding.url(), body))


@each_read
@fuzz
@given(data=st.data())
async def test_no_query_or_path_whatever_brings_the_system_down(
    mauled: User, method: Method, binding: Binding, data: st.DataObject
) -> None:
    names = [field.name for field in method.request.fields if field.name not in PARAMETERS] or ["q"]
    octets = st.one_of(texts.map(str.encode), st.binary(max_size=40)).map(lambda raw: quote(raw, safe=""))
    query = data.draw(st.dictionaries(st.sampled_from(names), octets, max_size=3))
    parameters = {name: data.draw(octets) for name in binding.parameters}
    url = binding.url(**parameters)
    if query:
        url += "?" + "&".join(f"{name}={value}" for name, value in query.items())
    is_answer_or_refusal(await mauled.send("GET", url))


@pytest.mark.parametrize("method", AT_EDGE, ids=str)
@settings(fuzz, max_examples=15)
@given(message=st.one_of(st.binary(max_size=60), st.binary(min_size=1, max_size=20).map(lambda raw: b"\x0a" + raw)))
async def test_no_octets_whatever_make_a_method_say_more_than_that_they_are_wrong(
    mauled: User, channels: Channels, method: Method, message: bytes
) -> None:
    for where in ("edge", method.owner):
        answer = await outcome(channels[where], method.path, message, bearer(mauled.token))
        if isinstance(answer, RpcRefusal):
            faults = (grpc.StatusCode.UNKNOWN, grpc.StatusCode.INTERNAL)
            assert answer.code not in faults, (where, answer)
            assert answer.reason, (where, answer)
