"""Readiness checks. Each one takes a few seconds at most and never raises."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path

import grpc
import httpx
import redis.asyncio
from grpc_health.v1 import health_pb2

from local import dial

TIMEOUT_SECONDS = 2.0


async def answers_http(url: str) -> bool:
    """Returns whether an HTTP server answers, with any status. DynamoDB Local answers unsigned requests with 400."""
    return await _status(url) is not None


async def answers_ok(url: str) -> bool:
    """Returns whether an HTTP server answers with 200."""
    return await _status(url) == httpx.codes.OK


async def answers_redis(port: int) -> bool:
    """Returns whether a Redis server answers PING. It answers with an error while it loads its data."""
    client = redis.asyncio.Redis(port=port, socket_timeout=TIMEOUT_SECONDS, socket_connect_timeout=TIMEOUT_SECONDS)
    try:
        return await client.ping()
    except redis.RedisError:
        return False
    finally:
        await client.aclose()


async def serves_grpc(address: str, service: str, certs: Path) -> bool:
    """Returns whether a service reports SERVING in gRPC's health protocol. `certs` has a client certificate."""
    host, _, port = address.rpartition(":")
    if not await _listens(host, int(port)):
        return False
    try:
        channel = dial.channel(address, service, certs)
    except OSError:  # there is no certificate yet
        return False
    async with channel:
        check = channel.unary_unary(
            "/grpc.health.v1.Health/Check",
            request_serializer=health_pb2.HealthCheckRequest.SerializeToString,
            response_deserializer=health_pb2.HealthCheckResponse.FromString,
        )
        try:
            answer: health_pb2.HealthCheckResponse = await check(
                health_pb2.HealthCheckRequest(), timeout=TIMEOUT_SECONDS
            )
        except grpc.aio.AioRpcError:
            return False
        return answer.status == health_pb2.HealthCheckResponse.SERVING


async def _listens(host: str, port: int) -> bool:
    """Returns whether a port is open. Checked first, because it is cheap and during a start most ports are closed."""
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except OSError:  # includes TimeoutError
        return False
    writer.close()
    return True


async def _status(url: str) -> int | None:
    address = httpx.URL(url)
    if not await _listens(address.host, address.port or 80):
        return None
    try:
        async with plain_http() as client:
            return (await client.get(url)).status_code
    except httpx.HTTPError:
        return None


def plain_http(base_url: str = "") -> httpx.AsyncClient:
    """Returns a client for loopback addresses, without TLS authorities, because loading these takes 20 ms each time."""
    no_authorities = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(base_url=base_url, timeout=TIMEOUT_SECONDS, trust_env=False, verify=no_authorities)
