"""Certificates and signing keys that are replaced while calls run: no pod restarts, and no call fails."""

from __future__ import annotations

import asyncio
import base64
import json
import ssl
import time
from collections.abc import Callable

import httpx
import pytest
from cryptography import x509

from tests.e2e.users import User, register

from . import release
from .traffic import check, report, traffic

SERVICES = ("user", "inventory", "order", "ratelimit")
MESH_PORT = 50051
# The kubelet writes changed Secrets into pods within 2 minutes. A key is published for 5 minutes before it signs.
CERTIFICATE_SECONDS_MAX = 180
KEY_SECONDS_MAX = 120 + 300 + 60


@pytest.mark.timeout(900)
async def test_no_call_fails_while_all_certificates_are_rotated(address: str, users: list[User]) -> None:
    before, restarts = _serials(), release.restarts()
    begin = time.monotonic()
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.run_job, "rotate-certs")
        await _until(lambda: not before.items() & _serials().items(), CERTIFICATE_SECONDS_MAX)
        taken = time.monotonic() - begin
        await asyncio.sleep(70)  # longer than connections live, so that all were made with the new certificates
    report(f"new certificates, in use after {taken:.0f} s", tally)

    check(tally)
    assert {pod: count for pod, count in release.restarts().items() if pod in restarts and count != restarts[pod]} == {}


@pytest.mark.timeout(900)
async def test_no_call_fails_while_a_new_signing_key_takes_over(
    address: str, users: list[User], http: httpx.AsyncClient
) -> None:
    before = _key_of(users[0])
    begin = time.monotonic()
    async with traffic(address, users) as tally:
        await asyncio.to_thread(release.run_job, "rotate-keys")
        while (new := await register(http)) and _key_of(new) == before:
            assert time.monotonic() - begin < KEY_SECONDS_MAX
            await asyncio.sleep(10)
        taken = time.monotonic() - begin
        await new.cash()
        await asyncio.sleep(10)
    report(f"a new key, which signs after {taken:.0f} s", tally)

    check(tally)


async def _until(condition: Callable[[], bool], seconds_max: float) -> None:
    end = time.monotonic() + seconds_max
    while not await asyncio.to_thread(condition):
        assert time.monotonic() < end, f"not after {seconds_max:.0f} s"
        await asyncio.sleep(2)


def _serials() -> dict[str, int]:
    """Returns the serial number of the certificate that each replica presents, by its address."""
    addresses = [address for service in SERVICES for address in release.pods(service).values()]
    return {address: _serial(address) for address in addresses}


def _serial(address: str) -> int:
    certificate = ssl.get_server_certificate((address, MESH_PORT), timeout=10)
    return x509.load_pem_x509_certificate(certificate.encode()).serial_number


def _key_of(user: User) -> str:
    """Returns the id of the key that signed the user's token."""
    head = user.token.partition(".")[0]
    return str(json.loads(base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)))["kid"])
