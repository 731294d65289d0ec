"""Calls to the REST API, as a client program makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]
EVENTS = "text/event-stream"

# The HTTP statuses that each gRPC code in the JSON of an error may have.
HTTP_OF_CODE = {
    3: {400, 413, 431},  # INVALID_ARGUMENT, and requests that are too large for the edge
    4: {504, 408},
    5: {404},
    6: {409},
    7: {403},
    8: {429},
    9: {400},
    10: {409},
    11: {400},
    12: {404, 405, 415, 501},
    13: {500},
    14: {503},
    16: {401},
}


@dataclass(frozen=True)
class Refusal:
    """An error, parsed from its `google.rpc.Status`."""

    status: int
    code: int
    reason: str
    message: str
    metadata: Mapping[str, str]
    fields: tuple[str, ...]


def refusal(response: httpx.Response) -> Refusal:
    """Parses an error response. Fails if it is not an error in the format of the contract."""
    what = f"{response.request.method} {response.request.url} answered {response.status_code} {response.text[:300]}"
    assert response.status_code >= 400, what
    assert response.headers["content-type"] == "application/json", what
    body = response.json()
    assert set(body) == {"code", "message", "details"}, what
    assert response.status_code in HTTP_OF_CODE[body["code"]], what
    assert body["message"], what
    infos = [detail for detail in body["details"] if detail["@type"].endswith("google.rpc.ErrorInfo")]
    assert len(infos) == 1, what
    assert infos[0]["domain"] == "cnop", what
    broken = [detail for detail in body["details"] if detail["@type"].endswith("google.rpc.BadRequest")]
    return Refusal(
        status=response.status_code,
        code=body["code"],
        reason=infos[0]["reason"],
        message=body["message"],
        metadata=infos[0]["metadata"],
        fields=tuple(violation["field"] for detail in broken for violation in detail["field_violations"]),
    )


def answer(response: httpx.Response) -> Json:
    """Returns the JSON of a successful response. Fails if it is an error."""
    what = f"{response.request.method} {response.request.url} answered {response.status_code} {response.text[:500]}"
    assert response.status_code == 200, what
    assert response.headers["content-type"] in ("application/json", EVENTS), what
    body: Json = response.json()
    return body


async def request(http: httpx.AsyncClient, method: str, path: str, **options: Any) -> httpx.Response:
    """Makes a call. Of a stream it returns the first event."""
    async with http.stream(method, path, **options) as response:
        if response.headers.get("content-type") != EVENTS:
            await response.aread()
            return response
        async for line in response.aiter_lines():
            if line.startswith("data:"):
                content = line.removeprefix("data:").encode()
                return httpx.Response(200, headers=response.headers, content=content, request=response.request)
    raise AssertionError("the stream ended without an event")


@dataclass(frozen=True)
class Rest:
    """A client of the edge; signed in if it has a token."""

    http: httpx.AsyncClient
    token: str = ""

    async def send(self, method: str, path: str, body: Any = None, **options: Any) -> httpx.Response:
        """Makes a call and returns the response, even an error. `options` are those of httpx."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        headers |= options.pop("headers", {})
        if body is not None:
            options["json"] = body
        return await request(self.http, method, path, headers=headers, **options)

    async def get(self, path: str, **params: Any) -> Json:
        return answer(await self.send("GET", path, params=params))

    async def post(self, path: str, body: Json, **headers: str) -> Json:
        return answer(await self.send("POST", path, body, headers=_dashed(headers)))

    async def patch(self, path: str, body: Json) -> Json:
        return answer(await self.send("PATCH", path, body))

    async def refused(self, method: str, path: str, body: Any = None, **options: Any) -> Refusal:
        return refusal(await self.send(method, path, body, **options))

    async def pages(self, path: str, name: str, **params: Any) -> list[list[Json]]:
        """Returns all pages of a list."""
        pages = []
        while True:
            page = await self.get(path, **params)
            pages.append(page[name])
            if not page["next_page_token"]:
                return pages
            params["page_token"] = page["next_page_token"]


def _dashed(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
