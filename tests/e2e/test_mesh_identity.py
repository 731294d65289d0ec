"""Certificates in the running system: peers without one are refused, and rotation works under load."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import grpc
import httpx
import pytest
from cryptography import x509

from local import authority, dial
from local.paths import ROOT
from local.settings import PROGRAMS
from local.stack import Stack
from services.bootstrap.authority import Authority
from services.bootstrap.certificates import PARTS
from tests.issuing import issue

from .rpc import RpcRefusal, outcome
from .users import User
from .waiting import eventually

REFLECTION = "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo"
METHODS = {
    "user": "/cnop.user.v1.AuthService/GetJwks",
    "inventory": "/cnop.inventory.v1.InventoryService/ListAssets",
    "order": "/cnop.order.v1.OrderService/ListOrders",
    "ratelimit": "/envoy.service.ratelimit.v3.RateLimitService/ShouldRateLimit",
}


def serial(folder: Path) -> int:
    return x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes()).serial_number


async def assert_shut_out(channel: grpc.aio.Channel, service: str) -> None:
    async with channel:
        for path in (METHODS[service], "/grpc.health.v1.Health/Check"):
            answer = await outcome(channel, path)
            assert isinstance(answer, RpcRefusal)
            assert (answer.code, answer.reason) == (grpc.StatusCode.UNAVAILABLE, ""), (
                "the connection must be refused before any method"
            )
        with pytest.raises(grpc.aio.AioRpcError) as error:
            _ = [one async for one in channel.stream_stream(REFLECTION)(iter([b""]), timeout=5)]
        assert error.value.code() is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize("service", PROGRAMS)
async def test_a_services_port_refuses_plaintext(stack: Stack, service: str) -> None:
    [address] = stack.settings.addresses(service)
    await assert_shut_out(grpc.aio.insecure_channel(address, options=dial.OPTIONS), service)


@pytest.mark.parametrize("service", PROGRAMS)
async def test_a_services_port_refuses_peers_without_a_certificate(stack: Stack, service: str) -> None:
    [address] = stack.settings.addresses(service)
    credentials = grpc.ssl_channel_credentials((stack.mesh / "operator" / "ca.crt").read_bytes())
    options = [*dial.OPTIONS, ("grpc.ssl_target_name_override", authority.dns_name(service))]
    await assert_shut_out(grpc.aio.secure_channel(address, credentials, options=options), service)


@pytest.mark.parametrize("service", PROGRAMS)
async def test_a_services_port_refuses_certificates_of_another_authority(
    stack: Stack, service: str, tmp_path: Path
) -> None:
    [address] = stack.settings.addresses(service)
    issue(Authority.new(), tmp_path, authority.spiffe_id("edge"), [authority.dns_name("edge")])
    (tmp_path / "ca.crt").unlink()
    (tmp_path / "ca.crt").write_bytes((stack.mesh / "edge" / "ca.crt").read_bytes())
    await assert_shut_out(dial.channel(address, service, tmp_path), service)


@pytest.mark.parametrize("service", PROGRAMS)
async def test_a_certificate_without_an_id_of_the_mesh_opens_no_method(
    stack: Stack, service: str, tmp_path: Path
) -> None:
    [address] = stack.settings.addresses(service)
    issue(authority.of(stack.mesh), tmp_path, "spiffe://cnop/another/edge", ["edge.another.cnop"])
    async with dial.channel(address, service, tmp_path) as channel:
        for path in (METHODS[service], "/grpc.health.v1.Health/Check", "/grpc.health.v1.Health/List"):
            answer = await outcome(channel, path)
            assert isinstance(answer, RpcRefusal)
            assert (answer.code, answer.reason) == (grpc.StatusCode.PERMISSION_DENIED, "MESH_IDENTITY_REQUIRED")
        streams = (
            channel.unary_stream("/grpc.health.v1.Health/Watch")(b"", timeout=5),
            channel.stream_stream(REFLECTION)(timeout=5),
        )
        for stream in streams:
            assert await stream.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_certificates_are_rotated_under_load_without_a_failed_call(
    stack: Stack, http: httpx.AsyncClient, new_user: Callable[[], Awaitable[User]]
) -> None:
    before = {part: serial(stack.mesh / part) for part in PARTS}
    users = await asyncio.gather(*(new_user() for _ in range(4)))
    done, answered = asyncio.Event(), 0

    async def trade(user: User) -> None:
        nonlocal answered
        await user.deposit("1000.00")
        while not done.is_set():
            assert (await user.buy("ADA", "10"))["status"] == "COMPLETED"
            assert (await user.get("/api/v1/portfolio"))["holdings"]
            answered += 2

    async with asyncio.TaskGroup() as group:
        for user in users:
            group.create_task(trade(user))
        for _ in range(2):
            await rotate(stack)
            await asyncio.sleep(3)  # services check for new certificates once a second
        for service in PROGRAMS:
            await eventually(lambda name=service: shows_new(stack, name), f"{service} shows its new certificate")  # type: ignore[misc]
        await eventually(lambda: edge_has_new(stack, http), "the edge has its new certificate")
        done.set()
    assert answered > 20
    assert not {part for part in PARTS if serial(stack.mesh / part) == before[part]}


async def rotate(stack: Stack) -> None:
    """Rotates the certificates with the command, as an operator does."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "local", "rotate-certs", "--data-dir", str(stack.mesh.parent)),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    assert [line.partition(":")[0] for line in out.decode().splitlines()] == list(PARTS)


async def shows_new(stack: Stack, service: str) -> bool:
    """Tells whether a service presents the certificate in its folder to new connections."""
    certs = stack.mesh / "operator"
    context = ssl.create_default_context(cafile=str(certs / "ca.crt"))
    context.load_cert_chain(certs / "tls.crt", certs / "tls.key")
    context.set_alpn_protocols(["h2"])
    host, _, port = stack.settings.addresses(service)[0].rpartition(":")
    name = authority.dns_name(service)
    _, writer = await asyncio.open_connection(host, int(port), ssl=context, server_hostname=name)
    shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return x509.load_der_x509_certificate(shown).serial_number == serial(stack.mesh / service)


async def edge_has_new(stack: Stack, http: httpx.AsyncClient) -> bool:
    """Tells whether the edge uses the certificate in its folder."""
    known = (await http.get(f"{stack.settings.edge_admin_url}/certs")).json()["certificates"]
    serials = {int(one["serial_number"], 16) for each in known for one in each["cert_chain"]}
    return serials == {serial(stack.mesh / "edge")}


async def test_each_call_is_logged_with_its_peer(stack: Stack, user: User) -> None:
    await user.deposit("100.00")
    await user.buy("ADA", "10")

    async def peers(service: str) -> set[str]:
        log = (stack.settings.log_dir / f"{service}.log").read_text()
        return {peer for peer in PARTS if f'"peer": "{peer}"' in log}

    async def look() -> bool:
        return {"edge", "order"} <= await peers("user") and "order" in await peers("inventory")

    await eventually(look, "the callers are in the logs")


async def test_rotation_without_certificates_explains_what_to_do(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "local", "rotate-certs", "--data-dir", str(tmp_path)),
        cwd=ROOT,
        stderr=asyncio.subprocess.PIPE,
    )
    _, errors = await process.communicate()
    assert process.returncode == 1
    assert "there are no certificates in" in errors.decode()
    assert not (tmp_path / "mesh").exists()
