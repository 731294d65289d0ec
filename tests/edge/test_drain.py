"""An edge that is drained before it ends loses no call."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from cnop.user.v1 import account_pb2, account_service_pb2

from edge_config.admin import Admin, AdminError
from edge_config.drain import Times, drain
from local import authority, ports, readiness
from tests.edge.balancer import Load, load
from tests.edge.counting import until
from tests.edge.mesh import Context, Edge, UserService, edge_alone, running, serving, token


class SlowUserService(UserService):
    """Takes a while for a balance, so that calls are running at any moment."""

    async def GetBalance(self, request: account_service_pb2.GetBalanceRequest, context: Context) -> account_pb2.Balance:
        await asyncio.sleep(0.1)
        return await super().GetBalance(request, context)


@asynccontextmanager
async def two_edges(folder: Path) -> AsyncIterator[list[Edge]]:
    user = SlowUserService()  # type: ignore[abstract]  # what it lacks answers UNIMPLEMENTED
    mesh = folder / "mesh"
    authority.ensure(mesh)
    [port] = ports.claim(1)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(serving(user, f"127.0.0.1:{port}", mesh / "user"))
        edges = []
        for name in ("one", "two"):
            (folder / name).mkdir()
            edge = edge_alone(folder / name, user, f"127.0.0.1:{port}", mesh=mesh)
            edges.append(await stack.enter_async_context(edge))
        for edge in edges:
            await until(lambda edge=edge: answers(edge))  # type: ignore[misc]
        yield edges


async def answers(edge: Edge) -> bool:
    headers = {"authorization": f"Bearer {token()}"}
    return (await edge.http.get("/api/v1/balance", headers=headers)).status_code == 200


async def until_calling(load: Load, more: int = 100) -> None:
    enough = load.done.total() + more

    async def is_calling() -> bool:
        return load.done.total() >= enough

    await until(is_calling)


def log(edge: Edge) -> list[dict[str, Any]]:
    """Returns the access log of an edge."""
    return [json.loads(line) for line in Path(edge.settings.access_log).read_text().splitlines()]


def programs(edge: Edge) -> set[str]:
    """Returns the clients whose calls stand in the access log of an edge."""
    return {call.get("user_agent", "").partition("/")[0] for call in log(edge)}


async def end(edge: Edge) -> None:
    edge.process.terminate()
    await edge.process.wait()


async def test_a_drained_edge_loses_no_call_of_any_protocol(tmp_path: Path) -> None:
    async with two_edges(tmp_path) as edges:
        async with load(edges) as calls:
            await until_calling(calls)

            async def are_all_calling() -> bool:
                return programs(edges[0]) >= {"python-httpx", "node", "grpc-python-asyncio"}

            await until(are_all_calling)
            command = (sys.executable, "-m", "edge_config.drain", "--admin", edges[0].admin, "--at-least", "2")
            draining = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
            told, _ = await draining.communicate()
            await end(edges[0])
            await until_calling(calls)
        assert not calls.failures
        assert calls.done.keys() == {"HTTP/1.1", "HTTP/2", "gRPC"}
        assert (draining.returncode, told.decode().splitlines()[-1]) == (0, "drained")


async def test_an_edge_that_is_not_drained_loses_calls(tmp_path: Path) -> None:
    async with two_edges(tmp_path) as edges, load(edges) as calls:
        await until_calling(calls)
        await end(edges[0])
        await until_calling(calls)
        calls.stopping.set()
    assert {failure.partition(":")[0] for failure in calls.failures} == {"HTTP/1.1", "HTTP/2", "gRPC"}


async def test_a_drain_waits_for_running_calls_and_lets_nobody_in_at_the_end(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        edge.user.gate = asyncio.Event()
        deposit = asyncio.create_task(
            edge.http.post(
                "/api/v1/balance/deposit", json={"amount": "1.00"}, headers={"authorization": f"Bearer {token()}"}
            )
        )

        async def is_running() -> bool:
            return edge.user.calls["Deposit"] == 1

        await until(is_running)
        times = Times(at_least=0.0, quiet=0.1, at_most=60.0)
        draining = asyncio.create_task(asyncio.to_thread(drain, Admin(edge.admin), times))

        async def is_out() -> bool:
            return not await readiness.answers_ok(f"http://{edge.health}/ready")

        await until(is_out)
        assert not draining.done()
        edge.user.gate.set()
        assert (await deposit).status_code == 200
        assert await draining

        async def is_closed() -> bool:
            try:
                _, writer = await asyncio.open_connection(*edge.address.split(":"))
            except ConnectionRefusedError:
                return True
            writer.close()
            return False

        await until(is_closed)


async def test_an_idle_connection_does_not_hold_up_a_drain(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        assert edge.channel.get_state() == grpc.ChannelConnectivity.READY
        assert await asyncio.to_thread(drain, Admin(edge.admin), Times(at_least=0.0, quiet=0.5, at_most=60.0))


async def test_a_drain_ends_when_the_last_connection_has_ended(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        assert await answers(edge)  # so that the edge has a connection to itself, to fetch the keys
        await edge.close()
        never = 1000.0
        assert await asyncio.to_thread(drain, Admin(edge.admin), Times(at_least=0.0, quiet=never, at_most=60.0))


async def test_clients_that_come_again_and_again_do_not_hold_up_a_drain_and_lose_no_call_that_began(
    tmp_path: Path,
) -> None:
    async with running(tmp_path) as edge:
        statuses: Counter[int] = Counter()

        async def call() -> None:
            # The port has closed: the connection is refused, or reset if the edge has not taken it yet.
            with contextlib.suppress(httpx.ConnectError, httpx.ReadError):
                while True:
                    headers = {"authorization": f"Bearer {token()}", "connection": "close"}
                    statuses[(await edge.http.get("/api/v1/balance", headers=headers)).status_code] += 1

        calling = [asyncio.create_task(call()) for _ in range(4)]
        assert await asyncio.to_thread(drain, Admin(edge.admin), Times(at_least=1.0, quiet=60.0, at_most=6.0))
        await asyncio.gather(*calling)
        await end(edge)
        assert Counter(call["code"] for call in log(edge) if call["rpc"].endswith("/GetBalance")) == statuses
        assert statuses.keys() == {200}


async def test_a_drain_ends_after_its_time_whatever_still_runs(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        edge.user.gate = asyncio.Event()
        headers = {"authorization": f"Bearer {token()}"}
        deposit = asyncio.create_task(
            edge.http.post("/api/v1/balance/deposit", json={"amount": "1.00"}, headers=headers)
        )

        async def is_running() -> bool:
            return edge.user.calls["Deposit"] == 1

        await until(is_running)
        assert not await asyncio.to_thread(drain, Admin(edge.admin), Times(at_least=0.0, quiet=0.1, at_most=1.0))
        edge.user.gate.set()
        assert (await deposit).status_code == 200


def test_a_drain_of_no_edge_says_so() -> None:
    [away] = ports.claim(1)
    with pytest.raises(AdminError, match=rf"127\.0\.0\.1:{away} does not answer"):
        drain(Admin(f"127.0.0.1:{away}"), Times())


async def test_the_health_port_tells_alive_from_ready_from_able_to_serve(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:

        async def statuses() -> list[int]:
            return [
                (await edge.http.get(f"http://{edge.health}{path}")).status_code
                for path in ("/live", "/ready", "/health")
            ]

        assert await statuses() == [200, 200, 503], "no other service is there"
        assert [(await edge.http.get(path)).status_code for path in ("/live", "/ready")] == [404, 404]
        await asyncio.to_thread(Admin(edge.admin).post, "/healthcheck/fail")
        assert await statuses() == [200, 503, 503]
