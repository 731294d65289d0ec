"""Attacks on sessions in cookies, in the whole system."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from local.stack import Stack
from services.common.mesh.identity import MeshSecret
from services.user.sessions import refresh_tokens
from services.user.sessions.domain import GRACE, REPEATS_MAX
from services.user.sessions.refresh_tokens import RefreshTokens, Successors

from .access_table import OPEN, TOKEN, WITH_COOKIE
from .browsers import MODE, NAME, Browser, trail
from .contract import SIGNED_IN, Method
from .rest import Rest
from .rpc import Channels, RpcRefusal, first_outcome, outcome
from .test_access_matrix import session_of
from .token_acceptance import assert_refused_in_time
from .users import User


@dataclass(frozen=True)
class Server:
    """What the user service derives from its secret."""

    secret: MeshSecret

    @property
    def sealed(self) -> RefreshTokens:
        return RefreshTokens(self.secret.derive("refresh-tokens"))

    def successors(self, use: str = "refresh-token-successors") -> Successors:
        return Successors(self.secret.derive(use))


@pytest.fixture(scope="module")
def server(stack: Stack) -> Server:
    return Server(MeshSecret.from_file(Path(stack.programs["user"].env["CNOP_MESH_SECRET_FILE"])))


async def pass_time(table: Any, user: User, token: str, by: timedelta) -> None:
    """Moves the last refresh of a session into the past, as if that much time had passed since."""
    key = {"pk": f"USER#{user.user_id}", "sk": f"SESSION#{session_of(token)}"}
    last = datetime.fromisoformat((await asyncio.to_thread(table.get_item, Key=key))["Item"]["last_used_at"])
    values = {":at": (last - by).isoformat()}
    change = "SET last_used_at = :at"
    await asyncio.to_thread(table.update_item, Key=key, UpdateExpression=change, ExpressionAttributeValues=values)


async def assert_ended(user: User, channels: Channels, browser: Browser, access_token: str) -> None:
    await assert_refused_in_time(user, channels, access_token)
    assert (await browser.refused()).reason == "SESSION_ENDED"
    reused = await trail(user, "TOKEN_REUSE_DETECTED")
    assert [one["facts"] for one in reused] == [{"session": session_of(access_token)}]


async def test_a_thief_within_the_grace_shows_in_the_trail_and_loses_it_when_either_goes_on(
    user: User, browser: Browser, channels: Channels, table: Any
) -> None:
    thief = browser.copied()
    await browser.refresh()
    stolen = await thief.refresh()
    assert thief.held == browser.held, "nobody gets a cookie that the other has not"
    [shown] = await trail(user, "TOKEN_REFRESH_REPEATED")
    assert shown["facts"] == {"session": session_of(stolen["access_token"]), "number": "1"}
    assert shown["client_address"] == "127.0.0.1"
    await thief.refresh()
    await pass_time(table, user, stolen["access_token"], GRACE)
    assert (await browser.refused()).reason == "REFRESH_TOKEN_REUSED"
    await assert_ended(user, channels, thief, stolen["access_token"])


async def test_the_grace_can_be_used_five_times_and_no_more(user: User, browser: Browser, channels: Channels) -> None:
    thief = browser.copied()
    tokens = await browser.refresh()
    for _ in range(REPEATS_MAX):
        copied = thief.copied()
        await copied.refresh()
        assert copied.held == browser.held
    assert (await thief.refused()).reason == "REFRESH_TOKEN_REUSED"
    await assert_ended(user, channels, browser, tokens["access_token"])
    numbers = [one["facts"]["number"] for one in await trail(user, "TOKEN_REFRESH_REPEATED")]
    assert numbers == [str(n) for n in range(1, REPEATS_MAX + 1)]


async def test_the_grace_cannot_be_used_more_often_at_once(user: User, browser: Browser, channels: Channels) -> None:
    thief = browser.copied()
    tokens = await browser.refresh()
    copies = [thief.copied() for _ in range(20)]
    responses = await asyncio.gather(*(one.send("refresh") for one in copies))
    assert Counter([response.status_code for response in responses]) == {200: REPEATS_MAX, 401: 20 - REPEATS_MAX}
    await assert_ended(user, channels, browser, tokens["access_token"])


async def test_the_previous_cookie_after_the_grace_ends_the_session(
    user: User, browser: Browser, channels: Channels, table: Any
) -> None:
    thief = browser.copied()
    tokens = await browser.refresh()
    await pass_time(table, user, tokens["access_token"], GRACE)
    assert (await thief.refused()).reason == "REFRESH_TOKEN_REUSED"
    await assert_ended(user, channels, browser, tokens["access_token"])


async def test_the_cookie_before_the_previous_one_ends_the_session_at_once(
    user: User, browser: Browser, channels: Channels
) -> None:
    thief = browser.copied()
    await browser.refresh()
    tokens = await browser.refresh()
    assert (await thief.refused()).reason == "REFRESH_TOKEN_REUSED"
    await assert_ended(user, channels, browser, tokens["access_token"])


@pytest.mark.parametrize("knows_the_table", [False, True])
async def test_the_keys_of_the_server_make_no_cookie_that_is_good(
    user: User, browser: Browser, server: Server, table: Any, knows_the_table: bool
) -> None:
    tokens = await browser.refresh()
    session_id = session_of(tokens["access_token"])
    guess = refresh_tokens.make(user.user_id, session_id, 0)
    if knows_the_table:
        key = {"pk": f"USER#{user.user_id}", "sk": f"SESSION#{session_id}"}
        guess = replace(guess, secret=bytes(table.get_item(Key=key)["Item"]["previous_hash"]))
    forged = Browser(user.http, server.sealed.seal(server.successors().of(guess)))
    assert (await forged.refused()).reason == "REFRESH_TOKEN_REUSED"
    assert (await browser.refused()).reason == "SESSION_ENDED", "it can only end the session"


async def test_the_cookie_alone_does_not_show_the_next_one(browser: Browser, server: Server) -> None:
    opened = server.sealed.open
    before = opened(browser.held)
    await browser.refresh()
    assert opened(browser.held) == server.successors().of(before)
    for use in ("refresh-tokens", "page-tokens", ""):
        assert opened(browser.held) != server.successors(use).of(before)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "same-origin, cross-site"])
@pytest.mark.parametrize("method", ["login", "refresh", "logout"])
async def test_a_call_by_a_page_of_another_origin_is_refused_and_has_no_effect(
    user: User, browser: Browser, method: str, site: str
) -> None:
    body = {"username": user.username, "password": user.password} if method == "login" else {}
    refused = await browser.refused(method, body, sec_fetch_site=site)
    assert (refused.status, refused.reason) == (403, "CROSS_SITE_REQUEST")
    assert await browser.refresh()
    assert not await trail(user, "LOGOUT")


@pytest.mark.parametrize("method", SIGNED_IN, ids=str)
async def test_the_cookie_opens_no_method_but_signing_out(
    guest: Rest, channels: Channels, browser: Browser, method: Method
) -> None:
    headers = {**MODE, "cookie": f"{NAME}={browser.held}", "sec-fetch-site": "same-origin"}
    expected = OPEN if method.path in WITH_COOKIE else TOKEN
    for where in ("edge", method.owner):
        call = first_outcome if method.is_stream else outcome
        found = await call(channels[where], method.path, b"", tuple(headers.items()))
        assert (found.reason if isinstance(found, RpcRefusal) else "") == expected, where
    for binding in method.bindings:
        body = None if binding.verb in ("GET", "DELETE") else {}
        url = binding.url(**dict.fromkeys(binding.parameters, "00000000-0000-4000-8000-000000000000"))
        response = await guest.send(binding.verb, url, body, headers=headers)
        assert (response.status_code == 200) == (expected == OPEN)
