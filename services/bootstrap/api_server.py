"""A small client of the Kubernetes API, for the Secrets of the pod's own namespace."""

from __future__ import annotations

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from services.common.startup import StartupError

Json = dict[str, Any]

MERGE_PATCH = "application/merge-patch+json"

_TIMEOUT_SECONDS = 10.0
_ATTEMPTS = 5
_RETRY_SECONDS = 1.0
_BODY_BYTES_MAX = 4 * 1024 * 1024  # a Secret has at most 1 MiB
_OVERLOADED = (429, 500, 502, 503, 504)


class NotFound(Exception):
    """There is no such object."""


class Conflict(Exception):
    """Another process has created or changed the object meanwhile."""


@dataclass(frozen=True)
class ApiServer:
    """The API server of the cluster, as the service account of this pod sees it."""

    host: str
    port: int
    account: Path  # the mounted folder: token, ca.crt, namespace
    namespace: str

    @classmethod
    def of_pod(cls, environ: Mapping[str, str], account: Path) -> ApiServer:
        """Finds the server. Raises StartupError if this is no pod, or it has no service account."""
        host, port = environ.get("KUBERNETES_SERVICE_HOST", ""), environ.get("KUBERNETES_SERVICE_PORT", "443")
        if not host or not port.isdigit():
            raise StartupError("--kubernetes works only in a pod: KUBERNETES_SERVICE_HOST is not set; see --write")
        return cls(host, int(port), account, _read(account / "namespace"))

    def get(self, name: str) -> Json:
        """Returns a Secret. Raises NotFound."""
        return self._call("GET", name, None)

    def create(self, secret: Json) -> None:
        """Creates a Secret. Raises Conflict if it exists."""
        self._call("POST", "", secret)

    def patch(self, name: str, change: Json) -> None:
        """Changes a Secret by a merge patch. Raises Conflict if it is not the version that the patch names."""
        self._call("PATCH", name, change)

    def _call(self, method: str, name: str, body: Json | None) -> Json:
        """Makes a call, again while the server cannot be reached or is overloaded.

        A repeated call whose first attempt succeeded ends in Conflict, because each names what it expects.
        """
        what = f"{method} Secret {name or (body or {})['metadata']['name']} in namespace {self.namespace}"
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                status, answer = self._send(method, name, body)
            except ssl.SSLCertVerificationError as error:
                raise StartupError(f"the API server at {self.host}:{self.port} is not trusted: {error}") from None
            except (OSError, http.client.HTTPException) as error:
                trouble = f"the API server at {self.host}:{self.port} cannot be reached: {error!r}"
            else:
                if status not in _OVERLOADED:
                    return _checked(status, answer, what)
                trouble = f"{what}: the API server answers {status}: {_message(answer)}"
            if attempt < _ATTEMPTS:
                print(f"{trouble}; trying again", flush=True)
                time.sleep(_RETRY_SECONDS * attempt)
        raise StartupError(f"{trouble}, {_ATTEMPTS} times")

    def _send(self, method: str, name: str, body: Json | None) -> tuple[int, bytes]:
        token = _read(self.account / "token")
        if not token.isascii() or not token.isprintable():  # http.client would show it in its error
            raise StartupError(f"{self.account / 'token'} is not a token")
        headers = {"Accept": "application/json", "Authorization": f"Bearer {token}"}
        if body is not None:
            headers["Content-Type"] = MERGE_PATCH if method == "PATCH" else "application/json"
        path = f"/api/v1/namespaces/{quote(self.namespace, safe='')}/secrets"
        tls = ssl.create_default_context(cadata=_read(self.account / "ca.crt"))
        server = http.client.HTTPSConnection(self.host, self.port, timeout=_TIMEOUT_SECONDS, context=tls)
        try:
            server.request(
                method,
                f"{path}/{quote(name, safe='')}" if name else path,
                None if body is None else json.dumps(body),
                headers,
            )
            response = server.getresponse()
            return response.status, response.read(_BODY_BYTES_MAX)
        finally:
            server.close()


def _checked(status: int, answer: bytes, what: str) -> Json:
    """Returns what the server has answered. Raises NotFound, Conflict, or StartupError with the way out."""
    match status:
        case 200 | 201:
            try:
                found: Json = json.loads(answer)
            except ValueError:
                raise StartupError(f"{what}: the answer of the API server is not JSON") from None
            return found
        case 404:
            raise NotFound(f"{what}: {_message(answer)}")
        case 409:
            raise Conflict(f"{what}: {_message(answer)}")
        case 401:
            raise StartupError(f"{what}: the API server does not accept the token of the service account")
        case 403:
            raise StartupError(
                f"{what} is forbidden: {_message(answer)}. "
                "The Role of the service account needs get, create and patch on secrets"
            )
        case _:
            raise StartupError(f"{what}: the API server answers {status}: {_message(answer)}")


def _message(answer: bytes) -> str:
    """Returns the message of a Status, which names fields and never repeats the content of a Secret."""
    try:
        return str(json.loads(answer)["message"])
    except (ValueError, KeyError, TypeError):
        return "no message"


def _read(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError as error:
        raise StartupError(
            f"cannot read the service account: {error}; the pod needs automountServiceAccountToken: true"
        ) from None
