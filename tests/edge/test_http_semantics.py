"""The edge as an HTTP server: methods, paths, versions, redirects and reasons, as RFC 9110 and 9112 ask for them."""

from __future__ import annotations

import gzip
import re
from collections.abc import AsyncIterator
from typing import Any

import h2.events
import httpx
import pytest
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc
from google.api import annotations_pb2

from edge_config import static_files
from tests.edge.mesh import Edge, running, token
from tests.edge.rendered import edge_settings, methods_of
from tests.edge.wire import answer_to, http2_to

BALANCE = "/api/v1/balance"
LOGIN = "/api/v1/auth/login"
AUTHORIZATION = {"authorization": f"Bearer {token()}"}
TOKEN = f"Authorization: Bearer {token()}\r\n"
PER_ANSWER = {"date", "x-request-id", "x-ratelimit-remaining", "x-ratelimit-reset"}
FRAMING = {"content-length", "content-encoding", "transfer-encoding", "vary"}
ORIGIN = "http://localhost:5173"


def _verbs_by_path() -> dict[str, set[str]]:
    """The REST paths of the contracts, with "a" for each parameter, and the verbs that each takes."""
    verbs: dict[str, set[str]] = {}
    for method in methods_of(edge_settings().descriptors).values():
        rule = method.options.Extensions[annotations_pb2.http]
        for one in (rule, *rule.additional_bindings):
            if verb := one.WhichOneof("pattern"):
                takes = verbs.setdefault(re.sub(r"\{\w+\}", "a", getattr(one, verb)), {"OPTIONS"})
                # The answer to HEAD of a stream would not end.
                takes |= {"GET", "HEAD"} if verb == "get" and not method.server_streaming else {verb.upper()}
    return verbs


VERBS = _verbs_by_path()
STATIC = ["/", "/docs", "/docs/", "/docs/docs.js", "/openapi.json", "/health"]
READABLE = [path for path, verbs in VERBS.items() if "HEAD" in verbs]


@pytest.fixture(scope="module")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with running(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


def reason_of(answer: httpx.Response) -> str:
    return str(answer.json()["details"][0]["reason"])


def allowed(answer: httpx.Response) -> set[str]:
    return set(answer.headers["allow"].split(", "))


# --- methods ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*READABLE, *STATIC])
async def test_head_is_answered_as_get_without_the_body(edge: Edge, path: str) -> None:
    for headers in (AUTHORIZATION, {}):
        got = await edge.http.get(path, headers=headers)
        head = await edge.http.head(path, headers=headers)
        assert (head.status_code, head.content) == (got.status_code, b"")
        differing = PER_ANSWER | (FRAMING if path in STATIC else set())  # RFC 9110, 9.3.2, leaves the framing open
        told = {name: value for name, value in head.headers.items() if name not in differing}
        assert told == {name: value for name, value in got.headers.items() if name not in differing}


async def test_head_has_no_body_in_http2_either(edge: Edge) -> None:
    async with http2_to(edge) as client:
        pseudo = [(":method", "HEAD"), (":scheme", "http"), (":authority", "x"), (":path", BALANCE)]
        client.connection.send_headers(1, [*pseudo, *AUTHORIZATION.items()], end_stream=True)
        client.flush()
        ended = await client.until(h2.events.DataReceived, h2.events.StreamEnded)
        assert isinstance(ended, h2.events.StreamEnded) or ended.data == b""


@pytest.mark.parametrize("path", VERBS)
async def test_a_verb_that_a_path_does_not_take_is_refused_with_those_that_it_takes(edge: Edge, path: str) -> None:
    expected = VERBS[path]
    for verb in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"} - expected:
        for slash in ("", "/"):
            answer = await edge.http.request(verb, path + slash, headers=AUTHORIZATION)
            assert (verb, answer.status_code) == (verb, 405)
            assert allowed(answer) == expected
            if verb != "HEAD":
                assert (answer.json()["code"], reason_of(answer)) == (12, "METHOD_NOT_ALLOWED")


@pytest.mark.parametrize("path", STATIC)
async def test_a_static_path_is_only_read(edge: Edge, path: str) -> None:
    for verb in ("POST", "PUT", "PATCH", "DELETE"):
        answer = await edge.http.request(verb, path)
        assert (verb, answer.status_code, reason_of(answer)) == (verb, 405, "METHOD_NOT_ALLOWED")
        assert allowed(answer) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize("path", [*VERBS, *STATIC])
async def test_options_tells_what_a_path_takes(edge: Edge, path: str) -> None:
    answer = await edge.http.options(path)
    if path == "/health":  # load balancers ask by it
        assert answer.status_code == 503
        return
    assert (answer.status_code, answer.content) == (204, b"")
    assert allowed(answer) == VERBS.get(path, {"GET", "HEAD", "OPTIONS"})


@pytest.mark.parametrize("verb", ["GET", "HEAD", "OPTIONS", "PUT", "TRACE"])
async def test_a_path_that_is_none_is_not_found_by_any_verb(edge: Edge, verb: str) -> None:
    answer = await edge.http.request(verb, "/api/v1/nonsense")
    assert answer.status_code == 404
    assert "allow" not in answer.headers


# --- paths ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/health", "/health/", "/health?x=1", "/health/?x=1"])
async def test_health_is_answered_however_its_path_is_written(edge: Edge, path: str) -> None:
    for verb in ("GET", "HEAD", "OPTIONS"):
        answer = await edge.http.request(verb, path)
        assert answer.status_code == 503  # the other services are unavailable
    assert (await edge.http.get("/healthy")).status_code == 404


@pytest.mark.parametrize("path", ["/", "/docs/", "/?a=b"])
async def test_a_redirect_to_the_page_repeats_nothing_of_the_request(edge: Edge, path: str) -> None:
    answer = await edge.http.get(path, headers={"host": "evil.test", "x-forwarded-host": "evil.test"})
    assert (answer.status_code, answer.headers["location"]) == (301, "/docs")
    assert answer.headers["cache-control"] == "no-store"
    assert "evil.test" not in str(answer.headers)
    assert (await edge.http.get(path, follow_redirects=True)).status_code == 200


async def test_no_answer_tells_a_number_of_the_inside(edge: Edge) -> None:
    grpc, web = {"content-type": "application/grpc"}, {"content-type": "application/grpc-web+proto"}
    asked: list[tuple[str, str, dict[str, str]]] = [
        *(("GET", path, {}) for path in (*static_files.REDIRECTS, "/docs", "/nonsense", BALANCE, LOGIN)),
        *(("POST", "/nonsense", headers) for headers in (grpc, web, {**grpc, "grpc-encoding": "br"})),
        *(("GET", "/nonsense", headers) for headers in (grpc, web)),
    ]
    for verb, path, headers in asked:
        answer = await edge.http.request(verb, path, headers=headers)
        assert "4294967295" not in str(answer.headers), (verb, path, headers)


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["gzip", "GZIP", "br", "deflate", "identity, gzip"])
async def test_a_compressed_body_is_refused_with_what_is_taken(edge: Edge, encoding: str) -> None:
    content = gzip.compress(b'{"username":"ada","password":"x"}')
    answer = await edge.http.post(LOGIN, content=content, headers={"content-encoding": encoding})
    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert (answer.json()["code"], reason_of(answer)) == (12, "COMPRESSION_UNKNOWN")
    assert "without content-encoding" in answer.json()["message"]


