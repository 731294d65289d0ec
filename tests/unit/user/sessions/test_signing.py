from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.auth.tokens import RemoteKeys, TokenVerifier
from services.common.rpc.errors import Unauthenticated
from services.common.startup import StartupError
from services.user.identity.domain import Role
from services.user.sessions.signing import SigningKeys, TokenIssuer, made_at

P256 = ec.SECP256R1()
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OLD, NEW = "20260301T110000Z-aa", "20260301T115900Z-bb"


def put(folder: Path, kid: str, key: PrivateKeyTypes | None = None) -> None:
    key = key or ec.generate_private_key(P256)
    (folder / f"{kid}.pem").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def key_of_unknown_curve() -> bytes:
    """Returns a key whose curve is unsupported: the library raises neither ValueError nor TypeError for it."""
    key = ec.generate_private_key(P256)
    known, unknown = bytes.fromhex("2a8648ce3d030107"), bytes.fromhex("2a8648ce3d030105")  # P-256, prime239v2
    octets = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()).replace(known, unknown)
    begin = b"-----BEGIN PRIVATE KEY-----\n"  # pragma: allowlist secret
    return begin + base64.encodebytes(octets) + b"-----END PRIVATE KEY-----\n"


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(tmp_path: Path, clock: Clock) -> SigningKeys:
    """Returns an old key, and a key made a minute ago that signs once it is two minutes old."""
    put(tmp_path, OLD)
    put(tmp_path, NEW)
    return SigningKeys.from_folder(tmp_path, 120.0, clock)


def issuer(keys: SigningKeys, seconds: int = 900) -> TokenIssuer:
    return TokenIssuer(keys, "https://cnop.local", "cnop", seconds)


def verifier(keys: SigningKeys) -> TokenVerifier:
    async def fetch() -> bytes:
        return keys.jwks()

    return TokenVerifier(RemoteKeys(fetch), "https://cnop.local", "cnop")


def kid_of(token: str) -> str:
    return str(jwt.get_unverified_header(token)["kid"])


def published(keys: SigningKeys) -> set[str]:
    return {key["kid"] for key in json.loads(keys.jwks())["keys"]}


async def test_other_services_verify_a_token_with_the_published_keys(keys: SigningKeys) -> None:
    token = issuer(keys).issue("u-1", Role.ADMIN, "s-1", datetime.now(UTC))
    principal = await verifier(keys).verify(f"Bearer {token}")
    assert (principal.user_id, principal.role, principal.session_id) == ("u-1", "admin", "s-1")


async def test_a_new_key_is_published_at_once_and_signs_later(keys: SigningKeys, clock: Clock) -> None:
    assert published(keys) == {OLD, NEW}
    before = issuer(keys).issue("u-1", Role.CUSTOMER, "s-1", datetime.now(UTC))
    clock.time += timedelta(seconds=61)
    after = issuer(keys).issue("u-1", Role.CUSTOMER, "s-1", datetime.now(UTC))
    assert (kid_of(before), kid_of(after)) == (OLD, NEW)
    for token in (before, after):
        assert (await verifier(keys).verify(f"Bearer {token}")).user_id == "u-1"


async def test_a_key_that_arrives_late_counts_as_new(tmp_path: Path, keys: SigningKeys, clock: Clock) -> None:
    clock.time += timedelta(minutes=10)
    late = "20260301T120100Z-cc"
    put(tmp_path, late)
    await keys.reread()
    assert published(keys) == {OLD, NEW, late}
    assert keys.signing()[0] == NEW
    clock.time += timedelta(seconds=121)
    assert keys.signing()[0] == late


async def test_added_and_removed_keys_are_reported(tmp_path: Path, keys: SigningKeys) -> None:
    reported: asyncio.Queue[tuple[Mapping[str, str], Mapping[str, str]]] = asyncio.Queue()

    async def changed(added: Mapping[str, str], removed: Mapping[str, str]) -> None:
        await reported.put((added, removed))

    reloading = asyncio.create_task(keys.keep_fresh(0.01, changed))
    late = "20260301T120100Z-cc"
    put(tmp_path, late)
    added, removed = await asyncio.wait_for(reported.get(), 10)
    assert (list(added), dict(removed)) == ([late], {})
    put(tmp_path, late)  # another key under the same id
    replacing, replaced = await asyncio.wait_for(reported.get(), 10)
    assert replaced == added
    assert list(replacing) == [late]
    assert replacing != added
    (tmp_path / f"{OLD}.pem").unlink()
    added, removed = await asyncio.wait_for(reported.get(), 10)
    assert (dict(added), list(removed)) == ({}, [OLD])
    reloading.cancel()
    await asyncio.gather(reloading, return_exceptions=True)
    assert reported.empty()


