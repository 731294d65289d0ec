"""Every field of a body must have its type and satisfy its rule; the error names the field."""

# ruff: noqa: RUF001 - these tests send confusable characters

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from google.protobuf.descriptor import FieldDescriptor

from . import leaks
from .bad_input import INVISIBLE, each_read, each_write, required, valid
from .contract import METHODS, Binding, Method
from .rest import Json, Rest, refusal
from .users import User, registration

pytestmark = pytest.mark.usefixtures("nothing_happened")

WRONG_TYPES: dict[int, list[Any]] = {
    FieldDescriptor.TYPE_STRING: [5, 1.5, True, False, ["1"], [], {"a": "1"}, {}],
    FieldDescriptor.TYPE_BOOL: ["maybe", "", 7, [True], {"a": True}],
    FieldDescriptor.TYPE_ENUM: ["NOPE", "", True, 1.5, 99, -1, [1], {"a": 1}],
}


@each_write
async def test_a_value_of_a_wrong_type_is_refused_with_the_name_of_its_field(
    victim: User, method: Method, binding: Binding
) -> None:
    for field in method.request.fields:
        for value in WRONG_TYPES[field.type]:
            refused = await victim.refused(binding.verb, binding.url(), {**valid(method), field.name: value})
            error = (refused.status, refused.reason, refused.fields)
            assert error == (400, "INVALID_FIELD", (field.name,)), (field.name, value)


CANARY = f"{leaks.CANARY} 0123456789abcdef"  # no log may contain it either
HIDDEN: list[Any] = [CANARY, f"{CANARY}\ud800", f"\0{CANARY}", [CANARY], {CANARY: CANARY}, {"a": {CANARY: [CANARY]}}]


@each_write
async def test_no_refusal_of_a_field_repeats_its_value(victim: User, method: Method, binding: Binding) -> None:
    names = [field.name for field in method.request.fields]
    for name in (*names, "unknown", CANARY, f"{CANARY}\ud800"):
        for value in HIDDEN:
            body = json.dumps({**valid(method), name: value})  # httpx itself refuses unpaired surrogates
            response = await victim.send(binding.verb, binding.url(), content=body)
            if response.status_code != 200 and "INVALID_FIELD" in response.text:
                assert CANARY not in response.text + str(response.headers), (name, value)
                assert "type.googleapis.com/cnop" not in response.text, (name, value)
                assert refusal(response).message.count("\n") == 0


@each_read
async def test_no_refusal_of_a_parameter_repeats_its_value(victim: User, method: Method, binding: Binding) -> None:
    names = [field.name for field in method.request.fields if field.name not in binding.parameters]
    for name in (*names, "unknown", CANARY, f"{CANARY}.a", "..", "unknown.a"):
        for value in (CANARY, f"{CANARY}%FF", "99", "%00"):
            refused = await victim.send("GET", f"{binding.url()}?{name}={value}")
            if refused.status_code != 200 and "INVALID_FIELD" in refused.text:
                assert CANARY not in refused.text + str(refused.headers), (name, value)
                assert "type.googleapis.com/cnop" not in refused.text, (name, value)


@each_write
async def test_null_equals_a_missing_field(victim: User, method: Method, binding: Binding) -> None:
    for name in required(method):
        refused = await victim.refused(binding.verb, binding.url(), {**valid(method), name: None})
        assert (refused.status, name in refused.fields) == (400, True), refused


NO_NUMBER = [
    "", "-1", "+1", "1e3", "1E3", "NaN", "nan", "Infinity", "-Infinity", "inf", "0x10", "1,000", "1_000", "01", ".5",
    "5.", "1.2.3", "--1", "１００", "١٢", "½", "Ⅷ", "一", "true", "null", "1/2", "$1", "1 USD", "9" * 400, *INVISIBLE,
]  # fmt: skip
NO_ASSET = ["", "btc", "BTC ", "B-T-C", "ＢＴＣ", "ВТС", "BTC\0", "B\u200bTC", "\u202eBTC", "A" * 13, "../ETH", "BTC\n"]
NO_NAME = ["", "A" * 51, "<b>Ada</b>", "Ada\0", "Ada\u202e", "A\u200bda", "1Ada", " ", "Ada\n", "Ada;", "Ada@"]
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
    "030 123456",
    "(415) 555-0100",
    "+44 (0)20 7946 0018",
    "tel:+14155550100",
]
NO_DATE = [
    "1990-13-01",
    "1990-02-30",
    "1990-1-1",
    "31.12.1990",
    "2090-01-01",
    "1890-01-01",
    "2020-01-01",
    "１９９０-12-31",
    "1990-12-31\n",
]