async def test_an_encoding_that_is_none_is_taken(edge: Edge) -> None:
    for encoding in ("identity", "Identity"):
        answer = await edge.http.post(LOGIN, json={}, headers={"content-encoding": encoding})
        assert answer.status_code == 200


async def test_a_grpc_client_is_told_which_compression_is_known(edge: Edge) -> None:
    headers = {"content-type": "application/grpc", "grpc-encoding": "br"}
    answer = await edge.http.post("/cnop.user.v1.AuthService/GetJwks", headers=headers)
    assert answer.headers["grpc-accept-encoding"] == "identity,gzip,deflate"


# --- versions of HTTP -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["Host: x\r\n", ""])
@pytest.mark.parametrize("connection", ["close", "keep-alive"])
async def test_http_1_0_is_served(edge: Edge, host: str, connection: str) -> None:
    head = f"{host}{TOKEN}Connection: {connection}\r\n"
    answer = await answer_to(edge, f"GET {BALANCE} HTTP/1.0\r\n{head}\r\n".encode())
    assert (answer.status, answer.body["current_balance"]) == (200, "10.00")
    assert "transfer-encoding" not in answer.headers
    posted = await answer_to(edge, f"POST {LOGIN} HTTP/1.0\r\n{head}Content-Length: 2\r\n\r\n{{}}".encode())
    assert (posted.status, posted.body["access_token"]) == (200, "t")
    assert (await answer_to(edge, f"GET /health HTTP/1.0\r\n{host}\r\n".encode())).status == 503


# --- a reason for each refusal ----------------------------------------------------------------------------------------

HTTP_1_1 = "HTTP/1.1\r\nHost: x\r\n"
REFUSED = {
    f"GET {BALANCE} HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n": "more than one host",
    f"GET {BALANCE} HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n": "more than one host",
    f"GET {BALANCE} HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n": "more than one host",
    "GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n": "more than one host",
    "GET /docs/ HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n": "more than one host",
    f"GET {BALANCE} HTTP/1.1\r\n\r\n": "no Host header",
    f"GET {BALANCE} HTTP/1.1\r\nHost: a b\r\n\r\n": "not the name of a host",
    f"GET http://x{BALANCE} {HTTP_1_1}\r\n": "whole URL",
    f"OPTIONS * {HTTP_1_1}\r\n": "'*'",
    f"CONNECT 127.0.0.1:50051 {HTTP_1_1}\r\n": "upgrades",
    f"GET {BALANCE} {HTTP_1_1}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n": "upgrades",
    f"GET {BALANCE}#a {HTTP_1_1}\r\n": "#",
    f"GET /api/v1%2fbalance {HTTP_1_1}\r\n": "escaped slash",
    f"GET /api/v1%5cbalance {HTTP_1_1}\r\n": "backslash",
    f"GET {BALANCE}%00 {HTTP_1_1}\r\n": "zero byte",
    f"GET {BALANCE} {HTTP_1_1}x-a: a\0b\r\n\r\n": "control character",
    f"GET /bal ance {HTTP_1_1}\r\n": "no spaces",
    f"BREW {BALANCE} {HTTP_1_1}\r\n": "its method",
    f"get {BALANCE} {HTTP_1_1}\r\n": "its method",
    f"GET {BALANCE} {HTTP_1_1}nonsense\r\n\r\n": "name: value",
    f"POST {LOGIN} {HTTP_1_1}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n": "ambiguous",
    f"POST {LOGIN} {HTTP_1_1}Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n": "ambiguous",
    f"POST {LOGIN} {HTTP_1_1}Content-Length: x\r\n\r\n": "the length of its body",
    f"POST {LOGIN} HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n": "HTTP/1.0",
}


