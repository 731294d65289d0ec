from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

from services.auth import tokens
from services.auth.tokens import TokenVerifier
from services.common import times
from services.common.rpc.errors import Unauthenticated
from tests.authorizations import AUTHORIZATIONS

ISSUER, AUDIENCE = "https://cnop.local", "cnop"

Mint = Callable[..., str]


class Keys:
    """Public keys by id."""

    def __init__(self, **keys: EllipticCurvePublicKey) -> None:
        self.keys = keys

    async def key(self, kid: str) -> EllipticCurvePublicKey | None:
        return self.keys.get(kid)


@pytest.fixture
def keys(private_key: EllipticCurvePrivateKey) -> Keys:
    return Keys(k1=private_key.public_key())


@pytest.fixture
def verifier(keys: Keys) -> TokenVerifier:
    return TokenVerifier(keys, ISSUER, AUDIENCE)


@pytest.fixture
def mint(private_key: EllipticCurvePrivateKey) -> Mint:
    """Mints tokens. `claims` replace valid ones; None omits one."""

    def make(
        key: Any = private_key,
        algorithm: str = "ES256",
        kid: str | None = "k1",
        typ: str | None = "at+jwt",
        **claims: Any,
    ) -> str:
        now = time.time()
        valid = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "u-1",
            "role": "customer",
            "jti": "j",
            "iat": now - 1,
            "sid": "s",
        }
        valid |= {"exp": now + 60}
        kept = {name: value for name, value in (valid | claims).items() if value is not None}
        return jwt.encode(kept, key, algorithm=algorithm, headers={"typ": typ} | ({"kid": kid} if kid else {}))

    return make


def signed_by_hand(header: dict[str, Any], claims: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    """Makes a token that no library would make."""

    def part(content: bytes) -> bytes:
        return base64.urlsafe_b64encode(content).rstrip(b"=")

    body = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    return (body + b"." + part(sign(body))).decode()


async def reason(verifier: TokenVerifier, token: str) -> str:
    with pytest.raises(Unauthenticated) as refusal:
        await verifier.verify(f"Bearer {token}")
    return refusal.value.reason


async def test_a_valid_token_identifies_the_user(verifier: TokenVerifier, mint: Mint) -> None:
    token = mint(role="admin")
    principal = await verifier.verify(f"Bearer {token}")
    assert (principal.user_id, principal.role, principal.token) == ("u-1", "admin", token)


@pytest.mark.parametrize("header", AUTHORIZATIONS)
async def test_the_header_is_read_as_at_the_edge(verifier: TokenVerifier, mint: Mint, header: str) -> None:
    authorization = header.format(token=mint())
    if not AUTHORIZATIONS[header]:
        assert (await verifier.verify(authorization)).user_id == "u-1"
        return
    with pytest.raises(Unauthenticated) as refusal:
        await verifier.verify(authorization)
    assert refusal.value.reason == AUTHORIZATIONS[header]


async def test_a_scheme_without_a_token_has_none(verifier: TokenVerifier) -> None:
    with pytest.raises(Unauthenticated) as refusal:
        await verifier.verify("Bearer  ")  # over HTTP, spaces at the end are lost
    assert refusal.value.reason == "TOKEN_MISSING"


async def test_an_expired_token_has_its_own_reason(verifier: TokenVerifier, mint: Mint) -> None:
    assert await reason(verifier, mint(iat=time.time() - 2000, exp=time.time() - 1000)) == "TOKEN_EXPIRED"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere"},
        {"aud": "another"},
        {"aud": []},
        {"nbf": 2**33},
        {"iat": 2**33},
        {"exp": "never"},
        {"exp": "8589934592"},
        {"iat": "1"},
        {"sub": 7},
        {"sid": 7},
        {"sid": ""},
        *({name: None} for name in ("exp", "iat", "iss", "aud", "sub", "jti", "sid")),
    ],
    ids=str,
)
async def test_a_token_with_a_wrong_or_missing_claim_is_invalid(
    verifier: TokenVerifier, mint: Mint, claims: dict[str, Any]
) -> None:
    assert await reason(verifier, mint(**claims)) == "TOKEN_INVALID"


async def test_a_token_of_another_key_is_invalid(
    verifier: TokenVerifier, mint: Mint, other_private_key: EllipticCurvePrivateKey
) -> None:
    assert await reason(verifier, mint(key=other_private_key)) == "TOKEN_INVALID"


