"""Forged tokens: signed without our key, or derived from tokens signed with our key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import ECAlgorithm

Claims = dict[str, Any]
TYPE = "at+jwt"
_ELSEWHERE = "http://127.0.0.1:9/jwks.json"
_CURVE_BYTES = 32
SOMEBODY = "00000000-0000-4000-8000-000000000000"

KIDS = {
    "a kid that is a path": "../../../../dev/null",
    "a kid that is an injection": "' OR '1'='1",
    "a kid that is a command": "$(id)|id;`id`",
    "a kid that is a URL": _ELSEWHERE,
    "a kid that is empty": "",
    "a very long kid": "k" * 8000,
}


def forged(claims: Claims, kid: str, public_key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    """Returns forgeries that need no key of ours, by description. The claims are those of a valid token."""
    foreign = ec.generate_private_key(ec.SECP256R1())
    jwk = json.loads(ECAlgorithm.to_jwk(foreign.public_key()))
    head = {"alg": "ES256", "typ": TYPE, "kid": kid}

    def signed(**header: Any) -> str:
        return jwt.encode(claims, foreign, algorithm="ES256", headers={"kid": kid, "typ": TYPE, **header})

    certificate = base64.b64encode(foreign.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return {
        "a foreign key": signed(),
        "an unknown kid": signed(kid="unknown"),
        "a foreign key in jwk": signed(jwk=jwk),
        "a foreign key in jwk under its own kid": signed(kid="mine", jwk={**jwk, "kid": "mine"}),
        "a key set elsewhere in jku": signed(jku=_ELSEWHERE),
        "a certificate elsewhere in x5u": signed(x5u=_ELSEWHERE),
        "a foreign certificate in x5c": signed(x5c=[certificate.decode()]),
        **{what: signed(kid=value) for what, value in KIDS.items()},
        "RS256 with a foreign key": jwt.encode(claims, rsa_key, algorithm="RS256", headers={"kid": kid, "typ": TYPE}),
        "alg none": f"{encoded({**head, 'alg': 'none'})}.{encoded(claims)}.",
        "alg nOnE": f"{encoded({**head, 'alg': 'nOnE'})}.{encoded(claims)}.",
        "a signature of zeros": f"{encoded(head)}.{encoded(claims)}.{base64url(bytes(2 * _CURVE_BYTES))}",
        "HS256 with the public key": _with_hmac(
            {**head, "alg": "HS256"}, claims, public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        ),
        "HS256 with a key in jwk": _with_hmac(
            {**head, "alg": "HS256", "jwk": {"kty": "oct", "k": base64url(b"x" * 32)}}, claims, b"x" * 32
        ),
        "HS256 with no key": _with_hmac({**head, "alg": "HS256"}, claims, b""),
    }


def altered(sign: Callable[..., str], good: str, claims: Claims) -> dict[str, str]:
    """Returns invalid tokens signed with our key, and variations of a valid token, by description.

    `sign` signs claims with additional fields in the header.
    """
    head, payload, signature = good.split(".")
    now = claims["iat"]
    return {
        "a changed signature": ".".join((head, payload, _flipped(signature))),
        "no signature": f"{head}.{payload}.",
        "a signature in DER": ".".join((head, payload, _der(signature))),
        "a changed subject": ".".join((head, encoded({**claims, "sub": SOMEBODY}), signature)),
        "two parts too many": f"{good}.{payload}.{signature}",
        "a part too few": f"{head}.{payload}",
        "a header that is crit": sign(claims, crit=["cnop"], cnop=True),
        "a payload that is no base64": sign(claims, b64=False, crit=["b64"]),
        "not yet good": sign({**claims, "nbf": now + 3600}),
        "made in the future": sign({**claims, "iat": now + 3600, "exp": now + 7200}),
        "an expiry that is a text": sign({**claims, "exp": str(claims["exp"])}),
        "an expiry that is a list": sign({**claims, "exp": [claims["exp"]]}),
        "a time of making that is a text": sign({**claims, "iat": str(now)}),
        "a subject that is a number": sign({**claims, "sub": 1}),
        "several audiences without ours": sign({**claims, "aud": ["another", "cnop2"]}),
        "an audience that begins like ours": sign({**claims, "aud": f"{claims['aud']}-"}),
        "several issuers": sign({**claims, "iss": [claims["iss"], "https://another.example"]}),
    }


def encoded(part: dict[str, Any]) -> str:
    return base64url(json.dumps(part).encode())


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _with_hmac(head: dict[str, Any], claims: Claims, secret: bytes) -> str:
    """Signs with HMAC, to deceive verifiers that let the token choose the algorithm."""
    signed = f"{encoded(head)}.{encoded(claims)}"
    return f"{signed}.{base64url(hmac.digest(secret, signed.encode(), hashlib.sha256))}"


def _flipped(signature: str) -> str:
    data = bytearray(_octets(signature))
    data[10] ^= 1
    return base64url(bytes(data))


def _der(signature: str) -> str:
    """Returns the signature in DER, as in X.509; JWS requires the two numbers concatenated (RFC 7518, 3.4)."""
    raw = _octets(signature)
    numbers = (int.from_bytes(part, "big") for part in (raw[:_CURVE_BYTES], raw[_CURVE_BYTES:]))
    der = encode_dss_signature(*numbers)
    assert decode_dss_signature(der)
    return base64url(der)


def _octets(signature: str) -> bytes:
    return base64.urlsafe_b64decode(signature + "==")
