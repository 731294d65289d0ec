"""Calls of Envoy's admin interface, by the standard library alone: the image of the edge has no HTTP client."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

_TIMEOUT_SECONDS = 5.0


class AdminError(Exception):
    """Envoy's admin interface does not answer."""


@dataclass(frozen=True)
class Admin:
    """The admin interface at an address, host:port."""

    address: str

    def post(self, path: str) -> None:
        """Posts to a path, with its query. Raises AdminError."""
        self._call("POST", path)

    def stats(self, pattern: str) -> dict[str, int]:
        """Returns the counters and gauges whose names match. Raises AdminError."""
        query = urlencode({"filter": pattern, "format": "json", "type": "All"})
        found = json.loads(self._call("GET", f"/stats?{query}"))["stats"]
        return {stat["name"]: stat["value"] for stat in found if "value" in stat}

    def runtime(self) -> dict[str, str]:
        """Returns the values of the runtime. Raises AdminError."""
        entries = json.loads(self._call("GET", "/runtime"))["entries"]
        return {key: entry["final_value"] for key, entry in entries.items()}

    def _call(self, verb: str, path: str) -> bytes:
        connection = HTTPConnection(self.address, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(verb, path)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException) as error:
            raise AdminError(f"Envoy's admin interface at {self.address} does not answer: {error}") from None
        finally:
            connection.close()
        if answer.status != 200:
            raise AdminError(f"Envoy's admin interface answers {answer.status} to {verb} {path}")
        return body
