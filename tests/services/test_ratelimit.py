"""The ratelimit service over a real Redis server."""

from __future__ import annotations

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import grpc
import pytest
import redis.asyncio
from cnop.ratelimit.v3 import rls_pb2, rls_pb2_grpc

from local import binaries, ports, readiness
from services.common import settings
from services.common.rpc.errors import Unavailable
from services.common.startup import StartupError
from services.ratelimit.__main__ import SERVICES
from services.ratelimit.counters import RedisCounters
from services.ratelimit.limiter import Limiter
from services.ratelimit.metrics import Metrics
from services.ratelimit.servicers import RateLimitServicer
from services.ratelimit.watch import RulesFile
from services.redis_client.client import connect

OK, OVER = rls_pb2.RateLimitResponse.OK, rls_pb2.RateLimitResponse.OVER_LIMIT
NOON = 86400.0 * 365 + 43200
LIMITS = """
[FLOOD]
address = "10000/second"
[ALL]
address = "1/second"
[DOCS]
address = "100/day"
[WEB]
address = "100/day"
[READ]
address = "1/second"
[HISTORY]
address = "1/second"
[SESSION]
address = "1/second"
[AUTH]
address = "2/minute"
fallback_address = "1/minute"
[MONEY]
user = "3/day"
address = "5/day"
fallback_address = "5/day"
[TRADE]
address = "5/day"
fallback_address = "5/day"
"""

ServeAll = Callable[..., Awaitable[Callable[[str], grpc.aio.Channel]]]
Check = Callable[..., Awaitable[rls_pb2.RateLimitResponse]]


@pytest.fixture(scope="module")
def redis_port() -> int:
    [port] = ports.claim(1)
    return port


