"""Calls by the real grpcurl."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from codegen.paths import DESCRIPTORS
from local import authority, binaries
from local.errors import LocalError

from .rest import Json

FAILED = 64  # grpcurl exits with this plus the code of the error


class GrpcurlError(Exception):
    """An error that a method returned."""

    def __init__(self, status: Json) -> None:
        super().__init__(status["message"])
        self.code: int = status["code"]
        self.reasons = [detail["reason"] for detail in status.get("details", ()) if "reason" in detail]


def program() -> Path:
    """Returns the program grpcurl. Skips the test if there is neither a package for this platform nor one on PATH."""
    try:
        return binaries.grpcurl()
    except LocalError as missing:
        if binaries.GRPCURL_IS_PACKAGED:
            raise
        pytest.skip(str(missing))


@dataclass(frozen=True)
class Grpcurl:
    """Runs grpcurl against one address: the edge, with the descriptor set, or a service's own port.

    At a service it presents the certificate in `certs`, expects the name of `service`, and uses reflection.
    """

    address: str
    service: str = ""
    certs: Path | None = None
    token: str = ""

    async def call(self, method: str, request: Json | None = None) -> Json:
        """Calls a method and returns the response. Raises GrpcurlError."""
        arguments = ["-format-error", "-emit-defaults", "-d", json.dumps(request or {})]
        code, out, errors = await self._run(*arguments, self.address, method)
        if code > FAILED:
            raise GrpcurlError(json.loads(errors))
        assert code == 0, errors
        answer: Json = json.loads(out)
        return answer

    async def list(self, *service: str) -> list[str]:
        """Lists the services, or the methods of one."""
        code, out, errors = await self._run(self.address, "list", *service)
        assert code == 0, errors
        return out.split()

    async def _run(self, *arguments: str) -> tuple[int, str, str]:
        options = ["-max-time", "20"]
        if self.certs is None:
            options += ["-plaintext", "-protoset", str(DESCRIPTORS)]
        else:
            files = {"-cacert": "ca.crt", "-cert": "tls.crt", "-key": "tls.key"}
            options += [word for option, name in files.items() for word in (option, str(self.certs / name))]
            options += ["-authority", authority.dns_name(self.service)]
        if self.token:
            options += ["-H", f"authorization: Bearer {self.token}"]
        process = await asyncio.create_subprocess_exec(
            program(), *options, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        out, errors = await process.communicate()
        assert process.returncode is not None
        return process.returncode, out.decode(), errors.decode()