@pytest.mark.parametrize("sent", REFUSED)
async def test_a_request_that_is_no_valid_http_is_refused_with_its_reason(edge: Edge, sent: str) -> None:
    answer = await answer_to(edge, sent.encode())
    assert (answer.status, answer.body["code"]) == (400, 3)
    assert answer.body["details"][0]["reason"] == "INVALID_REQUEST"
    assert REFUSED[sent] in answer.body["message"]


def test_no_reason_stands_for_two_causes() -> None:
    assert len(set(REFUSED.values())) >= 14


async def test_text_that_is_no_base64_is_refused_with_that_reason(edge: Edge) -> None:
    headers = {"content-type": "application/grpc-web-text", "x-grpc-web": "1"}
    answer = await edge.http.post("/cnop.user.v1.AuthService/GetJwks", content="!!!!", headers=headers)
    assert "base64" in answer.headers["grpc-message"]


@pytest.mark.parametrize(
    ("hosts", "status"),
    [
        ([(":authority", "x")], 200),
        ([("host", "x")], 200),
        ([(":authority", "x"), ("host", "x")], 200),
        ([(":authority", "x"), ("host", "y")], 400),
        ([(":authority", "x,y")], 400),
    ],
)
async def test_in_http2_a_host_header_may_only_repeat_the_authority(
    edge: Edge, hosts: list[tuple[str, str]], status: int
) -> None:
    pseudo = [(":method", "GET"), (":scheme", "http"), (":path", BALANCE)]
    headers = sorted([*pseudo, *hosts, *AUTHORIZATION.items()], key=lambda one: not one[0].startswith(":"))
    async with http2_to(edge) as client:
        client.connection.send_headers(1, headers, end_stream=True)
        client.flush()
        answered = await client.until(h2.events.ResponseReceived)
    assert int(dict(answered.headers)[b":status"]) == status


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a_b", "content_length", "x_request_id"])
async def test_a_header_with_an_underscore_is_left_out(edge: Edge, name: str) -> None:
    answer = await edge.http.get(BALANCE, headers={**AUTHORIZATION, name: "1"})
    assert answer.status_code == 200
    assert not {name, name.replace("_", "-")} & edge.user.metadata.keys() - {"x-request-id"}
    assert edge.user.metadata["x-request-id"] != "1"


async def test_grpc_metadata_with_an_underscore_does_not_end_the_call(edge: Edge) -> None:
    get_balance: Any = account_service_pb2_grpc.AccountServiceStub(edge.channel).GetBalance
    metadata = (*AUTHORIZATION.items(), ("client_version", "1"))
    answer = await get_balance(account_service_pb2.GetBalanceRequest(), metadata=metadata)
    assert answer.current_balance == "10.00"
    assert "client_version" not in edge.user.metadata


async def test_every_refusal_of_a_token_says_how_to_sign_in(edge: Edge) -> None:
    for given, challenge in {
        "": 'Bearer realm="cnop"',
        "Bearer nonsense": 'Bearer realm="cnop", error="invalid_token"',
        f"Bearer {token(aud='others')}": 'Bearer realm="cnop", error="invalid_token"',
    }.items():
        headers = {"authorization": given} if given else {}
        answer = await edge.http.get(BALANCE, headers={**headers, "host": "evil.test"})
        assert answer.headers.get_list("www-authenticate") == [challenge]


async def test_a_page_may_send_its_trace_and_read_what_it_needs(edge: Edge) -> None:
    names = "traceparent,tracestate"
    asked = {"origin": ORIGIN, "access-control-request-method": "GET", "access-control-request-headers": names}
    preflight = await edge.http.options(BALANCE, headers=asked)
    assert {"traceparent", "tracestate"} <= set(preflight.headers["access-control-allow-headers"].split(", "))
    assert "HEAD" in preflight.headers["access-control-allow-methods"].split(", ")
    trace = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=b"}
    answer = await edge.http.get(BALANCE, headers={**AUTHORIZATION, **trace, "origin": ORIGIN})
    exposed = set(answer.headers["access-control-expose-headers"].split(", "))
    assert {"x-request-id", "www-authenticate", "allow", "retry-after"} <= exposed
    assert {name: edge.user.metadata[name] for name in trace} == trace
