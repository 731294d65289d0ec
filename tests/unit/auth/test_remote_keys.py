from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from services.auth.tokens import RemoteKeys, parse_jwks
from services.common.rpc.errors import Unavailable


def key_set(*keys: tuple[str, EllipticCurvePrivateKey], **extra: Any) -> bytes:
    jwks = [
        {**ECAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "alg": "ES256", **extra} for kid, key in keys
    ]
    return json.dumps({"keys": jwks}).encode()


def test_only_es256_keys_with_an_id_are_used(
    private_key: EllipticCurvePrivateKey, other_private_key: EllipticCurvePrivateKey
) -> None:
    usable = json.loads(key_set(("usable", private_key)))["keys"][0]
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    others = [
        {**json.loads(key_set(("no alg", other_private_key)))["keys"][0], "alg": None},
        {name: value for name, value in usable.items() if name != "kid"},
        {**RSAAlgorithm.to_jwk(rsa_key, as_dict=True), "kid": "rsa", "alg": "RS256"},
    ]
    assert list(parse_jwks(json.dumps({"keys": [usable, *others]}).encode())) == ["usable"]


class KeySet:
    """The key set of the user service, which can fail; and a clock that stands still."""

    def __init__(self, jwks: bytes) -> None:
        self.jwks = jwks
        self.is_down = False
        self.fetches = 0
        self.seconds = 0.0
        self._running: set[asyncio.Event] = set()

    def clock(self) -> float:
        return self.seconds

    async def fetch(self) -> bytes:
        self.fetches += 1
        ended = asyncio.Event()
        self._running.add(ended)
        try:
            await asyncio.sleep(0.01)
            if self.is_down:
                raise ConnectionError("down")
            return self.jwks
        finally:
            self._running.discard(ended)
            ended.set()

    async def fetched(self) -> None:
        """Waits until no fetch is running."""
        while self._running:
            await next(iter(self._running)).wait()
        for _ in range(3):  # what waited for the fetch goes on
            await asyncio.sleep(0)


async def test_keys_are_fetched_once(private_key: EllipticCurvePrivateKey) -> None:
    source = KeySet(key_set(("k1", private_key)))
    remote = RemoteKeys(source.fetch)
    for _ in range(5):
        assert await remote.key("k1") is not None
    assert source.fetches == 1


async def test_unknown_keys_cause_no_fetch_right_after_one(private_key: EllipticCurvePrivateKey) -> None:
    source = KeySet(key_set(("k1", private_key)))
    remote = RemoteKeys(source.fetch)
    assert await remote.key("k1") is not None
    assert [await remote.key(f"made-up-{n}") for n in range(20)] == [None] * 20
    assert source.fetches == 1


async def test_concurrent_calls_share_a_fetch(private_key: EllipticCurvePrivateKey) -> None:
    source = KeySet(key_set(("k1", private_key)))
    remote = RemoteKeys(source.fetch)
    assert all(await asyncio.gather(*(remote.key("k1") for _ in range(20))))
    assert source.fetches == 1


async def test_the_failure_of_the_first_fetch_is_raised(private_key: EllipticCurvePrivateKey) -> None:
    source = KeySet(key_set(("k1", private_key)))
    source.is_down = True
    remote = RemoteKeys(source.fetch)
    with pytest.raises(ConnectionError):
        await remote.key("k1")
    source.is_down = False
    assert await remote.key("k1") is not None


@pytest.fixture
async def aged(private_key: EllipticCurvePrivateKey) -> tuple[KeySet, RemoteKeys]:
    """Returns a key set with the key k1, fetched so long ago that the next call fetches it again."""
    source = KeySet(key_set(("k1", private_key)))
    remote = RemoteKeys(source.fetch, refetch_seconds=5.0, age_seconds_max=10.0, monotonic=source.clock)
    assert await remote.key("k1") is not None
    source.seconds += 5.1
    return source, remote


async def test_a_new_key_is_found_at_once(
    aged: tuple[KeySet, RemoteKeys], private_key: EllipticCurvePrivateKey, other_private_key: EllipticCurvePrivateKey
) -> None:
    source, remote = aged
    source.jwks = key_set(("k1", private_key), ("k2", other_private_key))
    assert await remote.key("k2") is not None
    assert source.fetches == 2


async def test_a_removed_key_is_not_trusted_for_long_even_if_no_other_is_used(
    aged: tuple[KeySet, RemoteKeys], other_private_key: EllipticCurvePrivateKey
) -> None:
    source, remote = aged
    source.jwks = key_set(("k2", other_private_key))
    for _ in range(3):
        assert await remote.key("k1") is not None, "the call does not wait for the fetch"
    await asyncio.sleep(0)  # the fetch begins
    await source.fetched()
    assert await remote.key("k1") is None
    assert source.fetches == 2


async def test_after_a_pause_a_removed_key_is_not_trusted_at_all(
    aged: tuple[KeySet, RemoteKeys], other_private_key: EllipticCurvePrivateKey
) -> None:
    source, remote = aged
    source.jwks = key_set(("k2", other_private_key))
    source.seconds += 5
    assert await asyncio.gather(*(remote.key("k1") for _ in range(20))) == [None] * 20
    assert source.fetches == 2


async def test_a_fetch_of_the_same_keys_keeps_the_key_objects(aged: tuple[KeySet, RemoteKeys]) -> None:
    source, remote = aged
    before = await remote.key("k1")
    await asyncio.sleep(0)  # the fetch begins
    await source.fetched()
    assert source.fetches == 2
    assert await remote.key("k1") is before


@pytest.mark.parametrize("failure", ["down", "malformed"])
async def test_old_keys_stay_valid_while_fetches_fail(aged: tuple[KeySet, RemoteKeys], failure: str) -> None:
    source, remote = aged
    source.is_down, source.jwks = failure == "down", b"<html>"
    assert await remote.key("k2") is None
    assert source.fetches > 1
    source.seconds += 10.1
    assert await remote.key("k1") is not None


async def test_unknown_keys_cause_one_fetch_while_fetches_fail(aged: tuple[KeySet, RemoteKeys]) -> None:
    source, remote = aged
    source.is_down = True
    for n in range(20):
        assert await remote.key(f"made-up-{n}") is None
    assert source.fetches == 2


async def test_an_unknown_key_cannot_be_judged_while_the_key_set_is_too_old(
    aged: tuple[KeySet, RemoteKeys], private_key: EllipticCurvePrivateKey, other_private_key: EllipticCurvePrivateKey
) -> None:
    source, remote = aged
    source.is_down = True
    source.seconds += 10.1
    for _ in range(2):
        with pytest.raises(Unavailable):
            await remote.key("k2")
    source.is_down, source.jwks = False, key_set(("k1", private_key), ("k2", other_private_key))
    source.seconds += 5.1
    assert await remote.key("k2") is not None
    assert await remote.key("k3") is None
