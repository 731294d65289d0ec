"""What of a call makes it one of a browser, and which cookie counts."""

from __future__ import annotations

from typing import Any, cast

import pytest

from services.common.rpc.errors import InvalidArgument, PermissionDenied, Unauthenticated
from services.user.identity.cookies import NAME, Context, browser_session
from services.user.sessions.domain import Tokens

MODE = ("x-cnop-session", "cookie")


class Call:
    """The context of a call with this metadata. Keeps what is sent first."""

    def __init__(self, *metadata: tuple[str, str]) -> None:
        self._metadata = metadata
        self.sent: list[tuple[str, str]] = []

    def invocation_metadata(self) -> tuple[tuple[str, str], ...]:
        return self._metadata

    async def send_initial_metadata(self, metadata: Any) -> None:
        self.sent += metadata


def context(*metadata: tuple[str, str]) -> Context:
    return cast(Context, Call(*metadata))


def test_a_call_without_the_header_is_one_of_a_program() -> None:
    assert browser_session(context(("cookie", f"{NAME}=a"), ("sec-fetch-site", "cross-site")), "a token") is None


@pytest.mark.parametrize("modes", [["Cookie"], [""], ["cookie", "cookie"], ["cookie", "token"], ["cookie,cookie"]])
def test_a_mode_is_exact_and_stands_once(modes: list[str]) -> None:
    with pytest.raises(InvalidArgument):
        browser_session(context(*(("x-cnop-session", mode) for mode in modes)))


@pytest.mark.parametrize(
    ("cookies", "token"),
    [
        ([], ""),
        ([f"{NAME}=a-_1"], "a-_1"),
        ([f"theme=dark; {NAME}=a; x=y"], "a"),
        (["theme=dark", f"{NAME}=a"], "a"),
        ([f"{NAME}=a; {NAME}=b"], ""),
        ([f"{NAME}=a", f"{NAME}=a"], ""),
        ([f"x{NAME}=a; {NAME.lower()}=b; {NAME}"], ""),
        ([f"{NAME}="], ""),
        (["none"], ""),
    ],
)
def test_only_the_one_cookie_of_the_name_counts(cookies: list[str], token: str) -> None:
    browser = browser_session(context(MODE, *(("cookie", cookie) for cookie in cookies)))
    assert browser
    assert browser.token == token
    if not token:
        with pytest.raises(Unauthenticated) as refused:
            browser.require_token()
        assert refused.value.reason == "REFRESH_TOKEN_MISSING"


@pytest.mark.parametrize("sites", [["same-site"], ["cross-site"], ["none"], [""], ["same-origin", "cross-site"]])
def test_a_page_of_another_origin_is_refused_whatever_else_is_wrong(sites: list[str]) -> None:
    with pytest.raises(PermissionDenied) as refused:
        browser_session(context(MODE, *(("sec-fetch-site", site) for site in sites)), "a token")
    assert refused.value.reason == "CROSS_SITE_REQUEST"


def test_a_browser_sends_no_refresh_token_in_the_body() -> None:
    with pytest.raises(InvalidArgument) as refused:
        browser_session(context(MODE, ("sec-fetch-site", "same-origin")), "a token")
    assert [field for field, _ in refused.value.violations] == ["refresh_token"]


async def test_the_refresh_token_goes_into_the_cookie_and_nowhere_else() -> None:
    call = Call(MODE, ("cookie", f"{NAME}=held"))
    browser = browser_session(cast(Context, call))
    assert browser
    assert "held" not in repr(browser)
    assert await browser.keep(Tokens("access", "next", 900, 60)) == Tokens("access", "", 900)
    await browser.keep(Tokens("access", "next", 900))
    await browser.clear()
    secure = "Path=/; Secure; HttpOnly; SameSite=Strict"
    assert call.sent == [
        ("set-cookie", f"{NAME}=next; {secure}; Max-Age=60"),
        ("set-cookie", f"{NAME}=next; {secure}"),
        ("set-cookie", f"{NAME}=; {secure}; Max-Age=0"),
    ]
