"""Mutual TLS: which clients a server accepts, which servers a client calls, and the renewal of certificates."""

from __future__ import annotations

import asyncio
import shutil
import ssl
import warnings
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import grpc
import pytest
from cnop.user.v1 import auth_service_pb2, auth_service_pb2_grpc
from cryptography import x509
from google.api import httpbody_pb2
from google.protobuf import empty_pb2
from grpc_health.v1 import health, health_pb2, health_pb2_grpc

from local import authority, dial
from services.auth.user_access import UserAccess
from services.bootstrap.authority import Authority
from services.bootstrap.certificates import PARTS
from services.common import settings
from services.common.mesh import channels
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh
from services.common.rpc import server
from services.common.rpc.access import read_policies
from services.common.rpc.interceptor import ContractInterceptor
from tests.issuing import issue

SERVICE = "cnop.user.v1.AuthService"
LOGIN = auth_service_pb2.LoginRequest(username="alice", password="x")
DAY = timedelta(days=1)
CONNECTION_SECONDS = 1.0


class Auth(auth_service_pb2_grpc.AuthServiceServicer):
    """GetJwks returns the serial number of the certificate that the caller presents."""

    async def GetJwks(self, request: Any, context: Any) -> httpbody_pb2.HttpBody:
        [presented] = context.auth_context()["x509_pem_cert"]
        await asyncio.sleep(0.01)
        return httpbody_pb2.HttpBody(data=str(x509.load_pem_x509_certificate(presented).serial_number).encode())

    async def Login(self, request: Any, context: Any) -> auth_service_pb2.LoginResponse:
        return auth_service_pb2.LoginResponse(access_token="t")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Certificates that a test may change."""
    authority.ensure(tmp_path / "own")
    return tmp_path / "own"


@pytest.fixture
async def address(access: UserAccess, mesh: Mesh, own: Path) -> AsyncIterator[str]:
    """The address of the user service."""
    config = settings.Server(connection_seconds=CONNECTION_SECONDS, connection_grace_seconds=CONNECTION_SECONDS)
    made = server.build(ContractInterceptor(read_policies((SERVICE,)), access, mesh), config)
    auth_service_pb2_grpc.add_AuthServiceServicer_to_server(Auth(), made)
    healthy = health.aio.HealthServicer()
    await healthy.set("", health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(healthy, made)
    port = made.add_secure_port("127.0.0.1:0", Certificates(own / "user").for_server())
    await made.start()
    yield f"127.0.0.1:{port}"
    await made.stop(0)


def serial(folder: Path) -> int:
    return x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes()).serial_number


async def code(call: Awaitable[object]) -> grpc.StatusCode:
    try:
        await call
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


async def login(channel: grpc.aio.Channel) -> grpc.StatusCode:
    async with channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)
        return await code(stub.Login(LOGIN, timeout=3))


async def test_every_member_of_the_mesh_is_accepted(address: str, own: Path) -> None:
    for member in PARTS:
        assert await login(dial.channel(address, "user", own / member)) is grpc.StatusCode.OK


async def test_plaintext_is_refused(address: str) -> None:
    assert await login(grpc.aio.insecure_channel(address, options=dial.OPTIONS)) is grpc.StatusCode.UNAVAILABLE


async def test_a_client_without_a_certificate_is_refused(address: str, own: Path) -> None:
    credentials = grpc.ssl_channel_credentials((own / "operator" / "ca.crt").read_bytes())
    options = [*dial.OPTIONS, ("grpc.ssl_target_name_override", authority.dns_name("user"))]
    assert await login(grpc.aio.secure_channel(address, credentials, options=options)) is grpc.StatusCode.UNAVAILABLE


async def test_a_client_with_a_certificate_of_another_authority_is_refused(
    address: str, own: Path, tmp_path: Path
) -> None:
    issue(Authority.new(), tmp_path / "foreign", authority.spiffe_id("order"), [authority.dns_name("order")])
    foreign = copied(tmp_path / "foreign", tmp_path / "with_our_authority")
    (foreign / "ca.crt").write_bytes((own / "order" / "ca.crt").read_bytes())
    assert await login(dial.channel(address, "user", foreign)) is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize("begin", [-8 * DAY, DAY], ids=["expired", "not valid yet"])
async def test_a_client_whose_certificate_is_not_valid_now_is_refused(
    address: str, own: Path, begin: timedelta
) -> None:
    uri, name = authority.spiffe_id("order"), authority.dns_name("order")
    issue(authority.of(own), own / "order", uri, [name], begin=datetime.now(UTC) + begin)
    assert await login(dial.channel(address, "user", own / "order")) is grpc.StatusCode.UNAVAILABLE


@pytest.mark.parametrize(
    "uri",
    ["spiffe://cnop/other/order", "spiffe://other/local/order", "spiffe://cnop/local/order/x", "https://cnop/order"],
)
async def test_a_client_of_another_mesh_may_call_nothing(address: str, own: Path, uri: str) -> None:
    issue(authority.of(own), own / "order", uri, [authority.dns_name("order"), authority.dns_name("edge")])
    assert await login(dial.channel(address, "user", own / "order")) is grpc.StatusCode.PERMISSION_DENIED


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
async def test_old_versions_of_tls_are_refused(address: str, own: Path, version: ssl.TLSVersion) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context = tls(own / "operator", at_most=version)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")  # otherwise this client refuses them itself
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await presented(address, context)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    assert await presented(address, context) == serial(own / "user"), "nothing else was wrong"


def by_service(address: str, own: Path) -> grpc.aio.Channel:
    return channels.connect(address, Certificates(own / "order"), SERVICE)


def by_operator(address: str, own: Path) -> grpc.aio.Channel:
    return dial.channel(address, "user", own / "operator")


@pytest.mark.parametrize("connect", [by_service, by_operator])
@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("spiffe://cnop/local/order", "order.local.cnop"),
        ("spiffe://cnop/other/user", "user.other.cnop"),
        ("spiffe://other/local/user", "user.local.other"),
        ("spiffe://cnop/local/user", "user"),
    ],
)
async def test_a_server_with_the_certificate_of_another_service_is_not_called(
    address: str, own: Path, connect: Callable[[str, Path], grpc.aio.Channel], uri: str, name: str
) -> None:
    """The server has a valid certificate of the authority, but for another service or another mesh."""
    issue(authority.of(own), own / "user", uri, [name, "localhost"])
    assert await login(connect(address, own)) is grpc.StatusCode.UNAVAILABLE
    issue(authority.of(own), own / "user", authority.spiffe_id("user"), [authority.dns_name("user")])
    assert await login(connect(address, own)) is grpc.StatusCode.OK, "nothing else was wrong"


@pytest.mark.parametrize("mesh", [Mesh("example.org", "prod")])
async def test_a_service_calls_servers_of_the_mesh_of_its_own_certificate(address: str, own: Path, mesh: Mesh) -> None:
    signer = authority.of(own)
    issue(signer, own / "order", mesh.spiffe_id("order"), [mesh.dns_name("order")])
    assert await login(by_service(address, own)) is grpc.StatusCode.UNAVAILABLE
    issue(signer, own / "user", mesh.spiffe_id("user"), [mesh.dns_name("user")])
    assert await login(by_service(address, own)) is grpc.StatusCode.OK


async def test_a_server_whose_certificate_has_expired_is_not_called(address: str, own: Path) -> None:
    begin = datetime.now(UTC) - 8 * DAY
    issue(authority.of(own), own / "user", authority.spiffe_id("user"), [authority.dns_name("user")], begin=begin)
    async with channels.connect(address, Certificates(own / "order"), SERVICE) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)
        assert await code(stub.GetJwks(empty_pb2.Empty(), timeout=3)) is not grpc.StatusCode.OK


async def test_a_server_presents_its_new_certificate_to_new_connections(address: str, own: Path) -> None:
    context = tls(own / "operator")
    assert await presented(address, context) == serial(own / "user")
    before = serial(own / "user")
    authority.rotate(own)
    assert await presented(address, context) == serial(own / "user") != before


async def test_a_client_presents_its_new_certificate_and_no_call_fails_meanwhile(address: str, own: Path) -> None:
    async with channels.connect(address, Certificates(own / "order"), SERVICE) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)  # made once, as in the services
        presented: list[int] = []
        done = asyncio.Event()

        async def call_on() -> None:
            while not done.is_set():
                response = await stub.GetJwks(empty_pb2.Empty(), timeout=5)
                presented.append(int(response.data))

        async with asyncio.timeout(30), asyncio.TaskGroup() as group:
            for _ in range(8):
                group.create_task(call_on())
            await until(lambda: bool(presented))
            for _ in range(2):
                authority.rotate(own)
                await until(lambda: presented[-1] == serial(own / "order"))
            done.set()
    assert len(set(presented)) == 3


async def test_connections_by_an_authority_that_is_no_longer_trusted_end_in_time(address: str, own: Path) -> None:
    async with dial.channel(address, "user", own / "order") as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)
        health_stub: Any = health_pb2_grpc.HealthStub(channel)
        watch = health_stub.Watch(health_pb2.HealthCheckRequest())
        assert (await watch.read()).status == health_pb2.HealthCheckResponse.SERVING
        assert await code(stub.Login(LOGIN, timeout=3)) is grpc.StatusCode.OK
        issue(Authority.new(), own / "another", authority.spiffe_id("user"), [authority.dns_name("user")])
        (own / "user" / "ca.crt").write_bytes((own / "another" / "ca.crt").read_bytes())
        async with asyncio.timeout(4 * CONNECTION_SECONDS):
            while (ended := await code(stub.GetJwks(empty_pb2.Empty(), timeout=3))) is grpc.StatusCode.OK:
                pass
            assert ended is grpc.StatusCode.UNAVAILABLE
            assert await code(watch.read()) is grpc.StatusCode.UNAVAILABLE, "streams end, too"


async def test_a_client_keeps_its_connection_while_the_new_certificate_is_refused(
    address: str, own: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with channels.connect(address, Certificates(own / "order"), SERVICE) as channel:
        stub: Any = auth_service_pb2_grpc.AuthServiceStub(channel)
        before = (await stub.GetJwks(empty_pb2.Empty(), timeout=5)).data
        issue(Authority.new(), own / "order", authority.spiffe_id("order"), [authority.dns_name("order")])
        await until(lambda: "no connection with the new certificate yet" in caplog.messages)
        assert (await stub.GetJwks(empty_pb2.Empty(), timeout=5)).data == before
        authority.rotate(own)
        newest = str(serial(own / "order")).encode()
        for _ in range(400):
            if (await stub.GetJwks(empty_pb2.Empty(), timeout=5)).data == newest:
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the valid certificate is not presented")


def copied(folder: Path, to: Path) -> Path:
    """Copies the files of a folder as plain files."""
    return Path(shutil.copytree(folder / "..data", to))


def tls(folder: Path, at_most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    """Returns the TLS context of a client that is not gRPC."""
    context = ssl.create_default_context(cafile=str(folder / "ca.crt"))
    context.load_cert_chain(folder / "tls.crt", folder / "tls.key")
    context.set_alpn_protocols(["h2"])
    context.minimum_version, context.maximum_version = min(at_most, ssl.TLSVersion.TLSv1_2), at_most
    return context


async def presented(address: str, context: ssl.SSLContext) -> int:
    """Returns the serial number of the certificate that the server presents to a new connection."""
    host, _, port = address.rpartition(":")
    name = authority.dns_name("user")
    _, writer = await asyncio.open_connection(host, int(port), ssl=context, server_hostname=name)
    certificate = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
    writer.close()
    return x509.load_der_x509_certificate(certificate).serial_number


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(1000):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the condition did not become true")
