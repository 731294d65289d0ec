"""Restarts the replicas of a service one by one, as a rollout does."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

import httpx

from local.stack import Stack
from services.common.mesh.channels import RECONNECT_SECONDS_MAX

from .waiting import eventually

# How long a new replica must be ready before the rollout continues: minReadySeconds of a Deployment. By then the
# services that call it have found it.
MIN_READY_SECONDS = RECONNECT_SECONDS_MAX + 0.1


@dataclass
class Rollout:
    """Restarts replicas. `stop_seconds` and `start_seconds` record how long each stop and start took."""

    stack: Stack
    admin: httpx.AsyncClient  # the admin interface of the edge
    stop_seconds: list[float] = field(default_factory=list)
    start_seconds: list[float] = field(default_factory=list)
    _starting: asyncio.Lock = field(default_factory=asyncio.Lock)

    def replicas(self, service: str) -> list[str]:
        """Returns the names of the replicas of a service."""
        ports = self.stack.settings.service_ports[service]
        return [name for name, program in self.stack.programs.items() if program.port in ports]

    async def restart_all(self, service: str) -> None:
        """Restarts every replica of a service, each after the previous one is back."""
        for name in self.replicas(service):
            await self.restart(name)
            await asyncio.sleep(MIN_READY_SECONDS)

    async def restart(self, name: str) -> None:
        """Stops a replica by SIGTERM, starts it, and waits until it is healthy and the edge uses it."""
        begin = time.monotonic()
        await self.stack[name].stop()
        assert self.stack[name].returncode == 0, f"{name} did not exit cleanly: {self.stack[name].last_words()}"
        self.stop_seconds.append(time.monotonic() - begin)
        async with self._starting:  # a start takes a second of CPU time
            begin = time.monotonic()
            await self.stack.start_one(name)
            await self.until_in_use(name)
            self.start_seconds.append(time.monotonic() - begin)

    async def until_in_use(self, name: str) -> None:
        """Waits until the edge considers a replica healthy."""
        port = self.stack.programs[name].port

        async def look() -> bool:
            return port in await self._healthy_ports()

        await eventually(look, f"the edge knows that {name} is healthy")

    async def _healthy_ports(self) -> set[int]:
        answer = (await self.admin.get("/clusters", params={"format": "json"})).json()
        return {
            host["address"]["socket_address"]["port_value"]
            for cluster in answer["cluster_statuses"]
            for host in cluster.get("host_statuses", [])
            if host["health_status"] == {"eds_health_status": "HEALTHY"}
        }
