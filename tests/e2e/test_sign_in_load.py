"""Sign-ins while more ask for the hash of a password than the service can compute; a hash takes half a second here."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator

import httpx
import pytest

from local.stack import StackSettings, running

from .conftest import client_of
from .rest import refusal
from .users import registration

ATTACKERS = 32
LOGIN = "/api/v1/auth/login"


@pytest.fixture(scope="module")
async def http(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[httpx.AsyncClient]:
    folder = tmp_path_factory.mktemp("slow")
    settings = StackSettings.on_free_ports(log_dir=folder, service_env={"CNOP_BCRYPT_COST": "13"}, trusted_hops=1)
    async with running(settings), client_of(settings) as client:
        yield client


async def test_during_a_flood_strangers_are_refused_at_once_and_the_owner_gets_in_at_home(
    http: httpx.AsyncClient,
) -> None:
    owner = registration()
    home = {"x-forwarded-for": "192.0.2.1"}
    assert (await http.post("/api/v1/auth/register", json=owner, headers=home)).status_code == 200
    login = {"username": owner["username"], "password": owner["password"]}

    async def attack(number: int) -> httpx.Response:
        invented = {"username": f"nobody_{secrets.token_hex(6)}", "password": "wrong"}
        return await http.post(LOGIN, json=invented, headers={"x-forwarded-for": f"198.51.{number}.1"})

    flood = [asyncio.create_task(attack(number)) for number in range(ATTACKERS)]
    done, _ = await asyncio.wait(flood, return_when=asyncio.FIRST_COMPLETED)  # the first of them is refused
    signed_in = await http.post(LOGIN, json=login, headers=home)
    assert signed_in.status_code == 200, signed_in.text

    refused = [refusal(answer) for answer in await asyncio.gather(*flood) if answer.status_code != 401]
    assert 0 < len(refused) < ATTACKERS
    assert {(one.status, one.reason) for one in refused} == {(503, "OVERLOADED")}
    for answer in done:
        assert int(answer.result().headers["retry-after"]) >= 1

    away = {"x-forwarded-for": "203.0.113.1"}
    flood = [asyncio.create_task(attack(number)) for number in range(ATTACKERS)]
    answers = await asyncio.gather(*(http.post(LOGIN, json=login, headers=away) for _ in range(8)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    await asyncio.gather(*flood)
    again = await http.post(LOGIN, json=login, headers=away)
    assert again.status_code == 200, f"refused attempts must not count: {again.text}"
