"""Sessions in cookies over DynamoDB, at two replicas."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiodynamo.client import Client

from services.common.rpc.errors import ServiceError
from services.user.audit.domain import Record
from services.user.identity.domain import Profile
from services.user.sessions.domain import GRACE, REPEATS_MAX, Cookie, RevocationReason, Session, Tokens
from services.user.sessions.usecases import Sessions
from tests.stores.outcomes import outcome
from tests.stores.users import Users

MakeSessions = Callable[..., Sessions]


class Moment:
    """The time, which tests set."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def moment() -> Moment:
    return Moment()


@pytest.fixture
def replicas(clients: list[Client], make_sessions: MakeSessions, moment: Moment) -> list[Sessions]:
    return [make_sessions(client, moment) for client in clients]


@pytest.fixture
async def user(client: Client, users_table: str, make_profile: Callable[..., Profile]) -> Profile:
    return await Users.over(client, users_table).add(make_profile())


async def refreshed(sessions: Sessions, tokens: Tokens) -> Tokens:
    return await sessions.refresh(tokens.refresh, by_cookie=True)


async def stored(sessions: Sessions, tokens: Tokens) -> Session:
    token = sessions.refresh_tokens.open(tokens.refresh)
    session = await sessions.store.get(token.user_id, token.session_id)
    assert session
    return session


@pytest.mark.parametrize("cookie", [Cookie.UNTIL_CLOSED, Cookie.UNTIL_EXPIRY])
async def test_a_session_is_read_as_it_was_written(replicas: list[Sessions], user: Profile, cookie: Cookie) -> None:
    first = await replicas[0].start(user, cookie)
    began = await stored(replicas[1], first)
    assert (began.cookie, began.previous_hash, began.repeats) == (cookie, b"", 0)
    await refreshed(replicas[1], first)
    await refreshed(replicas[0], first)
    after = await stored(replicas[1], first)
    assert (after.cookie, after.generation, after.repeats) == (cookie, 1, 1)
    assert after.previous_hash == began.secret_hash


async def test_a_program_has_no_previous_token(
    replicas: list[Sessions], user: Profile, client: Client, users_table: str
) -> None:
    tokens = await replicas[0].refresh((await replicas[0].start(user)).refresh)
    session = await stored(replicas[0], tokens)
    [item] = [one async for one in client.scan(users_table) if one["sk"] == f"SESSION#{session.session_id}"]
    assert not {"cookie", "previous_hash", "repeats"} & set(item)


async def test_the_previous_cookie_gets_the_same_successor_from_each_replica_within_the_grace_only(
    replicas: list[Sessions], user: Profile, moment: Moment
) -> None:
    first = await replicas[0].start(user, Cookie.UNTIL_CLOSED)
    second = await refreshed(replicas[0], first)
    moment.now += GRACE
    assert (await refreshed(replicas[1], first)).refresh == second.refresh
    moment.now += timedelta(milliseconds=1)
    assert await outcome(refreshed(replicas[1], first)) == "REFRESH_TOKEN_REUSED"
    assert await outcome(refreshed(replicas[0], second)) == "SESSION_ENDED"
    assert (await stored(replicas[0], first)).revoked is RevocationReason.REUSED
    assert set((await replicas[1].revocations(0)).revoked) >= {(await stored(replicas[0], first)).session_id}


async def test_of_concurrent_refreshes_with_one_cookie_no_more_succeed_than_the_grace_allows(
    replicas: list[Sessions], user: Profile, audit_events: Callable[[str], Awaitable[list[Record]]]
) -> None:
    first = await replicas[0].start(user, Cookie.UNTIL_CLOSED)
    got: set[str] = set()

    async def refresh(number: int) -> str:
        try:
            got.add((await refreshed(replicas[number % 2], first)).refresh)
        except ServiceError as refused:
            return refused.reason
        return ""

    reasons = Counter(await asyncio.gather(*(refresh(number) for number in range(20))))
    assert len(got) == 1
    assert reasons[""] <= 1 + REPEATS_MAX
    assert set(reasons) <= {"", "REFRESH_TOKEN_REUSED", "SESSION_ENDED", "CONTENTION"}
    assert (await stored(replicas[0], first)).revoked is RevocationReason.REUSED
    events = Counter(one.event for one in await audit_events(user.user_id) if one.outcome == "DONE")
    assert (events["TOKEN_REFRESH"], events["TOKEN_REFRESH_REPEATED"]) == (1, REPEATS_MAX)


async def test_a_logout_by_cookie_wins_over_concurrent_refreshes(replicas: list[Sessions], user: Profile) -> None:
    first = await replicas[0].start(user, Cookie.UNTIL_CLOSED)
    calls: list[Any] = [refreshed(replicas[number % 2], first) for number in range(4)]
    await asyncio.gather(replicas[0].log_out_by_cookie(first.refresh), *map(outcome, calls))
    assert (await stored(replicas[0], first)).revoked is RevocationReason.LOGOUT
    assert await outcome(refreshed(replicas[1], first)) == "SESSION_ENDED"
