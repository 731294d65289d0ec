"""Containers that are killed while orders run; then the books are checked."""

from __future__ import annotations

import asyncio
import random
import time
from functools import partial
from pathlib import Path

import grpc
import pytest

from local import dial
from tests.chaos import history
from tests.chaos.checker import check, in_quarantine
from tests.chaos.client import Client, Request, sign_up
from tests.chaos.dump import Dump
from tests.chaos.history import History, Kind
from tests.chaos.load import Load
from tests.chaos.waiting import until

from . import release

SEED = "cluster"
USERS, ORDERS, KILLS = 8, 300, 12
SETTLE_SECONDS_MAX = 240.0
SERVICES = ("user", "inventory", "order", "ratelimit")


@pytest.fixture
def tables() -> dict[str, str]:
    """Returns new tables, which the release has from now on: the checker must know all that ever changed them."""
    number = time.time_ns()
    tables = {service: f"cnop-{service}-{number}" for service in ("user", "inventory", "order")}
    release.install(tables=tables)
    for service in tables:
        release.until_alone(service)
    return tables


@pytest.mark.timeout(900)
async def test_the_books_balance_after_processes_were_killed_while_orders_ran(
    tables: dict[str, str], address: str, tmp_path: Path
) -> None:
    file = tmp_path / "history.jsonl"
    with History(file) as recorded:
        async with grpc.aio.insecure_channel(address, options=[*dial.OPTIONS, ("grpc.enable_retries", 0)]) as channel:
            client = Client(channel, recorded)
            users = await sign_up(f"http://{address}", USERS, recorded, prefix="killed")
            for user in users:
                await client.send(Request(user, Kind.DEPOSIT, f"start-{user.user_id}", {"amount": "2000.00"}), 30.0)
            load = Load(client, users, ORDERS, SEED)
            kills = asyncio.create_task(_kill(load))
            await load.run()
            done = await kills
            left = await load.settle(SETTLE_SECONDS_MAX)
    for component in release.COMPONENTS:
        await asyncio.to_thread(release.until_rolled_out, component)
    dump = await asyncio.to_thread(Dump.read, f"http://{release.service_ip('dynamodb')}:8000", tables)
    print(f"\n{load.orders_asked} orders, {load.replays} replays, {done} kills, answers: {dict(client.answers)}")

    assert done == KILLS
    assert not left
    assert [*map(str, check(dump, history.read(file))), *in_quarantine(dump)] == []


def _has_come(load: Load, far: float) -> bool:
    return load.progress >= far


async def _kill(load: Load) -> int:
    """Kills a process each time some of the orders were made. Returns how many were running when they were killed."""
    rng, done = random.Random(SEED), 0  # noqa: S311 - choices that can be repeated
    while done < KILLS:
        await until(partial(_has_come, load, (done + 1) / (KILLS + 1)))
        found = await asyncio.to_thread(release.processes, rng.choice(SERVICES))
        done += bool(found) and release.kill(rng.choice(found))
    return done
