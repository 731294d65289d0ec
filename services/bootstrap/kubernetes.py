"""Secrets of Kubernetes."""

from __future__ import annotations

import base64
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass

from services.bootstrap.api_server import ApiServer, Conflict, Json, NotFound
from services.bootstrap.secret import Change, Edit, Files
from services.common.mesh.certificates import CERTIFICATE, KEY
from services.common.startup import StartupError

MANAGED_BY = "app.kubernetes.io/managed-by"
MANAGER = "cnop-bootstrap"
INSTANCE = "app.kubernetes.io/instance"

_ATTEMPTS = 10
_PAUSE_SECONDS = 0.2


@dataclass(frozen=True)
class KubernetesSecret:
    """A Secret in the namespace of this pod. Only one that this command has made, by its label, is changed."""

    server: ApiServer
    name: str
    instance: str

    def __str__(self) -> str:
        return f"Secret {self.name}"

    def change(self, edit: Edit) -> Change:
        """Creates the Secret, or changes the version that it has read; reads again if that is no longer the newest."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(random.uniform(0, _PAUSE_SECONDS * attempt))  # noqa: S311 - jitter
            found = self._get()
            before = _files(found)
            after = edit(before)
            if after == before and found is not None:
                return Change(before, after)
            try:
                if found is None:
                    self._create(after)
                else:
                    self._patch(found, before, after)
            except Conflict:
                continue
            return Change(before, after)
        raise StartupError(f"{self} was changed by another process {_ATTEMPTS} times in a row; run the command again")

    def _get(self) -> Json | None:
        try:
            return self.server.get(self.name)
        except NotFound:
            return None

    def _create(self, files: Files) -> None:
        labels = {MANAGED_BY: MANAGER, INSTANCE: self.instance}
        try:
            self.server.create(
                {
                    "apiVersion": "v1",
                    "kind": "Secret",
                    "metadata": {"name": self.name, "labels": labels},
                    "type": "kubernetes.io/tls" if {CERTIFICATE, KEY} <= files.keys() else "Opaque",
                    "data": {name: _encoded(content) for name, content in files.items()},
                }
            )
        except NotFound as error:
            raise StartupError(f"the namespace {self.server.namespace} does not exist ({error})") from None

    def _patch(self, found: Json, before: Files, after: Files) -> None:
        if (found["metadata"].get("labels") or {}).get(MANAGED_BY) != MANAGER:
            raise StartupError(
                f"{self} was not made by this command, and is left as it is. To let this command change it: kubectl "
                f"--namespace {self.server.namespace} label secret {self.name} --overwrite {MANAGED_BY}={MANAGER}"
            )
        changed: Mapping[str, str | None] = {
            **{name: _encoded(content) for name, content in after.items() if content != before.get(name)},
            **dict.fromkeys(before.keys() - after.keys()),
        }
        version = {"resourceVersion": found["metadata"]["resourceVersion"]}
        try:
            self.server.patch(self.name, {"metadata": version, "data": changed})
        except NotFound as error:  # deleted meanwhile
            raise Conflict(str(error)) from None


def _files(found: Json | None) -> Files:
    return {name: base64.b64decode(content) for name, content in ((found or {}).get("data") or {}).items()}


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()
