"""Key rotation under load with constantly renewed connections refuses no call; a leaked key can be removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import jwt
import pytest

from local.stack import Stack, StackSettings, running
from services.bootstrap import commands, signing_keys
from services.bootstrap.files import Folder
from services.bootstrap.signing_keys import Lifetimes
from services.common import times

from .conftest import CHEAP_PASSWORDS, client_of
from .rest import Rest
from .rpc import Channels, RpcRefusal, bearer, outcome
from .users import User, register
from .waiting import eventually

# Before a key signs, the edge must have fetched it, and the order service, which fetches unknown keys every 5 s.
CACHE_SECONDS, REREAD_SECONDS, ACTIVATION_SECONDS = 1.0, 0.5, 7.0
REFETCH_SECONDS = 5.0  # how often the order service fetches the keys while there are calls
CONNECTION_SECONDS = 1.0  # so that all connections of the mesh are renewed many times


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stack]:
    settings = StackSettings.on_free_ports(
        log_dir=tmp_path_factory.mktemp("logs"),
        jwks_cache_seconds=CACHE_SECONDS,
        connection_seconds=CONNECTION_SECONDS,
        service_env={
            **CHEAP_PASSWORDS,
            "CNOP_KEY_ACTIVATION_SECONDS": str(ACTIVATION_SECONDS),
            "CNOP_KEYS_REREAD_SECONDS": str(REREAD_SECONDS),
        },
    )
    async with running(settings) as stack:
        yield stack


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


async def use(user: User, used: list[str], stop: asyncio.Event) -> None:
    """Signs in and makes calls until `stop` is set. Fails if a call is refused."""
    body = {"username": user.username, "password": user.password}
    while not stop.is_set():
        token = (await Rest(user.http).post("/api/v1/auth/login", body))["access_token"]
        used.append(kid_of(token))
        signed_in = Rest(user.http, token=token)
        for _ in range(3):
            for one in (signed_in, user):
                await one.get("/api/v1/balance")
                await one.get("/api/v1/orders")
        await signed_in.post("/api/v1/auth/logout", {})


def add_key(folder: Path) -> str:
    """Adds a key at once, however new the newest one is. Returns its id."""
    change = Folder(folder).change(lambda files: signing_keys.with_new(files, times.now()))
    return signing_keys.kids(change.after)[-1]


async def signs(used: list[str], kid: str) -> bool:
    return kid in used


async def test_two_rotations_under_load_refuse_no_call(system: Stack) -> None:
    folder = Path(system.programs["user"].env["CNOP_KEYS_DIR"])
    used: list[str] = []
    stop = asyncio.Event()
    async with client_of(system.settings) as http, asyncio.TaskGroup() as load:
        users = [await register(http) for _ in range(3)]
        for user in users:
            load.create_task(use(user, used, stop))
        for _ in range(2):
            await asyncio.sleep(1)
            kid = add_key(folder)
            await asyncio.sleep(ACTIVATION_SECONDS / 2)
            assert kid not in used, "a key must sign only after everyone has it"
            await eventually(partial(signs, used, kid), "the new key signs")
        await asyncio.sleep(1)
        stop.set()
    assert len(set(used)) == 3
    assert used[-1] == kid


async def test_tokens_of_a_leaked_key_are_refused_everywhere_and_sessions_continue(system: Stack) -> None:
    folder = Path(system.programs["user"].env["CNOP_KEYS_DIR"])
    channels = Channels(system)
    methods = {"user": "cnop.user.v1.AccountService/GetBalance", "order": "cnop.order.v1.OrderService/ListOrders"}

    async def refusal_of(service: str, token: str) -> str:
        reply = await outcome(channels[service], f"/{methods[service]}", metadata=bearer(token))
        return reply.reason if isinstance(reply, RpcRefusal) else ""

    async def statuses(token: str) -> set[int]:
        paths = "/api/v1/balance", "/api/v1/orders"
        return {(await Rest(http, token=token).send("GET", path)).status_code for path in paths}

    async with client_of(system.settings) as http:
        user = await register(http)
        credentials = {"username": user.username, "password": user.password}
        session = await Rest(http).post("/api/v1/auth/login", credentials)
        leaked = session["access_token"]
        for _ in range(2):  # all services and the edge cache the key
            assert await statuses(leaked) == {200}
        list(commands.rotate_keys(Folder(folder), Lifetimes(), [kid_of(leaked)]))
        for service, seconds in (("user", REREAD_SECONDS), ("order", REFETCH_SECONDS)):
            reason = await eventually(partial(refusal_of, service, leaked), f"{service} refuses the token", seconds + 1)
            assert reason == "TOKEN_INVALID"
        assert await statuses(leaked) == {401}
        renewed = await Rest(http).post("/api/v1/auth/refresh", {"refresh_token": session["refresh_token"]})

        async def is_accepted() -> bool:
            return await statuses(renewed["access_token"]) == {200}

        await eventually(is_accepted, "the session continues with another key", CACHE_SECONDS + REFETCH_SECONDS + 1)
    await channels.close()
