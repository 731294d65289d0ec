"""Sessions in cookies in the whole system, as a browser and as its attackers see them."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.user.sessions.domain import REPEATS_MAX

from .browsers import NAME, Browser, trail
from .rest import Rest, answer
from .rpc import Channels
from .test_access_matrix import session_of
from .token_acceptance import assert_refused_in_time, places_that_accept
from .tokens import HOUR, Forge
from .users import User

DAYS_30 = 30 * 86400


# --- what a browser gets ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("remember", [True, False])
async def test_the_refresh_token_is_in_a_cookie_that_no_script_can_read_and_in_no_body(
    user: User, remember: bool
) -> None:
    browser = Browser(user.http)
    for tokens in (await browser.sign_in(user, remember_me=remember), await browser.refresh()):
        assert tokens["access_token"]
        assert (tokens["refresh_token"], tokens["token_type"], tokens["expires_in"]) == ("", "Bearer", 900)
        cookie = browser.set
        assert (cookie["path"], cookie["samesite"], cookie["domain"]) == ("/", "Strict", "")
        assert cookie["secure"] is True
        assert cookie["httponly"] is True
        if remember:
            assert DAYS_30 - 60 <= int(cookie["max-age"]) <= DAYS_30
        else:
            assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert await Rest(user.http, tokens["access_token"]).get("/api/v1/balance")


async def test_without_the_header_a_program_gets_what_it_always_got(guest: Rest, user: User, browser: Browser) -> None:
    cookie = {"cookie": f"{NAME}={browser.held}"}
    body = {"username": user.username, "password": user.password, "remember_me": True}
    response = await guest.send("POST", "/api/v1/auth/login", body, headers=cookie)
    assert "set-cookie" not in response.headers
    tokens = answer(response)
    empty = await guest.refused("POST", "/api/v1/auth/refresh", {}, headers=cookie)
    assert (empty.status, empty.reason, empty.fields) == (400, "INVALID_FIELD", ("refresh_token",))
    assert empty.message == "refresh_token must be at least 1 characters"
    used = {"refresh_token": tokens["refresh_token"]}
    following = await guest.send("POST", "/api/v1/auth/refresh", used, headers=cookie)
    assert "set-cookie" not in following.headers
    assert answer(following)["refresh_token"]
    again = await guest.refused("POST", "/api/v1/auth/refresh", used)
    assert (again.status, again.reason) == (401, "REFRESH_TOKEN_REUSED")
    out = await guest.refused("POST", "/api/v1/auth/logout", {}, headers=cookie)
    assert (out.status, out.reason) == (401, "TOKEN_MISSING")
    assert await browser.refresh()


async def test_a_refresh_token_is_good_only_in_the_way_in_which_it_was_given(
    guest: Rest, user: User, browser: Browser
) -> None:
    body = {"username": user.username, "password": user.password}
    of_program = (await guest.post("/api/v1/auth/login", body))["refresh_token"]
    in_body = await guest.refused("POST", "/api/v1/auth/refresh", {"refresh_token": browser.held})
    in_cookie = await Browser(user.http, of_program).refused()
    for refused in (in_body, in_cookie):
        assert (refused.status, refused.reason) == (401, "REFRESH_TOKEN_INVALID")
    both = await browser.refused("refresh", {"refresh_token": of_program})
    assert (both.status, both.fields) == (400, ("refresh_token",))
    assert (await browser.refused("login", {**body, "refresh_token": of_program})).fields == ("refresh_token",)
    assert await browser.refresh()
    assert await guest.post("/api/v1/auth/refresh", {"refresh_token": of_program})


@pytest.mark.parametrize(
    ("held", "reason"),
    [("", "REFRESH_TOKEN_MISSING"), ("garbage", "REFRESH_TOKEN_INVALID"), ("A" * 2000, "REFRESH_TOKEN_INVALID")],
)
async def test_a_browser_without_a_good_cookie_is_signed_out(user: User, held: str, reason: str) -> None:
    refused = await Browser(user.http, held).refused()
    assert (refused.status, refused.reason) == (401, reason)


@pytest.mark.parametrize("mode", ["Cookie", "token", "cookie, cookie"])
async def test_an_unknown_mode_is_an_error_and_gives_no_tokens(user: User, mode: str) -> None:
    body = {"username": user.username, "password": user.password}
    refused = await Browser(user.http).refused("login", body, **{"x-cnop-session": mode})
    assert (refused.status, refused.reason) == (400, "INVALID_FIELD")


async def test_reloads_in_mid_refresh_leave_the_browser_signed_in(user: User, browser: Browser) -> None:
    for n in range(10):
        reloads = [asyncio.create_task(browser.copied().refresh()) for _ in range(2)]
        await asyncio.sleep(0.002 * n)
        for reload in reloads:
            reload.cancel()
        await asyncio.gather(*reloads, return_exceptions=True)
        assert await browser.refresh()


async def test_tabs_that_refresh_at_once_get_the_same_cookie(browser: Browser) -> None:
    tabs = [browser.copied() for _ in range(1 + REPEATS_MAX)]
    await asyncio.gather(*(tab.refresh() for tab in tabs))
    assert len({tab.held for tab in tabs}) == 1
    assert tabs[0].held != browser.held
    assert await tabs[-1].refresh()


async def test_the_list_of_sessions_does_not_tell_when_a_cookie_was_used(
    user: User, browser: Browser, table: Any
) -> None:
    used = Rest(user.http, (await browser.refresh())["access_token"])
    key = {"pk": f"USER#{user.user_id}", "sk": f"SESSION#{session_of(used.token)}"}
    began = (datetime.fromisoformat(table.get_item(Key=key)["Item"]["created_at"]) - timedelta(hours=2)).isoformat()
    table.update_item(Key=key, UpdateExpression="SET created_at = :b", ExpressionAttributeValues={":b": began})
    [shown] = [one for one in (await used.get("/api/v1/auth/sessions"))["sessions"] if one["is_current"]]
    at = datetime.fromisoformat(shown["last_used_at"])
    assert (at.minute % 15, at.second, at.microsecond) == (0, 0, 0)


# --- signing out ------------------------------------------------------------------------------------------------------


async def test_a_page_whose_access_token_has_expired_can_sign_out(
    user: User, browser: Browser, channels: Channels, forge: Forge
) -> None:
    tokens = await browser.refresh()
    thief = browser.copied()
    assert len(await places_that_accept(user, channels, tokens["access_token"])) == 6
    now = int(time.time())
    expired = forge.good(user.user_id, iat=now - 2 * HOUR, exp=now - HOUR)
    response = await browser.send("logout", authorization=f"Bearer {expired}")
    assert answer(response) == {}
    assert (browser.held, browser.set["max-age"], browser.set["httponly"]) == ("", "0", True)
    await assert_refused_in_time(user, channels, tokens["access_token"])
    assert (await thief.refused()).reason == "SESSION_ENDED"
    assert [one["facts"]["session"] for one in await trail(user, "LOGOUT")] == [session_of(tokens["access_token"])]


async def test_signing_out_always_clears_the_cookie_and_ends_no_session_but_that_of_the_cookie(
    user: User, browser: Browser
) -> None:
    for held in ("", "garbage"):
        response = await Browser(user.http, held).send("logout", authorization=f"Bearer {user.token}")
        assert answer(response) == {}
        assert "Max-Age=0" in response.headers["set-cookie"]
    copied = browser.copied()
    for one in (browser, copied):
        assert answer(await one.send("logout")) == {}
    assert await user.get("/api/v1/balance"), "the session of the access token goes on"