BAD_VALUES: dict[tuple[str, str], list[str]] = {
    ("Deposit", "amount"): [*NO_NUMBER, "0", "0.00", "1.001", "1000000.01", "-0.01"],
    ("Withdraw", "amount"): [*NO_NUMBER, "0", "0.00", "1.001", "1000000.01", "-0.01"],
    ("CreateOrder", "quantity"): [*NO_NUMBER[1:], "0", "0.00000000", "0.000000001", "1.123456789", "1000000000000"],
    ("PreviewOrder", "quantity"): [*NO_NUMBER[1:], "0", "0.00000000", "0.000000001", "1.123456789", "1000000000000"],
    ("CreateOrder", "quote_amount"): [*NO_NUMBER[1:], "0", "0.00", "1.001", "1000000.01"],
    ("PreviewOrder", "quote_amount"): [*NO_NUMBER[1:], "0", "0.00", "1.001", "1000000.01"],
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


@pytest.mark.parametrize(("name", "field"), BAD_VALUES, ids=str)
async def test_a_value_that_violates_its_rule_is_refused_with_the_name_of_its_field(
    victim: User, name: str, field: str
) -> None:
    [method] = [method for method in METHODS if method.name == name]
    binding = method.bindings[0]
    for value in BAD_VALUES[name, field]:
        others = {name: one for name, one in valid(method).items() if {name, field} != {"quantity", "quote_amount"}}
        refused = await victim.refused(binding.verb, binding.url(), {**others, field: value})
        assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (field,)), repr(value)


async def test_all_wrong_fields_are_named_together(guest: Rest) -> None:
    wrong = {"username": "a", "email": "b", "password": "c", "first_name": "1", "last_name": "2", "phone": "3"}
    refused = await guest.refused("POST", "/api/v1/auth/register", wrong)
    assert set(refused.fields) == wrong.keys()


async def test_a_password_that_contains_the_username_is_refused(guest: Rest) -> None:
    details = registration()
    details["password"] = f"my {details['username'].upper()} 123"
    assert (await guest.refused("POST", "/api/v1/auth/register", details)).fields == ("password",)


async def test_a_wrong_idempotency_key_is_refused_as_a_wrong_request_id(victim: User) -> None:
    for key in ("a b", "a" * 65, "a/b"):
        refused = await victim.refused(
            "POST", "/api/v1/balance/deposit", {"amount": "1.00"}, headers={"idempotency-key": key}
        )
        assert (refused.status, refused.fields) == (400, ("request_id",))


async def test_a_slippage_needs_an_expected_price(victim: User) -> None:
    order = {"side": "BUY", "asset_id": "DOT", "quantity": "1"}
    assert (await victim.refused("POST", "/api/v1/orders", {**order, "max_slippage": "1"})).reason == "INVALID_FIELD"
    for percent in ("100.1", "-1", "0.00001", "101", "1e1", "1%"):
        wrong = {**order, "expected_price": "1", "max_slippage": percent}
        assert (await victim.refused("POST", "/api/v1/orders", wrong)).fields == ("max_slippage",)


@pytest.mark.parametrize("path", ["/api/v1/orders", "/api/v1/orders:preview"])
async def test_an_order_has_one_size(victim: User, path: str) -> None:
    order = {"side": "SELL", "asset_id": "DOT"}
    sizes = {"quantity": "1", "quote_amount": "10", "sell_all": True}
    for count in (0, 2, 3):
        for chosen in itertools.combinations(sizes.items(), count):
            assert (await victim.refused("POST", path, {**order, **dict(chosen)})).reason == "INVALID_FIELD"
    bought = {"side": "BUY", "asset_id": "DOT", "sell_all": True}
    assert (await victim.refused("POST", path, bought)).reason == "INVALID_FIELD"


async def test_a_preview_id_must_be_that_of_the_same_order(victim: User) -> None:
    order = {"side": "BUY", "asset_id": "DOT", "quantity": "1"}
    other = (await victim.post("/api/v1/orders:preview", {**order, "quantity": "2"}))["preview_id"]
    for preview_id in ("x", other, other[:-1]):
        refused = await victim.refused("POST", "/api/v1/orders", {**order, "preview_id": preview_id})
        assert (refused.reason, refused.fields) == ("INVALID_FIELD", ("preview_id",))


async def test_an_enum_may_be_in_lower_case_but_must_be_known(victim: User) -> None:
    def preview(side: Any) -> Json:
        return {"side": side, "asset_id": "DOT", "quantity": "1"}

    upper = await victim.post("/api/v1/orders:preview", preview("BUY"))
    lower = await victim.post("/api/v1/orders:preview", preview("buy"))
    of_the_frame = {"price_seq", "preview_id", "expires_at"}
    assert {key: lower[key] for key in lower.keys() - of_the_frame} == {
        key: upper[key] for key in upper.keys() - of_the_frame
    }
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
async def test_an_unknown_asset_is_not_found(victim: User, path: str) -> None:
    refused = await victim.refused("POST", path, {"side": "BUY", "asset_id": "NOPE", "quantity": "1"})
    assert (refused.status, refused.reason, refused.metadata) == (404, "ASSET_NOT_FOUND", {"asset_id": "NOPE"})
