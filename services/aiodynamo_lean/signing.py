"""AWS Signature Version 4 for DynamoDB. The signing key, which is good for a day, is derived once.

https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
"""

from __future__ import annotations

import hashlib
import hmac
import time
from functools import lru_cache

from aiodynamo.credentials import Key
from aiodynamo.sign import ALGORITHM, API_VERSION, CONTENT_TYPE, SERVICE

_SIGNED = "content-type;host;x-amz-date;x-amz-target"
_SIGNED_WITH_TOKEN = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target"  # noqa: S105 - names of headers


class Signer:
    """Signs requests to one host of one region."""

    def __init__(self, region: str, host: str) -> None:
        """`host` is the value of the header Host."""
        self._region = region
        self._host = host
        self._scope = lru_cache(maxsize=2)(self._scope_of)  # two, since clocks and credentials change while calls run

    def headers(self, key: Key, action: str, body: bytes, at_seconds: float | None = None) -> dict[str, str]:
        """Returns the headers of a request that is sent now, or at a time.time() reading."""
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(at_seconds))
        target = f"{API_VERSION}.{action}"
        scope, signing = self._scope(key.secret, moment[:8])
        token = f"x-amz-security-token:{key.token}\n" if key.token else ""
        signed = _SIGNED_WITH_TOKEN if token else _SIGNED
        canonical = (
            f"POST\n/\n\ncontent-type:{CONTENT_TYPE}\nhost:{self._host}\nx-amz-date:{moment}\n{token}"
            f"x-amz-target:{target}\n\n{signed}\n{hashlib.sha256(body).hexdigest()}"
        )
        text = f"{ALGORITHM}\n{moment}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = signing.copy()
        signature.update(text.encode())
        credential = f"Credential={key.id}/{scope}, SignedHeaders={signed}, Signature={signature.hexdigest()}"
        headers = {
            "Content-Type": CONTENT_TYPE,
            "X-Amz-Date": moment,
            "X-Amz-Target": target,
            "Authorization": f"{ALGORITHM} {credential}",
        }
        if key.token:
            headers["X-Amz-Security-Token"] = key.token
        return headers

    def _scope_of(self, secret: str, date: str) -> tuple[str, hmac.HMAC]:
        """Returns the credential scope of a day, and what signs in it."""
        signing_key = f"AWS4{secret}".encode()
        for part in (date, self._region, SERVICE, "aws4_request"):
            signing_key = hmac.digest(signing_key, part.encode(), "sha256")
        return f"{date}/{self._region}/{SERVICE}/aws4_request", hmac.new(signing_key, digestmod="sha256")