@pytest.fixture(scope="module", autouse=True)
async def redis_process(
    redis_port: int, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[asyncio.subprocess.Process]:
    log = (tmp_path_factory.mktemp("redis") / "log").open("w")
    options = ("--bind", "127.0.0.1", "--port", str(redis_port), "--save", "")
    process = await asyncio.create_subprocess_exec(str(binaries.valkey()), *options, stdout=log)
    for _ in range(200):
        if await readiness.answers_redis(redis_port):
            break
        await asyncio.sleep(0.05)
    yield process
    process.terminate()
    await process.wait()


@pytest.fixture
def clock() -> list[float]:
    return [NOON]


@pytest.fixture
async def new_counters(redis_port: int, clock: list[float]) -> AsyncIterator[Callable[[], RedisCounters]]:
    """Returns a function that makes the counters of a replica, each with its own connection."""
    connections: list[tuple[redis.asyncio.Redis, asyncio.Task[None]]] = []

    def make() -> RedisCounters:
        client = connect(settings.Redis(url=f"redis://127.0.0.1:{redis_port}", timeout_seconds=2.0))
        counters = RedisCounters(client, 0.01, 0.05, clock=lambda: clock[0])
        connections.append((client, asyncio.create_task(counters.keep_synced())))
        return counters

    yield make
    for client, task in connections:
        task.cancel()
        await client.aclose()


@pytest.fixture
async def new_service(
    new_counters: Callable[[], RedisCounters], clock: list[float], tmp_path: Path, serve_all: ServeAll
) -> Callable[[], Awaitable[Check]]:
    file = tmp_path / "limits.toml"
    file.write_text(LIMITS)

    async def make() -> Check:
        servicer = RateLimitServicer(Limiter(RulesFile(file), new_counters(), Metrics(), lambda: clock[0]))
        call_as = await serve_all(
            SERVICES, lambda one: rls_pb2_grpc.add_RateLimitServiceServicer_to_server(servicer, one)
        )
        stubs = {name: rls_pb2_grpc.RateLimitServiceStub(call_as(name)) for name in ("edge", "order", "operator")}

        async def check(
            *descriptors: tuple[tuple[str, str], ...], domain: str = "cnop", identity: str = "edge"
        ) -> rls_pb2.RateLimitResponse:
            request = rls_pb2.RateLimitRequest(domain=domain)
            for entries in descriptors:
                added = request.descriptors.add()
                for key, value in entries:
                    added.entries.add(key=key, value=value)
            response: rls_pb2.RateLimitResponse = await stubs[identity].ShouldRateLimit(request)
            return response

        return check

    return make


@pytest.fixture
async def check(new_service: Callable[[], Awaitable[Check]]) -> Check:
    return await new_service()


def money(user: str, address: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    """Returns the descriptors of a deposit."""
    return (("class", "MONEY"), ("user", user)), (("class", "MONEY"), ("masked_remote_address", address))


def new_subject() -> str:
    return f"u-{secrets.token_hex(6)}"


async def test_a_user_gets_the_calls_of_the_limit_and_its_status(check: Check) -> None:
    user, address = new_subject(), new_subject()
    answers = [await check(*money(user, address)) for _ in range(4)]
    assert [answer.overall_code for answer in answers] == [OK, OK, OK, OVER]
    of_user = [answer.statuses[0] for answer in answers]
    assert [status.limit_remaining for status in of_user] == [2, 1, 0, 0]
    assert {status.current_limit.requests_per_unit for status in of_user} == {3}
    assert {status.duration_until_reset.seconds for status in of_user} == {43200}
    for answer, remaining in zip(answers, "2100", strict=True):
        told = [(header.key, header.value) for header in answer.response_headers_to_add]
        assert told == [
            ("x-ratelimit-limit", "3"),
            ("x-ratelimit-remaining", remaining),
            ("x-ratelimit-reset", "43200"),
            *([("retry-after", "43200")] if answer is answers[3] else []),
        ]
    assert [header.key for header in answers[0].request_headers_to_add] == ["x-mesh-counted"]
    assert not answers[3].request_headers_to_add


async def test_refused_calls_do_not_count_against_the_address(check: Check) -> None:
    first, second, address = new_subject(), new_subject(), new_subject()
    for _ in range(20):
        await check(*money(first, address))
    assert [(await check(*money(second, address))).overall_code for _ in range(3)] == [OK, OK, OVER]


async def test_a_new_window_starts_at_zero(check: Check, clock: list[float]) -> None:
    login = (("class", "AUTH"), ("masked_remote_address", new_subject()))
    assert [(await check(login)).overall_code for _ in range(3)] == [OK, OK, OVER]
    clock[0] += 60
    assert (await check(login)).overall_code == OK


@pytest.mark.parametrize(
    ("domain", "descriptors"),
    [
        ("cnop", ()),
        ("cnop", ((),)),
        ("cnop", ((("class", "MONEY"),),)),
        ("cnop", ((("class", "MONEY"), ("user", "")),)),
        ("cnop", ((("class", "WEATHER"), ("user", "u")),)),
        ("cnop", ((("class", "READ"), ("user", "u")),)),
        ("cnop", ((("class", "HISTORY"), ("user", "u")),)),
        ("cnop", ((("class", "SESSION"), ("user", "u")),)),
        ("cnop", ((("class", "MONEY"), ("planet", "mars")),)),
        ("cnop", ((("user", "u"), ("class", "MONEY")),)),
        ("cnop", ((("class", "TRADE"), ("user", "u")),)),
        ("others", ((("class", "MONEY"), ("user", "u")),)),
        ("", ((),) * 500),
    ],
)
async def test_a_call_without_a_limit_passes(
    check: Check, domain: str, descriptors: tuple[tuple[tuple[str, str], ...], ...]
) -> None:
    for _ in range(7):
        answer = await check(*descriptors, domain=domain)
        assert answer.overall_code == OK
        assert not [status for status in answer.statuses if status.HasField("current_limit")]
        assert not answer.request_headers_to_add, "the edge must apply its own limits"
        assert not answer.response_headers_to_add, "the edge tells its own limits"


@pytest.mark.parametrize("identity", ["order", "operator"])
async def test_only_the_edge_may_call(check: Check, identity: str) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as error:
        await check(identity=identity)
    assert error.value.code() == grpc.StatusCode.PERMISSION_DENIED


async def test_the_calls_of_several_processes_add_up(new_service: Callable[[], Awaitable[Check]]) -> None:
    one, other = await new_service(), await new_service()
    user, address = new_subject(), new_subject()
    assert [(await one(*money(user, address))).overall_code for _ in range(2)] == [OK, OK]
    answer = await other(*money(user, address))  # this replica may not know the calls yet; this call makes it sync
    assert answer.overall_code == OK
    for _ in range(500):
        if (await other(*money(user, address))).overall_code == OVER:
            return
        await asyncio.sleep(0.01)
    pytest.fail("the replica must learn of the calls of the other")


async def test_counts_outlive_the_process(
    new_counters: Callable[[], RedisCounters], redis_port: int, clock: list[float]
) -> None:
    counters, key = new_counters(), new_subject()
    assert counters.count(key, clock[0] + 60) == 0
    counters.add(key, 2)
    client = redis.asyncio.Redis(port=redis_port)
    for _ in range(500):
        if await client.get(key) == b"2":
            break
        await asyncio.sleep(0.01)
    assert 60 <= await client.ttl(key) <= 70
    await client.aclose()


async def test_a_hanging_redis_counts_as_unavailable_and_no_call_waits_for_it(
    redis_port: int, redis_process: asyncio.subprocess.Process, clock: list[float]
) -> None:
    changes: list[bool] = []
    client = connect(settings.Redis(url=f"redis://127.0.0.1:{redis_port}", timeout_seconds=0.2))
    counters = RedisCounters(client, 0.01, 0.05, changes.append, lambda: clock[0])
    task = asyncio.create_task(counters.keep_synced())
    key = new_subject()
    redis_process.send_signal(signal.SIGSTOP)
    try:
        assert counters.count(key, clock[0] + 60) == 0
        counters.add(key, 1)
        await wait_until(lambda: changes == [False])
        with pytest.raises(Unavailable):
            counters.count(key, clock[0] + 60)
        with pytest.raises((redis.RedisError, OSError)):
            await counters.check()
    finally:
        redis_process.send_signal(signal.SIGCONT)
    await wait_until(lambda: changes == [False, True])
    await counters.check()
    assert counters.count(key, clock[0] + 60) >= 1
    task.cancel()
    await client.aclose()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "[::1]"])  # noqa: S104 - as in a pod
async def test_metrics_are_served_on_the_address_of_the_setting(host: str) -> None:
    [port] = ports.claim(1)
    Metrics().serve(f"{host}:{port}")
    async with readiness.plain_http(f"http://{host}:{port}") as client:
        assert "cnop_ratelimit_counters_up 1.0" in (await client.get("/metrics")).text


@pytest.mark.parametrize("listen", ["127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:99999", "no.such.host:0"])
def test_an_address_where_no_metrics_can_be_served_is_named(listen: str) -> None:
    with pytest.raises(StartupError, match=f"cannot listen on {listen}: "):
        Metrics().serve(listen)


async def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.01)
    pytest.fail("the condition must become true")