@pytest.mark.parametrize("kid", ["unknown", None, ""])
async def test_a_token_of_an_unknown_key_is_invalid(verifier: TokenVerifier, mint: Mint, kid: str | None) -> None:
    assert await reason(verifier, mint(kid=kid)) == "TOKEN_INVALID"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
async def test_an_unsigned_token_is_invalid(verifier: TokenVerifier, mint: Mint, algorithm: str) -> None:
    claims = jwt.decode(mint(), options={"verify_signature": False})
    unsigned = signed_by_hand({"alg": algorithm, "kid": "k1"}, claims, lambda _: b"")
    assert await reason(verifier, unsigned) == "TOKEN_INVALID"


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER, Encoding.X962])
async def test_a_token_signed_with_the_public_key_as_a_shared_secret_is_invalid(
    verifier: TokenVerifier, mint: Mint, private_key: EllipticCurvePrivateKey, encoding: Encoding
) -> None:
    form = PublicFormat.UncompressedPoint if encoding is Encoding.X962 else PublicFormat.SubjectPublicKeyInfo
    public = private_key.public_key().public_bytes(encoding, form)
    claims = jwt.decode(mint(), options={"verify_signature": False})
    hmac_signed = signed_by_hand(
        {"alg": "HS256", "kid": "k1"},
        claims,
        lambda body: jwt.get_algorithm_by_name("HS256").sign(body, public),
    )
    assert await reason(verifier, hmac_signed) == "TOKEN_INVALID"


async def test_a_token_of_another_algorithm_is_invalid(verifier: TokenVerifier, mint: Mint) -> None:
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert await reason(verifier, mint(key=rsa_key, algorithm="RS256")) == "TOKEN_INVALID"


async def test_a_token_cannot_bring_its_own_key(
    verifier: TokenVerifier, mint: Mint, other_private_key: EllipticCurvePrivateKey
) -> None:
    claims = jwt.decode(mint(), options={"verify_signature": False})
    jwk = ECAlgorithm.to_jwk(other_private_key.public_key(), as_dict=True)
    token = jwt.encode(claims, other_private_key, algorithm="ES256", headers={"kid": "k1", "jwk": jwk})
    assert await reason(verifier, token) == "TOKEN_INVALID"


@pytest.mark.parametrize("token", ["x", "a.b", "a.b.c", "...", "a.b.c.d", "é.é.é", "\0", "e30.e30.", "A" * 20_000])
async def test_garbage_is_invalid(verifier: TokenVerifier, token: str) -> None:
    assert await reason(verifier, token) == "TOKEN_INVALID"


async def test_a_token_with_a_changed_part_is_invalid(verifier: TokenVerifier, mint: Mint) -> None:
    header, payload, signature = mint().split(".")
    assert await reason(verifier, f"{header}.{payload}.{'A' * len(signature)}") == "TOKEN_INVALID"
    admin = json.dumps({**jwt.decode(mint(), options={"verify_signature": False}), "role": "admin"}).encode()
    forged = base64.urlsafe_b64encode(admin).decode().rstrip("=")
    assert await reason(verifier, f"{header}.{forged}.{signature}") == "TOKEN_INVALID"


@pytest.mark.parametrize("typ", ["JWT", "at", "rt+jwt", "", None, 7], ids=repr)
async def test_a_token_of_another_type_is_invalid(verifier: TokenVerifier, mint: Mint, typ: Any) -> None:
    assert await reason(verifier, mint(typ=typ)) == "TOKEN_INVALID"


async def test_the_type_may_be_written_as_a_media_type(verifier: TokenVerifier, mint: Mint) -> None:
    assert (await verifier.verify(f"Bearer {mint(typ='application/AT+JWT')}")).user_id == "u-1"


async def test_a_verified_token_is_not_verified_again(verifier: TokenVerifier, mint: Mint) -> None:
    header = f"Bearer {mint()}"
    assert await verifier.verify(header) is await verifier.verify(header)


