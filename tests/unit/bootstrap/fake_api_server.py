"""An API server of Kubernetes that knows only Secrets, over HTTPS: versions, conflicts and errors like the real one.

tests/chart runs the same tests against the real one.
"""

from __future__ import annotations

import json
import re
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from services.bootstrap.authority import Authority
from services.bootstrap.files import Folder
from tests.issuing import issue

Json = dict[str, Any]

NAMESPACE = "shop"
TOKEN = "a-token-of-the-service-account"
POWERLESS = "a-token-without-a-role"

_PATH = re.compile(r"/api/v1/namespaces/(?P<namespace>[^/]+)/secrets(/(?P<name>[^/]+))?")
_TLS_KEYS = {"tls.crt", "tls.key"}


class Refused(Exception):
    """The answer to a request is an error."""

    def __init__(self, status: HTTPStatus, reason: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"kind": "Status", "status": "Failure", "reason": reason, "message": message, "code": status.value}


class FakeApiServer:
    """Secrets by name. `before` is called before each request and may refuse it; `lose` has answers lost."""

    def __init__(self) -> None:
        self.secrets: dict[str, Json] = {}
        self.requests: list[tuple[str, str]] = []
        self.before: Callable[[str, str], None] = lambda method, name: None
        self.lose: Callable[[str, str], bool] = lambda method, name: False
        self._version = 0
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Json:
        """Answers a request. Raises Refused."""
        found = _PATH.fullmatch(path)
        if found is None:
            raise Refused(HTTPStatus.NOT_FOUND, "NotFound", "the server could not find the requested resource")
        name = found["name"] or ""
        self.requests.append((method, name))
        self.before(method, name)
        self._authorize(headers.get("authorization", ""), name)
        if found["namespace"] != NAMESPACE:
            raise Refused(HTTPStatus.NOT_FOUND, "NotFound", f'namespaces "{found["namespace"]}" not found')
        with self._lock:
            match method:
                case "GET":
                    return self._get(name)
                case "POST":
                    return self._post(json.loads(body))
                case _:
                    return self._patch(name, headers.get("content-type", ""), json.loads(body))

    def _authorize(self, authorization: str, name: str) -> None:
        if authorization == f"Bearer {POWERLESS}":
            message = f'secrets "{name}" is forbidden: User "system:serviceaccount:shop:cnop" cannot get resource'
            raise Refused(HTTPStatus.FORBIDDEN, "Forbidden", message)
        if authorization != f"Bearer {TOKEN}":
            raise Refused(HTTPStatus.UNAUTHORIZED, "Unauthorized", "Unauthorized")

    def _get(self, name: str) -> Json:
        if name not in self.secrets:
            raise Refused(HTTPStatus.NOT_FOUND, "NotFound", f'secrets "{name}" not found')
        return self.secrets[name]

    def _post(self, secret: Json) -> Json:
        name = secret["metadata"]["name"]
        if name in self.secrets:
            raise Refused(HTTPStatus.CONFLICT, "AlreadyExists", f'secrets "{name}" already exists')
        return self._store(name, secret)

    def _patch(self, name: str, content_type: str, change: Json) -> Json:
        if content_type != "application/merge-patch+json":
            raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType", "the body of the request ...")
        secret = self._get(name)
        version = change["metadata"].get("resourceVersion", secret["metadata"]["resourceVersion"])
        if version != secret["metadata"]["resourceVersion"]:
            message = f'Operation cannot be fulfilled on secrets "{name}": the object has been modified'
            raise Refused(HTTPStatus.CONFLICT, "Conflict", message)
        return self._store(name, _merged(secret, change))

    def _store(self, name: str, secret: Json) -> Json:
        if secret.get("type") == "kubernetes.io/tls" and not secret["data"].keys() >= _TLS_KEYS:
            raise Refused(
                HTTPStatus.UNPROCESSABLE_ENTITY, "Invalid", f'Secret "{name}" is invalid: data: Required value'
            )
        self._version += 1
        metadata = {**secret["metadata"], "resourceVersion": str(self._version)}
        self.secrets[name] = {"type": "Opaque", **secret, "metadata": metadata}
        return self.secrets[name]


def _merged(old: Any, change: Any) -> Any:
    """Applies a JSON merge patch (RFC 7396)."""
    if not isinstance(change, dict):
        return change
    merged = dict(old) if isinstance(old, dict) else {}
    for name, value in change.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


@contextmanager
def running(account: Path) -> Iterator[tuple[FakeApiServer, int]]:
    """Yields a server and its port, and writes the folder of a service account for it."""
    fake = FakeApiServer()

    class Handler(BaseHTTPRequestHandler):
        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", "0")))
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                status, answer = HTTPStatus.OK, fake.answer(self.command, self.path, headers, body)
            except Refused as refused:
                status, answer = refused.status, refused.body
            if fake.lose(self.command, self.path):
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = _handle  # noqa: N815 - names of the base class

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - so in the base class
            pass

    authority = Authority.new()
    issue(authority, account / "server", "https://localhost", ["localhost"])
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(account / "server" / "tls.crt", account / "server" / "tls.key")
    files = {"token": TOKEN.encode(), "namespace": NAMESPACE.encode(), "ca.crt": authority.files()["tls.crt"]}
    Folder(account).change(lambda _: files)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield fake, server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
