"""All requests of an address count, including those that the edge answers itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2_grpc
from google.protobuf import empty_pb2

from tests.edge.counting import until
from tests.edge.limited import ORIGIN, health, limits, limits_file, new_address, preflight
from tests.edge.mesh import running


async def test_a_flood_from_one_address_is_shed_whatever_it_asks_for(tmp_path: Path) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits("5/day")), trusted_hops=1) as edge:
        for path in ("/api/v1/balance", "/nowhere", "/cnop.user.v1.AuthService/Login", "/docs/"):
            address = new_address()
            answers = [await edge.http.get(path, headers={"x-forwarded-for": address}) for _ in range(6)]
            assert 429 not in {answer.status_code for answer in answers[:5]}
            assert answers[5].status_code == 429
            assert answers[5].json()["details"][0]["reason"] == "RATE_LIMITED"
            assert answers[5].headers["x-ratelimit-limit"] == "5"
            assert int(answers[5].headers["retry-after"]) > 0


async def test_a_flood_of_what_the_edge_answers_from_memory_is_shed_too(tmp_path: Path) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits(flood="5/day")), trusted_hops=1) as edge:
        for ask_once, answered in ((health, 503), (preflight, 200)):  # the other services are unavailable
            address = new_address()
            answers = [await ask_once(edge, address) for _ in range(6)]
            assert [answer.status_code for answer in answers] == [answered] * 5 + [429]
            refused = answers[5]
            assert (refused.json()["code"], refused.json()["details"][0]["reason"]) == (8, "RATE_LIMITED")
            assert refused.headers["content-type"] == "application/json"
            assert refused.headers["cache-control"] == "no-store"
            assert (refused.headers["x-ratelimit-limit"], refused.headers["x-ratelimit-remaining"]) == ("5", "0")
            assert int(refused.headers["retry-after"]) > 0
            assert int(refused.headers["x-ratelimit-reset"]) == 86400 // 5
            assert (await ask_once(edge, new_address())).status_code == answered


async def test_a_grpc_call_beyond_the_flood_is_refused_in_its_own_form(tmp_path: Path) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits(flood="2/day")), trusted_hops=1) as edge:
        keys: Any = auth_service_pb2_grpc.AuthServiceStub(edge.channel).GetJwks
        address = new_address()
        await health(edge, address)
        await keys(empty_pb2.Empty(), metadata=(("x-forwarded-for", address),))
        with pytest.raises(grpc.aio.AioRpcError) as error:
            await keys(empty_pb2.Empty(), metadata=(("x-forwarded-for", address),))
        assert error.value.code() == grpc.StatusCode.RESOURCE_EXHAUSTED
        told = {**dict(error.value.initial_metadata() or ()), **dict(error.value.trailing_metadata() or ())}
        assert told.keys() >= {"retry-after", "x-ratelimit-limit", "grpc-status-details-bin"}


async def test_a_refused_question_for_health_stands_in_the_access_log_and_an_answered_one_does_not(
    tmp_path: Path,
) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits(flood="2/day")), trusted_hops=1) as edge:
        log, address = tmp_path / "access.log", new_address()
        assert [(await health(edge, address)).status_code for _ in range(3)] == [503, 503, 429]

        async def lines() -> list[tuple[str, int]]:
            told = [json.loads(line) for line in log.read_text().splitlines()]
            return [(line["rpc"], line["code"]) for line in told if line["client"] == address]

        async def is_logged() -> bool:
            return bool(await lines())

        await until(is_logged)
        assert await lines() == [("json", 429)]


async def test_who_may_ask_for_nothing_more_still_hears_of_health_and_a_page_reads_why(tmp_path: Path) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits("2/day")), trusted_hops=1) as edge:
        address = new_address()
        headers = {"x-forwarded-for": address, "origin": ORIGIN}
        answers = [await edge.http.get("/.well-known/jwks.json", headers=headers) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].headers["access-control-allow-origin"] == ORIGIN
        assert "retry-after" in answers[2].headers["access-control-expose-headers"]
        assert (await health(edge, address)).status_code == 503
        allowed = await preflight(edge, address)
        assert (allowed.status_code, allowed.headers["access-control-allow-origin"]) == (200, ORIGIN)


async def test_what_is_no_valid_request_is_refused_before_it_is_counted(tmp_path: Path) -> None:
    async with running(tmp_path, limits=limits_file(tmp_path, limits(flood="1/day"))) as edge:
        assert [(await edge.http.get("/api%2fv1")).status_code for _ in range(3)] == [400] * 3
        refused = await edge.stats(r"^limit_flood\.http_local_rate_limit\.rate_limited$")
        assert refused == {"limit_flood.http_local_rate_limit.rate_limited": 0}
