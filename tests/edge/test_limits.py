"""Rate limits at the edge, over all three protocols, with the real ratelimit service.

Each test uses addresses of its own: as behind a load balancer, the edge takes the last one in x-forwarded-for. Windows
last a day, so only a test that runs at midnight can see one end.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import grpc
import httpx
import pytest
from cnop.user.v1 import account_service_pb2, account_service_pb2_grpc

from edge_config.limits import write_limits
from local import ports
from tests.edge.counting import Counting, counting, until
from tests.edge.limited import ORIGIN, health, limits, limits_file, new_address, new_user
from tests.edge.mesh import Edge, running, token

DEPOSIT = ("POST", "/api/v1/balance/deposit", {"amount": "1.00"})
ORDER = ("POST", "/api/v1/orders", {"side": "BUY", "asset_id": "BTC", "quantity": "1"})
LOGIN = ("POST", "/api/v1/auth/login", {"username": "ada", "password": "x"})
PROFILE = ("PATCH", "/api/v1/auth/me", {"first_name": "Ada"})
PASSWORD = ("POST", "/api/v1/auth/password", {"current_password": "x", "new_password": "violet-anchor-47-lamp"})
LOGOUT = ("POST", "/api/v1/auth/logout", {})
REFRESH = ("POST", "/api/v1/auth/refresh", {"refresh_token": "x"})
KEYS = ("GET", "/.well-known/jwks.json", None)
CANDLES = ("GET", "/api/v1/inventory/assets/BTC/candles", None)
BALANCE = ("GET", "/api/v1/balance", None)


@pytest.fixture(scope="module")
async def service(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Counting]:
    folder = tmp_path_factory.mktemp("ratelimit")
    async with counting(folder, limits_file(folder)) as service:
        yield service


@pytest.fixture(scope="module")
async def edge(service: Counting, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    async with counted_edge(service, tmp_path_factory.mktemp("edge")) as edge:
        yield edge


@asynccontextmanager
async def counted_edge(service: Counting, folder: Path, **changes: Any) -> AsyncIterator[Edge]:
    """Starts an edge that is connected to the ratelimit service, with a timeout that suits a busy machine."""
    settings = {"limits": service.limits, "trusted_hops": 1, "ratelimit_seconds": 5.0, **changes}
    async with running(folder, ratelimit=service.address, mesh=service.mesh, **settings) as edge:
        await until(lambda: _is_counted(edge, healthy=True))
        yield edge


@pytest.fixture
def address() -> str:
    return new_address()


async def ask(edge: Edge, what: tuple[str, str, Any], user: str, address: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token(sub=user)}", "x-forwarded-for": address}
    verb, path, body = what
    return await edge.http.request(verb, path, json=body, headers=headers)


async def statuses(edge: Edge, what: tuple[str, str, Any], user: str, address: str, times: int) -> list[int]:
    return [(await ask(edge, what, user, address)).status_code for _ in range(times)]


@pytest.mark.parametrize(("what", "passes"), [(BALANCE, 3), (DEPOSIT, 3), (ORDER, 3), (LOGIN, 4)])
async def test_each_class_has_its_limit_and_tells_of_it(
    edge: Edge, address: str, what: tuple[str, str, Any], passes: int
) -> None:
    user = new_user()
    for remaining in reversed(range(passes)):
        answer = await ask(edge, what, user, address)
        assert answer.status_code != 429
        assert answer.headers.get_list("x-ratelimit-limit") == [str(passes)]
        assert answer.headers["x-ratelimit-remaining"] == str(remaining)
        assert answer.headers["x-ratelimit-reset"].isdigit()
        assert "retry-after" not in answer.headers
    refused = await ask(edge, what, user, address)
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/json"
    body = refused.json()
    assert (body["code"], body["details"][0]["reason"]) == (8, "RATE_LIMITED")
    assert refused.headers.get_list("x-ratelimit-limit") == [str(passes)]
    assert refused.headers["x-ratelimit-remaining"] == "0"
    assert 0 < int(refused.headers["retry-after"]) <= 86400
    assert refused.headers["retry-after"] == refused.headers["x-ratelimit-reset"]


@pytest.mark.parametrize("what", [BALANCE, DEPOSIT, ORDER, PROFILE, PASSWORD])
async def test_users_do_not_use_up_each_others_limits(edge: Edge, address: str, what: tuple[str, str, Any]) -> None:
    first, second = new_user(), new_user()
    assert await statuses(edge, what, first, address, 6) == [*[_not_429(what)] * 3, 429, 429, 429]
    assert await statuses(edge, what, second, address, 1) == [_not_429(what)]
    assert await statuses(edge, what, first, new_address(), 1) == [429]


def _not_429(what: tuple[str, str, Any]) -> int:
    # The order service is unavailable, and the fake user service lacks most methods.
    return {ORDER[1]: 503, PROFILE[1]: 501, PASSWORD[1]: 501}.get(what[1], 200)


async def test_calls_without_a_token_use_up_nothing_of_those_with_one(edge: Edge, address: str) -> None:
    for anonymous in (LOGIN, REFRESH, KEYS):
        assert (await statuses(edge, anonymous, "", address, 6))[-1] == 429
    user = new_user()
    for what in (PASSWORD, LOGOUT, PROFILE, BALANCE):
        assert await statuses(edge, what, user, address, 1) != [429]


async def test_signed_in_users_at_one_address_do_not_limit_each_other(edge: Edge, address: str) -> None:
    for what in (BALANCE, PROFILE, PASSWORD):
        assert 429 not in [(await ask(edge, what, new_user(), address)).status_code for _ in range(8)]


async def test_candles_use_up_nothing_of_other_reads_and_count_for_the_address(edge: Edge, address: str) -> None:
    # The inventory service is unavailable.
    assert [(await ask(edge, CANDLES, new_user(), address)).status_code for _ in range(4)] == [503, 503, 429, 429]
    assert await statuses(edge, KEYS, "", address, 1) == [200]
    assert await statuses(edge, CANDLES, "", new_address(), 1) == [503]


async def test_an_address_has_a_limit_of_its_own(edge: Edge, address: str) -> None:
    assert [(await ask(edge, DEPOSIT, new_user(), address)).status_code for _ in range(6)] == [200] * 5 + [429]
    assert (await ask(edge, DEPOSIT, new_user(), new_address())).status_code == 200


async def test_an_ipv6_address_counts_as_its_network(edge: Edge) -> None:
    answers = [await ask(edge, LOGIN, "", f"2001:db8:1:2::{number}") for number in range(1, 6)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]
    assert (await ask(edge, LOGIN, "", "2001:db8:1:3::1")).status_code == 200


async def test_all_three_protocols_share_one_count(edge: Edge, address: str) -> None:
    user = new_user()
    metadata = (("authorization", f"Bearer {token(sub=user)}"), ("x-forwarded-for", address))
    deposit: Any = account_service_pb2_grpc.AccountServiceStub(edge.channel).Deposit
    message = account_service_pb2.DepositRequest(amount="1.00")

    async def web() -> httpx.Response:
        form = {"content-type": "application/grpc-web+proto", "x-grpc-web": "1"}
        data = message.SerializeToString()
        content = b"\0" + len(data).to_bytes(4, "big") + data
        path = "/cnop.user.v1.AccountService/Deposit"
        return await edge.http.post(path, content=content, headers={**dict(metadata), **form})

    assert (await ask(edge, DEPOSIT, user, address)).headers["x-ratelimit-remaining"] == "2"
    call = deposit(message, metadata=metadata)
    assert dict(await call.initial_metadata())["x-ratelimit-remaining"] == "1"
    await call
    assert (await web()).headers["x-ratelimit-remaining"] == "0"

    with pytest.raises(grpc.aio.AioRpcError) as error:
        await deposit(message, metadata=metadata)
    assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
    told = {**dict(error.value.initial_metadata() or ()), **dict(error.value.trailing_metadata() or ())}
    assert "retry-after" in told
    assert "grpc-status-details-bin" in told
    refused = await web()
    assert refused.headers["grpc-status"] == "8"
    assert refused.headers["grpc-message"] == "too many requests; wait for the seconds in retry-after, then try again"
    assert "retry-after" in refused.headers
    assert (await ask(edge, DEPOSIT, user, address)).status_code == 429


async def test_what_the_ratelimit_service_says_stays_inside(edge: Edge, address: str) -> None:
    user = new_user()
    forged = {"x-mesh-counted": "1", "authorization": f"Bearer {token(sub=user)}", "x-forwarded-for": address}
    answers = [await edge.http.get("/api/v1/balance", headers=forged) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert "x-mesh-counted" not in edge.user.metadata
    await ask(edge, DEPOSIT, user, address)
    assert "x-mesh-counted" not in edge.user.metadata


async def test_a_page_may_read_the_limits(edge: Edge) -> None:
    answer = await edge.http.get("/api/v1/balance", headers={"origin": ORIGIN})
    exposed = {name.strip() for name in answer.headers["access-control-expose-headers"].split(",")}
    assert {"retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"} <= exposed


async def test_behind_a_load_balancer_the_last_address_is_the_client(edge: Edge) -> None:
    address = new_address()
    answers = [await ask(edge, LOGIN, "", f"{new_address()}, {address}") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 4 + [429]


async def test_without_a_load_balancer_what_a_client_says_of_its_address_counts_for_nothing(
    service: Counting, tmp_path: Path
) -> None:
    async with counted_edge(service, tmp_path, trusted_hops=0) as edge:
        answers = [await ask(edge, LOGIN, "", new_address()) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 4 + [429]
        await ask(edge, BALANCE, new_user(), "10.9.9.9")
        assert edge.user.metadata["x-client-address"] == "127.0.0.1"


async def test_the_buckets_of_the_edge_change_without_a_restart_or_a_broken_connection(tmp_path: Path) -> None:
    file = limits_file(tmp_path)
    async with running(tmp_path, limits=file, trusted_hops=1) as edge:
        assert (await ask(edge, BALANCE, new_user(), new_address())).headers["x-ratelimit-limit"] == "3"
        # Not the number of connections: the edge may still open one to itself, to fetch the keys again.
        ended = await edge.stats(r"^http\.edge\.downstream_cx_destroy$")
        file.write_text(limits("5/day").replace('user = "3/day"', 'user = "4/day"', 1))
        write_limits(file, tmp_path)

        async def is_new() -> bool:
            answer = await ask(edge, BALANCE, new_user(), new_address())
            assert answer.status_code == 200
            return answer.headers["x-ratelimit-limit"] == "4"

        await until(is_new)
        address = new_address()
        answers = [await ask(edge, BALANCE, new_user(), address) for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert answers[5].headers["x-ratelimit-limit"] == "5", "the limit of the class ALL"
        file.write_text("nonsense")
        with pytest.raises(ValueError, match=r"limits\.toml"):
            write_limits(file, tmp_path)
        assert await is_new()

        file.write_text(limits(flood="2/day"))
        write_limits(file, tmp_path)

        async def is_shed() -> bool:
            address = new_address()
            return [(await health(edge, address)).status_code for _ in range(3)] == [503, 503, 429]

        await until(is_shed)
        assert await edge.stats(r"^http\.edge\.downstream_cx_destroy$") == ended


# --- without the ratelimit service or Redis ---------------------------------------------------------------------------


async def assert_the_edge_decides_alone(edge: Edge) -> None:
    before = await edge.stats(r"cluster\.user\.ratelimit\.failure_mode_allowed")
    user = new_user()
    assert await statuses(edge, BALANCE, user, new_address(), 4) == [200, 200, 200, 429]
    assert await statuses(edge, DEPOSIT, user, new_address(), 3) == [200, 200, 429]
    assert await statuses(edge, LOGIN, user, new_address(), 3) == [200, 200, 429]
    after = await edge.stats(r"cluster\.user\.ratelimit\.failure_mode_allowed")
    assert sum(after.values()) - sum(before.values()) == 6


async def test_without_the_ratelimit_service_the_edge_goes_by_its_own_buckets(tmp_path: Path) -> None:
    [away] = ports.claim(1)
    settings = {"limits": limits_file(tmp_path), "trusted_hops": 1, "ratelimit": f"127.0.0.1:{away}"}
    async with running(tmp_path, **settings) as edge:
        await assert_the_edge_decides_alone(edge)


async def test_without_redis_too_and_it_shows_and_ends(service: Counting, edge: Edge) -> None:
    await service.kill_redis()
    await until(lambda: _is(service, "cnop_ratelimit_counters_up", 0))
    await until(lambda: _is_counted(edge, healthy=False))
    await assert_the_edge_decides_alone(edge)
    await service.start_redis()
    await until(lambda: _is(service, "cnop_ratelimit_counters_up", 1))
    await until(lambda: _is_counted(edge, healthy=True))
    answer = await ask(edge, DEPOSIT, new_user(), new_address())
    assert answer.headers["x-ratelimit-limit"] == "3"


async def test_limits_change_without_a_restart(service: Counting, edge: Edge, tmp_path: Path) -> None:
    old = service.limits.read_text()
    try:
        service.limits.write_text(old.replace('user = "3/day"', 'user = "4/day"'))

        async def is_new() -> bool:
            answer = await ask(edge, DEPOSIT, new_user(), new_address())
            return answer.headers["x-ratelimit-limit"] == "4"

        await until(is_new)
        service.limits.write_text("nonsense")
        await until(lambda: _is(service, "cnop_ratelimit_rules_good", 0))
        assert await is_new()
    finally:
        service.limits.write_text(old)
        await until(lambda: _is(service, "cnop_ratelimit_rules_good", 1))


async def _is(service: Counting, name: str, value: float) -> bool:
    return (await service.metrics())[name] == value


async def _is_counted(edge: Edge, *, healthy: bool) -> bool:
    stats = await edge.stats(r"^cluster\.ratelimit\.membership_healthy$")
    return (stats["cluster.ratelimit.membership_healthy"] == 1) == healthy
