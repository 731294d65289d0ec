"""A REST client for the demo, which prints its calls and their answers."""

from __future__ import annotations

import json
import shlex
from decimal import Decimal
from typing import Any, Self

import httpx
from rich.console import Console
from rich.text import Text

from local.arguments import PORT_MAX
from local.errors import LocalError

Json = dict[str, Any]
SHOWN_ITEMS, SHOWN_TEXT = 3, 100  # of a list, and characters of a text


class Rest:
    """A client of the edge that prints each call as curl and its answer as JSON."""

    def __init__(self, edge: str, console: Console) -> None:
        self.token = ""
        self._edge = _checked(edge).rstrip("/")
        self._console = console
        self._client = httpx.Client(base_url=self._edge, timeout=15.0, trust_env=False)
        self._calls = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def call(self, title: str, method: str, path: str, body: Json | None = None) -> Json:
        """Makes a call and prints it. Raises LocalError if it fails."""
        self._calls += 1
        self.note(f"{self._calls}. {title}")
        self._line(self._curl(method, path, body), "cyan")
        answer, seconds = self._send(method, path, body)
        self._console.print_json(json.dumps(_shortened(answer)))
        self._line(f"{seconds * 1000:.0f} ms", "dim")
        return answer

    def get(self, path: str) -> Json:
        """Makes a call without printing it. Raises LocalError if it fails."""
        return self._send("GET", path, None)[0]

    def note(self, text: str) -> None:
        self._line(f"\n{text}", "bold")

    def compare(self, what: str, expected: Decimal, found: str) -> None:
        """Prints that two sums are equal. Raises LocalError if they are not."""
        if Decimal(found) != expected:
            raise LocalError(f"{what} is {found}, expected {expected}")
        self._line(f"OK  {what} = {found}", "green")

    def _send(self, method: str, path: str, body: Json | None) -> tuple[Json, float]:
        """Returns the answer, and the seconds that it took. Raises LocalError if the call fails."""
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            response = self._client.request(method, path, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise LocalError(f"nothing answers at {self._edge} ({error}); `make run` starts everything") from None
        if not response.is_success:
            raise LocalError(f"{method} {path} failed with {response.status_code}: {response.text}")
        try:
            return response.json(), response.elapsed.total_seconds()
        except ValueError:
            raise LocalError(f"{self._edge} is not the edge: its answer is not JSON") from None

    def _curl(self, method: str, path: str, body: Json | None) -> str:
        """Returns the same call with curl. The token is shortened, because anyone who has it can use it."""
        words = ["curl", "-s"] + (["-X", method] if method not in ("GET", "POST") else [])
        if self.token:
            words += ["-H", f"authorization: Bearer {self.token[:8]}…"]
        if body is not None:
            words += ["-H", "content-type: application/json", "-d", json.dumps(body)]
        return shlex.join([*words, f"{self._edge}{path}"])

    def _line(self, text: str, style: str) -> None:
        self._console.print(Text(text, style), soft_wrap=True)


def _checked(edge: str) -> str:
    """Returns an address of an edge. Raises LocalError if it is none."""
    try:
        url = httpx.URL(edge)
    except httpx.InvalidURL:
        url = httpx.URL("")
    if url.scheme not in ("http", "https") or not url.host or (url.port or 1) > PORT_MAX:
        raise LocalError(f"{edge!r} is no address of an edge; use http://HOST:PORT")
    return edge


def _shortened(value: Any) -> Any:
    """Returns a value with its long lists and texts cut short."""
    if isinstance(value, dict):
        return {name: _shortened(item) for name, item in value.items()}
    if isinstance(value, list):
        more = len(value) - SHOWN_ITEMS
        return [_shortened(item) for item in value[:SHOWN_ITEMS]] + ([f"… {more} more"] if more > 0 else [])
    if isinstance(value, str) and len(value) > SHOWN_TEXT:
        return f"{value[: SHOWN_TEXT - 1]}…"
    return value
