"""A browser as the session cookie sees it: keeps the cookie that answers set, and sends it with the header."""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookies import Morsel, SimpleCookie
from typing import Any

import httpx

from .rest import Json, Refusal, answer, refusal
from .users import User

NAME = "__Host-Http-cnop"
MODE = {"x-cnop-session": "cookie"}
_AUTH = "/api/v1/auth/"


@dataclass
class Browser:
    """A browser at the edge. `held` is its cookie, `set` the last one that an answer set, with its attributes."""

    http: httpx.AsyncClient
    held: str = ""
    set: Morsel[str] = field(default_factory=Morsel)

    async def send(self, method: str, body: Json | None = None, **headers: str) -> httpx.Response:
        """Calls a method of AuthService with the cookie. A header of None is left out."""
        sent = {**MODE, "sec-fetch-site": "same-origin", **{name.replace("_", "-"): it for name, it in headers.items()}}
        if self.held:
            sent["cookie"] = f"theme=dark; {NAME}={self.held}"
        response = await self.http.post(_AUTH + method, json=body or {}, headers=sent)
        self._keep(response)
        return response

    def _keep(self, response: httpx.Response) -> None:
        for line in response.headers.get_list("set-cookie"):
            self.set = SimpleCookie(line)[NAME]
            self.held = "" if self.set["max-age"] == "0" else self.set.value

    async def sign_in(self, user: User, **more: Any) -> Json:
        return answer(await self.send("login", {"username": user.username, "password": user.password, **more}))

    async def refresh(self) -> Json:
        return answer(await self.send("refresh"))

    async def refused(self, method: str = "refresh", body: Json | None = None, **headers: str) -> Refusal:
        """Makes a call that must be refused, and keep the cookie as it is."""
        response = await self.send(method, body, **headers)
        assert "set-cookie" not in response.headers
        return refusal(response)

    def copied(self) -> Browser:
        """Returns the browser of a thief who has copied the cookie."""
        return Browser(self.http, self.held)


async def trail(user: User, event: str) -> list[Json]:
    """Returns the events of one kind, the oldest first."""
    pages = await user.pages("/api/v1/auth/audit", "events", page_size=200)
    return [one for page in pages for one in page if one["event"] == event][::-1]
