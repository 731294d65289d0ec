"""A body must be one JSON object of limited size, without repeated fields."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest
from google.protobuf.descriptor import FieldDescriptor

from .bad_input import each_write, required, valid
from .contract import Binding, Method
from .rest import refusal
from .users import User

pytestmark = pytest.mark.usefixtures("nothing_happened")

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
    "invalid UTF-8 in a name": b'{"\xc0\x80": "x"}',
    "half a surrogate": b'{"amount": "\\ud800"}',
    "the other half": b'{"amount": "\\udc00"}',
    "a wrong escape": b'{"amount": "\\u12"}',
    "an unknown escape": b'{"amount": "\\q1.00"}',
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
async def test_a_body_that_is_not_a_json_object_is_refused(victim: User, method: Method, binding: Binding) -> None:
    texts = [field.name for field in method.request.fields if field.type == FieldDescriptor.TYPE_STRING]
    name = next((name for name in texts if name not in binding.parameters), "x").encode()
    for what, broken in BROKEN.items():
        body = broken.replace(b'"amount"', b'"%s"' % name).replace(b'"x"', b'"%s"' % name)
        refused = await victim.refused(binding.verb, binding.url(), content=body)
        assert (what, refused.status, refused.reason) == (what, 400, "INVALID_FIELD")


@each_write
async def test_a_repeated_field_is_refused_with_its_name(victim: User, method: Method, binding: Binding) -> None:
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
            assert set(refused.fields) >= required(method)
        else:
            assert response.status_code == 200


@each_write
async def test_an_unknown_field_in_a_body_is_refused_with_its_name(
    victim: User, method: Method, binding: Binding
) -> None:
    for name, value in (("no_such_field", {"a": [1, None, "x"]}), ("is_admin", True), ("price_", None)):
        refused = await victim.refused(binding.verb, binding.url(), {**valid(method), name: value})
        error = (refused.status, refused.reason, refused.fields)
        assert error == (400, "INVALID_FIELD", (name,)), refused


@each_write
async def test_a_misspelt_field_in_a_body_is_refused_with_the_right_name(
    victim: User, method: Method, binding: Binding
) -> None:
    for field in method.request.fields:
        if field.name not in binding.parameters:
            misspelt = field.name[:-1]
            refused = await victim.refused(binding.verb, binding.url(), {**valid(method), misspelt: "1"})
            assert (refused.status, refused.reason, refused.fields) == (400, "INVALID_FIELD", (misspelt,))
            assert refused.message == f"{misspelt} is not a field of this method; did you mean {field.name}?"
