"""The session of a browser: its refresh token is in a cookie, which no script can read.

A call says so by the header `x-cnop-session: cookie`. A page of another origin cannot send that header, because the
edge permits it to none (CORS), so no cookie counts in a call that another page has made a browser send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import grpc

from services.common.rpc.errors import InvalidArgument, PermissionDenied, Unauthenticated
from services.user.sessions.domain import Tokens

HEADER, MODE = "x-cnop-session", "cookie"
NAME = "__Host-Http-cnop"  # browsers accept it only from this host by HTTPS, and only from a server, not from a script

_ATTRIBUTES = "Path=/; Secure; HttpOnly; SameSite=Strict"

Context = grpc.aio.ServicerContext[Any, Any]


@dataclass(frozen=True)
class BrowserSession:
    """A call of a browser, and the refresh token in its cookie; "" if it has none."""

    context: Context
    token: str = field(repr=False)

    def require_token(self) -> str:
        """Returns the refresh token. Raises Unauthenticated REFRESH_TOKEN_MISSING."""
        if not self.token:
            raise Unauthenticated("REFRESH_TOKEN_MISSING", "the call has no session cookie; sign in")
        return self.token

    async def keep(self, tokens: Tokens) -> Tokens:
        """Sets the cookie. Returns the tokens without the one that is in it."""
        kept = "" if tokens.kept_seconds is None else f"; Max-Age={tokens.kept_seconds}"
        await self._set(f"{NAME}={tokens.refresh}; {_ATTRIBUTES}{kept}")
        return Tokens(tokens.access, "", tokens.expires_in_seconds)

    async def clear(self) -> None:
        """Makes the browser forget the cookie."""
        await self._set(f"{NAME}=; {_ATTRIBUTES}; Max-Age=0")

    async def _set(self, cookie: str) -> None:
        await self.context.send_initial_metadata((("set-cookie", cookie),))


def browser_session(context: Context, in_body: str = "") -> BrowserSession | None:
    """Returns the browser's session of a call, None if a program makes the call.

    Raises PermissionDenied CROSS_SITE_REQUEST if the page has another origin, and InvalidArgument for an unknown mode
    and for a refresh token in the body.
    """
    metadata = tuple(context.invocation_metadata() or ())
    modes = _values(metadata, HEADER)
    if not modes:
        return None
    if modes != [MODE]:
        raise InvalidArgument(("", f"the header {HEADER} must be {MODE}, once"))
    if any(site != "same-origin" for site in _values(metadata, "sec-fetch-site")):
        raise PermissionDenied("CROSS_SITE_REQUEST", "only pages of this origin may use the session cookie")
    if in_body:
        raise InvalidArgument(("refresh_token", f"must be empty with {HEADER}: {MODE}; the cookie has it"))
    return BrowserSession(context, _cookie("; ".join(_values(metadata, "cookie"))))


def _values(metadata: Sequence[tuple[str, str | bytes]], name: str) -> list[str]:
    return [str(value) for key, value in metadata if key == name]


def _cookie(header: str) -> str:
    """Returns the value of our cookie. Two of that name are as good as none: it is unknown which is ours."""
    pairs = [pair.strip().partition("=") for pair in header.split(";")]
    values = [value for name, _, value in pairs if name == NAME]
    return values[0] if len(values) == 1 else ""
