"""AWS credentials from boto3's session, which runs in a subprocess (this module as a program).

boto3 knows every source of credentials (environment, profile, SSO, IRSA, Pod Identity). They are needed for a moment an
hour, so the process does not carry its 13 MB, and a slow identity service never blocks the event loop.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiodynamo.credentials import Credentials, Key
from aiodynamo.http.types import HttpImplementation

if TYPE_CHECKING:
    import boto3

logger = logging.getLogger(__name__)

_TIMEOUT_SECONDS = 30.0
_AGE_SECONDS_MAX = 3600.0
_RENEW_BEFORE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Answer:
    """Credentials and region of boto3's session ("" if none is configured). `valid_until` is a time.time() reading."""

    key: Key
    region: str
    valid_until: float


async def fetch() -> Answer:
    """Asks boto3's session. Raises RuntimeError if it has no credentials, and TimeoutError after 30 s."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            out, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode != 0:
        raise RuntimeError(errors.decode().strip().splitlines()[-1] if errors else "no AWS credentials")
    answer = json.loads(out)
    valid_until = time.time() + _AGE_SECONDS_MAX
    if answer["expires_at"]:
        valid_until = min(valid_until, datetime.fromisoformat(answer["expires_at"]).timestamp() - _RENEW_BEFORE_SECONDS)
    return Answer(Key(answer["id"], answer["secret"], answer["token"]), answer["region"], valid_until)


class SessionCredentials(Credentials):
    """Credentials that are renewed before they expire. The old ones stay in use while renewal fails."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._renewal: asyncio.Task[None] | None = None

    async def get_key(self, http: HttpImplementation) -> Key:
        if time.time() > self._answer.valid_until and (self._renewal is None or self._renewal.done()):
            self._renewal = asyncio.create_task(self._renew())
        return self._answer.key

    async def _renew(self) -> None:
        try:
            self._answer = await fetch()
        except Exception as error:
            logger.warning("credentials not renewed", extra={"why": repr(error)})
            await asyncio.sleep(1)

    def invalidate(self) -> bool:
        """Renews the credentials with the next request, and has the failed one retried."""
        self._answer = Answer(self._answer.key, self._answer.region, valid_until=0.0)
        return True

    def is_disabled(self) -> bool:
        return False


def new_session() -> boto3.Session:
    """Returns a session of boto3, which by itself ignores AWS_REGION, the variable of all other SDKs."""
    import boto3  # noqa: PLC0415 - a server does not carry its 13 MB

    return boto3.Session(region_name=os.environ.get("AWS_REGION") or None)


def main() -> None:
    """Prints credentials and region of boto3's session, as JSON."""
    session = new_session()
    credentials = session.get_credentials()
    if credentials is None:
        sys.exit("boto3 finds no AWS credentials")
    frozen = credentials.get_frozen_credentials()
    expires_at = getattr(credentials, "_expiry_time", None)
    answer = {
        "id": frozen.access_key,
        "secret": frozen.secret_key,
        "token": frozen.token,
        "region": session.region_name or "",
        "expires_at": expires_at.isoformat() if expires_at else "",
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
