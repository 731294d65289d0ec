"""Signatures against those of botocore."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiodynamo.credentials import Key
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from services.aiodynamo_lean.signing import Signer

KEYS = [Key("AKID", "a secret"), Key("AKID", "a secret", "a token"), Key("AKID", "another secret")]
HOSTS = ["dynamodb.eu-central-1.amazonaws.com", "127.0.0.1:8000"]
TARGET = "DynamoDB_20120810.PutItem"


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize("body", [b"{}", '{"name":"Zoë"}'.encode()])
def test_requests_are_signed_as_botocore_signs_them(host: str, body: bytes) -> None:
    signer = Signer("eu-central-1", host)
    for key in KEYS:  # by one signer, which must not mix them up
        theirs, at = _signed_by_botocore(key, host, body)
        ours = signer.headers(key, "PutItem", body, at.timestamp())
        assert ours == {name: theirs[name] for name in ours}


def _signed_by_botocore(key: Key, host: str, body: bytes) -> tuple[dict[str, str], datetime]:
    headers = {"Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": TARGET}
    request = AWSRequest("POST", f"https://{host}/", headers, body)
    SigV4Auth(Credentials(key.id, key.secret, key.token), "dynamodb", "eu-central-1").add_auth(request)
    at = datetime.strptime(request.headers["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return dict(request.headers), at


def test_the_key_changes_at_midnight_in_utc() -> None:
    signer, midnight = Signer("eu-central-1", HOSTS[0]), datetime(2026, 1, 2, tzinfo=UTC).timestamp()
    before, after = (signer.headers(KEYS[0], "PutItem", b"{}", midnight + shift) for shift in (-1, 0))
    assert "/20260101/eu-central-1/dynamodb/aws4_request" in before["Authorization"]
    assert "/20260102/eu-central-1/dynamodb/aws4_request" in after["Authorization"]
    fresh = Signer("eu-central-1", HOSTS[0])
    assert after == fresh.headers(KEYS[0], "PutItem", b"{}", midnight)
