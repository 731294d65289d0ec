"""The rules of every request field, tested with values that must pass and values that must not."""

from __future__ import annotations

import itertools
from typing import Any

import protovalidate
import pytest
from buf.validate import validate_pb2
from cnop.user.v1 import user_service_pb2 as users
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from tests.e2e.contract import METHODS
from tests.examples import request
from tests.unit.contracts.field_values import AMOUNTS, PERCENTS, PRICES, QUANTITIES, RULES, SHARED, TIMES

# One valid request of each kind; each test changes one of its fields.
KINDS = {method.request for method in METHODS if method.request.file.package.startswith("cnop.")}
BY_NAME = {kind.name: request(kind) for kind in sorted(KINDS, key=lambda kind: kind.name)}
# Valid only together, or only one of them; tested as such.
PAIRED = {"expected_price", "max_slippage", "start_time", "end_time"}
SIZES = {
    f"{kind}OrderRequest.{field}"
    for kind in ("Create", "Preview")
    for field in ("quantity", "quote_amount", "sell_all")
}


def values_for(field: FieldDescriptor) -> tuple[list[Any], list[Any]]:
    """Returns the good and the bad values of a field."""
    full_name = f"{field.containing_type.name}.{field.name}"
    if listed := RULES.get(full_name, RULES.get(field.name)):
        return listed
    rules = field.GetOptions().Extensions[validate_pb2.field]
    shared = [SHARED[rule.name] for rule, _ in rules.string.ListFields() if rule.name in SHARED]
    assert shared, f"{full_name} needs values"
    good, bad = shared[0]
    if rules.ignore == validate_pb2.IGNORE_IF_ZERO_VALUE:
        return ["", *good], [value for value in bad if value]
    return good, bad


def broken_fields(message: Message) -> set[str]:
    """Returns the fields that violate a rule; "" stands for the message as a whole."""
    paths = [violation.proto.field for violation in protovalidate.collect_violations(message)]
    return {path.elements[0].field_name if path else "" for path in paths}


def changed(kind: str, **changes: Any) -> Message:
    """Returns a valid request with some fields changed."""
    message = type(BY_NAME[kind])()
    message.CopyFrom(BY_NAME[kind])
    for field, value in changes.items():
        message.ClearField(field)
        if isinstance(value, dict):
            getattr(message, field).update(value)
        elif isinstance(value, Message):
            getattr(message, field).CopyFrom(value)
        elif isinstance(value, list):
            getattr(message, field).extend(value)
        else:
            setattr(message, field, value)
    return message


def cases(*, good: bool) -> list[Any]:
    return [
        pytest.param(kind, field.name, wanted, id=f"{kind}.{field.name}")
        for kind, message in BY_NAME.items()
        for field in message.DESCRIPTOR.fields
        if field.name not in PAIRED
        and f"{kind}.{field.name}" not in SIZES
        and (wanted := values_for(field)[0 if good else 1])
    ]


def test_every_request_is_tested() -> None:
    files = {kind.file.name: kind.file for kind in KINDS}.values()
    names = {name for file in files for name in file.message_types_by_name if name.endswith("Request")}
    assert names == set(BY_NAME)


@pytest.mark.parametrize("kind", BY_NAME)
def test_a_good_request_passes(kind: str) -> None:
    assert broken_fields(BY_NAME[kind]) == set()


@pytest.mark.parametrize(("kind", "field", "values"), cases(good=True))
def test_good_values_pass(kind: str, field: str, values: list[Any]) -> None:
    assert [value for value in values if broken_fields(changed(kind, **{field: value}))] == []


@pytest.mark.parametrize(("kind", "field", "values"), cases(good=False))
def test_bad_values_are_refused_for_their_field(kind: str, field: str, values: list[Any]) -> None:
    assert [value for value in values if broken_fields(changed(kind, **{field: value})) != {field}] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [("expected_price", PRICES), ("max_slippage", PERCENTS)],
    ids=["expected_price", "max_slippage"],
)
def test_each_field_of_the_slippage_pair_is_checked(field: str, values: tuple[list[str], list[str]]) -> None:
    def broken(value: str) -> set[str]:
        guards = {"expected_price": "1", "max_slippage": "1", field: value}
        return broken_fields(changed("CreateOrderRequest", **guards))

    good, bad = values
    assert [value for value in good if value and broken(value)] == []
    assert [value for value in bad if broken(value) != {field}] == []