async def test_a_removed_key_is_no_longer_published(tmp_path: Path, keys: SigningKeys) -> None:
    (tmp_path / f"{OLD}.pem").unlink()
    await keys.reread()
    assert published(keys) == {NEW}
    assert keys.signing()[0] == NEW, "the only key must sign, however new it is"


async def test_a_key_replaced_under_its_id_is_another_key(tmp_path: Path, keys: SigningKeys) -> None:
    before = await keys.key(OLD), await keys.key(NEW)
    put(tmp_path, OLD)
    await keys.reread()
    assert await keys.key(OLD) != before[0]
    assert await keys.key(NEW) == before[1]


async def test_unchanged_keys_stay_the_same_objects(keys: SigningKeys) -> None:
    before = await keys.key(OLD)
    await keys.reread()
    assert await keys.key(OLD) is before


@pytest.mark.parametrize(
    "content",
    [b"", b"no key", key_of_unknown_curve(), None],
    ids=["empty", "garbage", "an unknown curve", "no keys at all"],
)
async def test_a_folder_that_cannot_be_read_changes_nothing(
    tmp_path: Path, keys: SigningKeys, content: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    if content is None:
        for kid in (OLD, NEW):
            (tmp_path / f"{kid}.pem").unlink()
    else:
        (tmp_path / "20260301T120000Z-dd.pem").write_bytes(content)
    for _ in range(3):
        await keys.reread()
    assert published(keys) == {OLD, NEW}
    assert [record.message for record in caplog.records] == ["the signing keys cannot be reread"]


def test_the_error_names_a_key_of_an_unknown_curve(tmp_path: Path) -> None:
    (tmp_path / "wrong.pem").write_bytes(key_of_unknown_curve())
    with pytest.raises(StartupError, match=r"wrong\.pem cannot be read: Curve .* is not supported"):
        SigningKeys.from_folder(tmp_path, 120.0, lambda: NOON)


async def test_the_first_of_several_new_keys_signs(tmp_path: Path, clock: Clock) -> None:
    put(tmp_path, "20260301T115958Z-zz")
    put(tmp_path, "20260301T115959Z-aa")
    assert SigningKeys.from_folder(tmp_path, 120.0, clock).signing()[0] == "20260301T115958Z-zz"


@pytest.mark.parametrize("kid", ["20261124-ab12cd34", "k1", "20269999T999999Z-aa", "20260301T120000Z"])
def test_a_key_whose_id_has_no_time_is_old(tmp_path: Path, clock: Clock, kid: str) -> None:
    put(tmp_path, kid)
    put(tmp_path, OLD)
    assert made_at(kid) < made_at(OLD)
    assert SigningKeys.from_folder(tmp_path, 120.0, clock).signing()[0] == OLD


async def test_a_token_expires(keys: SigningKeys) -> None:
    token = issuer(keys, seconds=60).issue("u-1", Role.CUSTOMER, "s-1", datetime.now(UTC) - timedelta(seconds=1000))
    with pytest.raises(Unauthenticated) as refusal:
        await verifier(keys).verify(f"Bearer {token}")
    assert refusal.value.reason == "TOKEN_EXPIRED"


def test_two_tokens_issued_at_the_same_time_differ(keys: SigningKeys) -> None:
    now = datetime.now(UTC)
    assert issuer(keys).issue("u-1", Role.CUSTOMER, "s-1", now) != issuer(keys).issue("u-1", Role.CUSTOMER, "s-1", now)


def test_the_published_keys_are_public(keys: SigningKeys) -> None:
    for key in json.loads(keys.jwks())["keys"]:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
        assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("EC", "P-256", "sig", "ES256")


async def test_an_unknown_key_is_none(keys: SigningKeys) -> None:
    assert await keys.key("c") is None
    assert await keys.key(OLD) is not None


def test_the_error_names_a_folder_without_keys(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match=str(tmp_path)):
        SigningKeys.from_folder(tmp_path, 120.0, lambda: NOON)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(public_exponent=65537, key_size=2048)],
    ids=["P-384", "RSA"],
)
def test_the_error_names_a_key_of_another_kind(tmp_path: Path, key: PrivateKeyTypes) -> None:
    put(tmp_path, "wrong", key)
    with pytest.raises(StartupError, match=r"wrong\.pem is not an ES256 key"):
        SigningKeys.from_folder(tmp_path, 120.0, lambda: NOON)