async def test_the_cache_of_tokens_is_bounded(
    verifier: TokenVerifier, mint: Mint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_CACHE_SIZE", 2)
    oldest, second, newest = (f"Bearer {mint(jti=jti)}" for jti in ("j-1", "j-2", "j-3"))
    first = await verifier.verify(oldest)
    kept = await verifier.verify(second)
    await verifier.verify(newest)
    assert await verifier.verify(second) is kept
    assert await verifier.verify(oldest) is not first, "it was dropped, and is verified again"


async def test_the_tokens_of_a_removed_key_are_refused_at_once_and_no_others(
    keys: Keys, mint: Mint, other_private_key: EllipticCurvePrivateKey
) -> None:
    keys.keys["k2"] = other_private_key.public_key()
    verifier, leaked, other = TokenVerifier(keys, ISSUER, AUDIENCE), mint(), mint(other_private_key, kid="k2")
    for token in (leaked, other):
        assert (await verifier.verify(f"Bearer {token}")).token == token
    del keys.keys["k1"]
    assert await reason(verifier, leaked) == "TOKEN_INVALID"
    assert (await verifier.verify(f"Bearer {other}")).token == other


async def test_the_tokens_of_a_key_whose_id_was_given_to_another_are_refused(
    keys: Keys, mint: Mint, other_private_key: EllipticCurvePrivateKey
) -> None:
    verifier, leaked = TokenVerifier(keys, ISSUER, AUDIENCE), mint()
    assert (await verifier.verify(f"Bearer {leaked}")).token == leaked
    keys.keys["k1"] = other_private_key.public_key()
    assert await reason(verifier, leaked) == "TOKEN_INVALID"
    assert (await verifier.verify(f"Bearer {mint(other_private_key)}")).user_id == "u-1"


async def test_a_cached_token_is_refused_once_it_has_expired(keys: Keys, mint: Mint) -> None:
    verifier = TokenVerifier(keys, ISSUER, AUDIENCE, clock_skew_seconds=0)
    expires_at = int(time.time() + 0.3) + 1  # times in tokens are whole seconds
    token = mint(exp=expires_at)
    assert (await verifier.verify(f"Bearer {token}")).user_id == "u-1"
    await asyncio.sleep(expires_at - time.time() + 0.02)
    assert await reason(verifier, token) == "TOKEN_EXPIRED"


async def test_a_refused_token_is_refused_again(verifier: TokenVerifier, mint: Mint) -> None:
    token = mint(aud="another")
    assert await reason(verifier, token) == "TOKEN_INVALID"
    assert await reason(verifier, token) == "TOKEN_INVALID"


async def test_a_cached_token_is_valid_for_the_clock_skew_after_it_has_expired(keys: Keys, mint: Mint) -> None:
    verifier = TokenVerifier(keys, ISSUER, AUDIENCE, clock_skew_seconds=3)
    expires_at = int(time.time() + 0.3) - 2
    token = mint(iat=expires_at - 60, exp=expires_at)
    assert (await verifier.verify(f"Bearer {token}")).user_id == "u-1"
    await asyncio.sleep(expires_at + 3 - time.time() + 0.02)
    assert await reason(verifier, token) == "TOKEN_EXPIRED"


@pytest.mark.parametrize(
    ("skew_seconds", "reason_there"),
    [(-288, ""), (-301, "TOKEN_INVALID"), (288, ""), (620, "TOKEN_EXPIRED")],
    ids=["behind", "too far behind", "ahead", "too far ahead"],
)
async def test_a_replica_with_a_wrong_clock_judges_tokens_by_that_clock(
    keys: Keys, mint: Mint, skew_seconds: float, reason_there: str
) -> None:
    skewed = TokenVerifier(keys, ISSUER, AUDIENCE, now=lambda: times.now() + timedelta(seconds=skew_seconds))
    token = mint(iat=time.time(), exp=time.time() + 600)
    for _ in range(2):  # the second time from the cache
        if reason_there:
            assert await reason(skewed, token) == reason_there
        else:
            assert (await skewed.verify(f"Bearer {token}")).user_id == "u-1"


@pytest.mark.parametrize("claims", [{"iat": 2}, {"iat": -60, "exp": -2}], ids=["ahead", "behind"])
async def test_a_clock_skew_of_two_seconds_is_tolerated(
    verifier: TokenVerifier, mint: Mint, claims: dict[str, int]
) -> None:
    token = mint(**{name: time.time() + seconds for name, seconds in claims.items()})
    assert (await verifier.verify(f"Bearer {token}")).user_id == "u-1"
