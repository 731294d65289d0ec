"""Replicas behind a DNS name come and go, as those of a headless Service of Kubernetes do."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from edge_config.keep import keep_breakers
from local import authority, ports
from tests.dns_server import Names, names
from tests.edge.counting import until
from tests.edge.mesh import Edge, UserService, edge_alone, serving, token

SECONDS_MAX = 15.0  # in which a new replica must get calls
PER_REPLICA = 3
HEADERS = {"authorization": f"Bearer {token()}"}


class Replicas:
    """An edge that finds the user service by name, and its replicas: 127.0.0.1, 127.0.0.2, ..."""

    def __init__(self, server: Names, edge: Edge, port: int, stack: AsyncExitStack) -> None:
        self.names = server
        self.edge = edge
        self.users: list[UserService] = []
        self._port = port
        self._stack = stack

    async def add(self) -> UserService:
        """Starts a replica and adds its address to the name."""
        user = UserService()  # type: ignore[abstract]  # what it lacks answers UNIMPLEMENTED
        self.users.append(user)
        host = f"127.0.0.{len(self.users)}"
        await self._stack.enter_async_context(serving(user, f"{host}:{self._port}", self.edge.mesh / "user"))
        self.names.addresses.append(host)
        return user

    async def known(self) -> int:
        """How many healthy replicas the edge knows."""
        return (await self.edge.stats(r"^cluster\.user\.membership_healthy$"))["cluster.user.membership_healthy"]

    async def until_known(self, number: int) -> None:
        async def is_known() -> bool:
            return await self.known() == number

        await until(is_known, SECONDS_MAX)

    async def serve(self, calls: int) -> list[int]:
        """Makes calls, and returns how many each replica has served."""
        for user in self.users:
            user.calls.clear()
        answers = [await deposit(self.edge) for _ in range(calls)]
        assert answers == [200] * calls
        return [user.calls["Deposit"] for user in self.users]


async def deposit(edge: Edge) -> int:
    answer = await edge.http.post("/api/v1/balance/deposit", json={"amount": "1.00"}, headers=HEADERS)
    if answer.status_code == 503:
        assert answer.json()["details"][0]["reason"] == "OVERLOADED"
    return answer.status_code


@pytest.fixture
async def replicas(tmp_path: Path) -> AsyncIterator[Replicas]:
    mesh = tmp_path / "mesh"
    authority.ensure(mesh)
    [port] = ports.claim(1)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(names())
        user = UserService()  # type: ignore[abstract]
        changes: dict[str, Any] = {"calls_per_replica": PER_REPLICA}
        edge = edge_alone(tmp_path, user, f"user.mesh.:{port}", server.edit, mesh, **changes)
        replicas = Replicas(server, await stack.enter_async_context(edge), port, stack)
        await replicas.add()
        await replicas.until_known(1)
        yield replicas


async def test_a_new_replica_gets_its_part_of_the_calls(replicas: Replicas) -> None:
    assert await replicas.serve(10) == [10]
    await replicas.add()
    await replicas.until_known(2)
    await replicas.add()
    await replicas.until_known(3)
    assert min(await replicas.serve(300)) >= 300 // 5  # 100 each on average, with a deviation of 8


async def test_a_removed_replica_gets_no_more_calls_and_finishes_those_it_has(replicas: Replicas) -> None:
    first = replicas.users[0]
    first.gate = asyncio.Event()
    running = asyncio.create_task(deposit(replicas.edge))

    async def is_running() -> bool:
        return first.calls["Deposit"] == 1

    await until(is_running)
    await replicas.add()
    await replicas.until_known(2)
    replicas.names.addresses.remove("127.0.0.1")
    await replicas.until_known(1)
    assert await replicas.serve(20) == [0, 20]
    first.gate.set()
    assert await running == 200


async def test_a_dns_server_that_fails_takes_no_replica_away(replicas: Replicas) -> None:
    await replicas.add()
    await replicas.until_known(2)
    replicas.names.is_failing = True
    asked = replicas.names.questions

    async def is_asked() -> bool:
        return replicas.names.questions >= asked + 5

    await until(is_asked)
    assert await replicas.known() == 2
    assert 0 not in await replicas.serve(40)


async def passing_at_once(replicas: Replicas, calls: int = 12) -> Counter[int]:
    """Makes calls of which none ends before the others are shed, and counts the answers by status."""
    gate = asyncio.Event()
    for user in replicas.users:
        user.gate = gate
    tasks = [asyncio.create_task(deposit(replicas.edge)) for _ in range(calls)]

    async def is_decided() -> bool:
        waiting = sum(user.calls["Deposit"] for user in replicas.users)
        return waiting + sum(task.done() for task in tasks) == calls

    for user in replicas.users:
        user.calls.clear()
    await until(is_decided)
    gate.set()
    return Counter(await asyncio.gather(*tasks))


async def test_the_calls_that_pass_at_once_grow_and_shrink_with_the_replicas(replicas: Replicas) -> None:
    keeping = asyncio.create_task(keep_breakers(replicas.edge.settings))

    async def is_limit(number: int) -> bool:
        shown = (await replicas.edge.http.get(f"http://{replicas.edge.admin}/runtime")).json()["entries"]
        return shown.get("circuit_breakers.user.default.max_requests", {}).get("final_value") == str(number)

    try:
        for number in (1, 2, 3):
            await replicas.until_known(number)
            await until(lambda: is_limit(PER_REPLICA * number))  # noqa: B023 - awaited in this round
            await replicas.serve(10)
            assert await passing_at_once(replicas) == {200: PER_REPLICA * number, 503: 12 - PER_REPLICA * number}
            await replicas.add()
        replicas.names.addresses[:] = ["127.0.0.1"]
        await replicas.until_known(1)
        await until(lambda: is_limit(PER_REPLICA))
        assert await passing_at_once(replicas) == {200: PER_REPLICA, 503: 12 - PER_REPLICA}
    finally:
        keeping.cancel()