def test_an_expected_price_may_be_alone_but_a_slippage_may_not() -> None:
    assert broken_fields(changed("CreateOrderRequest", expected_price="1")) == set()
    assert broken_fields(changed("CreateOrderRequest", max_slippage="1")) == {""}


ORDERS = ["CreateOrderRequest", "PreviewOrderRequest"]


@pytest.mark.parametrize("kind", ORDERS)
@pytest.mark.parametrize(("field", "values"), [("quantity", QUANTITIES), ("quote_amount", AMOUNTS)])
def test_the_quantity_or_the_amount_of_an_order_is_checked(
    kind: str, field: str, values: tuple[list[str], list[str]]
) -> None:
    def broken(value: str) -> set[str]:
        return broken_fields(changed(kind, **{"quantity": "", field: value}))

    good, bad = values
    assert [value for value in good if broken(value)] == []
    assert [value for value in bad if value and broken(value) != {field}] == []


@pytest.mark.parametrize("kind", ORDERS)
def test_an_order_has_one_size(kind: str) -> None:
    sizes = {"quantity": "1", "quote_amount": "1", "sell_all": True}
    none = {"quantity": "", "quote_amount": "", "sell_all": False}
    for count in range(4):
        for chosen in itertools.combinations(sizes, count):
            message = changed(kind, side=2, **none)
            for field in chosen:
                setattr(message, field, sizes[field])
            assert broken_fields(message) == (set() if count == 1 else {""}), chosen


@pytest.mark.parametrize("kind", ORDERS)
def test_only_a_sell_can_be_of_all(kind: str) -> None:
    assert broken_fields(changed(kind, side=2, quantity="", sell_all=True)) == set()
    assert broken_fields(changed(kind, side=1, quantity="", sell_all=True)) == {""}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("email", "ann@münchen.de", "write an international domain in its ASCII form"),
        ("phone", "030 123456", "must be empty or an international number like +1 415 555 0100"),
        ("phone", "+44 (0)20 7946 0018", "must not contain (0)"),
        ("last_name", "A\u200c B", "must have a joiner"),
        ("last_name", "Ann1", "begin with a letter or an apostrophe"),
    ],
)
def test_the_message_says_what_to_do(field: str, value: str, message: str) -> None:
    found = protovalidate.collect_violations(changed("RegisterRequest", **{field: value}))
    assert any(message in violation.proto.message for violation in found)


WINDOWED = [name for name, kind in BY_NAME.items() if "start_time" in kind.DESCRIPTOR.fields_by_name]


@pytest.mark.parametrize("kind", WINDOWED)
@pytest.mark.parametrize(("field", "other"), [("start_time", "end_time"), ("end_time", "start_time")])
def test_each_end_of_a_window_is_checked(kind: str, field: str, other: str) -> None:
    def broken(value: Timestamp) -> set[str]:
        message = changed(kind, **{field: value})
        message.ClearField(other)
        return broken_fields(message)

    good, bad = TIMES
    assert [value for value in good if broken(value)] == []
    assert [value for value in bad if broken(value) != {field}] == []


@pytest.mark.parametrize("kind", WINDOWED)
def test_a_window_begins_before_it_ends(kind: str) -> None:
    moments = [Timestamp(seconds=1), Timestamp(seconds=1, nanos=1), Timestamp(seconds=2)]
    for (n, start), (m, end) in itertools.product(enumerate(moments), repeat=2):
        assert broken_fields(changed(kind, start_time=start, end_time=end)) == (set() if n < m else {""})


def test_every_broken_field_is_reported() -> None:
    request = changed("RegisterRequest", username="x", email="x", password="x", phone="x")
    assert broken_fields(request) == {"username", "email", "password", "phone"}


def test_an_update_may_clear_only_optional_fields() -> None:
    empty = users.UpdateProfileRequest(phone="", date_of_birth="", email="", first_name="", last_name="")
    assert broken_fields(empty) == {"email", "first_name", "last_name"}


@pytest.mark.parametrize(
    ("kind", "field", "message"),
    [
        ("CreateOrderRequest", "side", "must be BUY or SELL"),
        ("SetTradingStatusRequest", "trading_status", "must be TRADING, SELL_ONLY or HALTED"),
    ],
)
def test_a_missing_choice_is_refused_with_the_names_of_the_values(kind: str, field: str, message: str) -> None:
    [violation] = protovalidate.collect_violations(changed(kind, **{field: 0}))
    assert violation.proto.message == message
