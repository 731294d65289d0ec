"""Use cases whose calls to the database are counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from aiodynamo.client import Client
from aiodynamo.http.types import Request, Response

from services.common import times
from services.common.dynamo import client as dynamo
from services.common.rpc.errors import ResourceExhausted
from services.user.audit.store import AuditStore
from services.user.audit.trail import AuditTrail
from services.user.identity.login_attempts.store import AttemptStore
from services.user.identity.store import ProfileStore
from services.user.identity.usecases import Identity

from .people import PASSWORD


class Counted:
    """Use cases that append the name of each call to the database to `calls`."""

    def __init__(self, identity: Identity, client: Client, table: str) -> None:
        self.calls: list[str] = []
        self._http = client.http
        counted = replace(client, http=self._call)
        begin = dynamo.units_of_work(counted)
        throttle = replace(identity.throttle, store=AttemptStore(counted, table), begin=begin)
        self.identity = replace(
            identity,
            profiles=ProfileStore(counted, table),
            throttle=throttle,
            trail=AuditTrail(AuditStore(counted, table), begin, times.now),
            begin=begin,
        )

    async def _call(self, request: Request) -> Response:
        name = (request.headers or {})["X-Amz-Target"].rpartition(".")[2]
        writes = len(json.loads(request.body or b"{}").get("TransactItems", []))
        self.calls.append(f"{name} of {writes}" if writes else name)
        return await self._http(request)

    async def refused(self, username: str) -> list[str]:
        """Returns the calls that a refused sign-in makes."""
        self.calls.clear()
        with pytest.raises(ResourceExhausted) as refusal:
            await self.identity.login(username, PASSWORD, "198.51.100.9")
        assert refusal.value.reason == "RATE_LIMITED"
        return sorted(self.calls)


CountCalls = Callable[[Identity], Counted]
