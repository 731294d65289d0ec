"""Paths and queries may contain only what the contract defines, in UTF-8 and of limited size."""

# ruff: noqa: RUF001 - these tests send confusable characters

from __future__ import annotations

import pytest
from google.protobuf.descriptor import FieldDescriptor

from .bad_input import BINDINGS, READS, WRITES, each_write, valid
from .contract import Binding, Method
from .rest import refusal
from .users import User

pytestmark = pytest.mark.usefixtures("nothing_happened")


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


NO_PAGE_SIZE = ["-1", "1001", "2147483647", "2147483648", "99999999999999999999", "1.5", "1e2", "abc", "", "true", "１"]


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
async def test_invalid_utf8_is_refused(victim: User, method: Method, binding: Binding) -> None:
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


NO_PATHS = [
    "/nope", "/api", "/api/v1", "/api/v2/balance", "/api/v1/balances", "/API/V1/BALANCE", "/api/v1/orders/a/b",
    "/api/v1/orders:nope", "/api/v1/orders%3Apreview", "/api/v1/orders/../../../etc/passwd", "/%2e%2e/etc/passwd",
    "/api/v1/balance%00", "/health/x", "/.well-known/", "/.git/config", "/stats", "/quitquitquit", "/server_info",
    "/api/v1/balance;a=b", "/api/v1/%62alance/x", "/a" * 4000,
]  # fmt: skip


@pytest.mark.parametrize("verb", ["GET", "POST", "PATCH", "PUT", "DELETE"])
async def test_an_invalid_path_is_refused(victim: User, verb: str) -> None:
    for path in NO_PATHS:
        assert (path, (await victim.refused(verb, path)).status) in ((path, 400), (path, 404))


async def test_an_unsupported_verb_is_refused(victim: User) -> None:
    for url in {binding.url() for _, binding in BINDINGS}:
        known = {binding.verb for _, binding in BINDINGS if binding.url() == url}
        for verb in {"GET", "POST", "PATCH", "PUT", "DELETE", "TRACE", "BREW"} - known:
            body = None if verb in ("GET", "TRACE") else {}
            assert (await victim.refused(verb, url, body)).status == (400 if verb == "BREW" else 405), (verb, url)


PATH_TRICKS = [
    "..%2f..", "a%2Fb", "a%5Cb", "%00", "BTC%00", "%0d%0aSet-Cookie:x", "%20", "%25", "%zz", "%",
    "%E2%80%AE", "%C2%A0", "é", "a" * 65, "a" * 8000, "*", "{}", "%7B%7D", "'", '%22"', ";x=1", ":", "a:b",
    "%F0%9F%92%B0", "null", "-1", "1e9",
]  # fmt: skip


@pytest.mark.parametrize(("method", "binding"), [one for one in READS if one[1].parameters], ids=str)
async def test_a_path_parameter_that_is_not_an_id_is_refused(victim: User, method: Method, binding: Binding) -> None:
    [name] = binding.parameters
    for trick in PATH_TRICKS:
        response = await victim.send("GET", binding.url(**{name: trick}))
        assert refusal(response).status in (400, 404)
        assert "set-cookie" not in response.headers


async def test_a_path_longer_than_the_header_limit_is_refused(victim: User) -> None:
    refused = await victim.refused("GET", f"/api/v1/orders/{'a' * 40_000}")
    assert refused.status in (400, 414, 431)
