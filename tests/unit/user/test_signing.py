from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from services.common.errors import Unauthenticated
from services.common.tokens import RemoteKeys, TokenVerifier
from services.user.domain import Role
from services.user.signing import SigningKeys, TokenIssuer

P256 = ec.SECP256R1()


def put(folder: Path, name: str, key: PrivateKeyTypes, age_seconds: float = 0) -> None:
    file = folder / name
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    changed = time.time() - age_seconds
    os.utime(file, (changed, changed))


@pytest.fixture
def keys(tmp_path: Path) -> SigningKeys:
    put(tmp_path, "b.pem", ec.generate_private_key(P256), age_seconds=100)
    put(tmp_path, "a.pem", ec.generate_private_key(P256), age_seconds=10)
    return SigningKeys.from_folder(tmp_path)


def issuer(keys: SigningKeys, seconds: int = 900) -> TokenIssuer:
    return TokenIssuer(keys, "https://cnop.local", "cnop", seconds)


def verifier(keys: SigningKeys) -> TokenVerifier:
    async def fetch() -> bytes:
        return keys.jwks()

    return TokenVerifier(RemoteKeys(fetch), "https://cnop.local", "cnop")


async def test_other_services_verify_a_token_by_the_published_keys(keys: SigningKeys) -> None:
    token = issuer(keys).issue("u-1", Role.ADMIN, datetime.now(UTC))
    principal = await verifier(keys).verify(f"Bearer {token}")
    assert (principal.user_id, principal.role) == ("u-1", "admin")


async def test_a_token_of_an_older_key_is_still_good(keys: SigningKeys) -> None:
    older = SigningKeys({"b": keys.keys["b"]}, newest="b")
    token = issuer(older).issue("u-1", Role.CUSTOMER, datetime.now(UTC))
    assert (await verifier(keys).verify(f"Bearer {token}")).user_id == "u-1"


async def test_a_token_ends_after_its_time(keys: SigningKeys) -> None:
    token = issuer(keys, seconds=60).issue("u-1", Role.CUSTOMER, datetime.now(UTC) - timedelta(seconds=1000))
    with pytest.raises(Unauthenticated) as refusal:
        await verifier(keys).verify(f"Bearer {token}")
    assert refusal.value.reason == "TOKEN_EXPIRED"


def test_two_tokens_of_one_moment_differ(keys: SigningKeys) -> None:
    now = datetime.now(UTC)
    assert issuer(keys).issue("u-1", Role.CUSTOMER, now) != issuer(keys).issue("u-1", Role.CUSTOMER, now)


def test_the_key_that_changed_last_signs_and_all_are_published(keys: SigningKeys) -> None:
    assert keys.newest == "a"
    assert {key["kid"] for key in json.loads(keys.jwks())["keys"]} == {"a", "b"}


def test_what_is_published_holds_nothing_private(keys: SigningKeys) -> None:
    for key in json.loads(keys.jwks())["keys"]:
        assert set(key) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
        assert (key["kty"], key["crv"], key["use"], key["alg"]) == ("EC", "P-256", "sig", "ES256")


async def test_an_unknown_key_is_none(keys: SigningKeys) -> None:
    assert await keys.key("c") is None
    assert await keys.key("a") is not None


def test_a_folder_without_keys_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=str(tmp_path)):
        SigningKeys.from_folder(tmp_path)


@pytest.mark.parametrize(
    "key",
    [ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(public_exponent=65537, key_size=2048)],
    ids=["P-384", "RSA"],
)
def test_a_key_of_another_kind_is_named(tmp_path: Path, key: PrivateKeyTypes) -> None:
    put(tmp_path, "wrong.pem", key)
    with pytest.raises(SystemExit, match=r"wrong\.pem is not an ES256 key"):
        SigningKeys.from_folder(tmp_path)
