"""Settings of the system on one machine."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from local import ports
from local.paths import DATA, LIMITS, LIMITS_FOR_LOAD

SERVICES = ("user", "inventory", "order")
PROGRAMS = (*SERVICES, "ratelimit")  # all that serve gRPC


@dataclass(frozen=True)
class StackSettings:
    """Ports, folders, and what else can be set."""

    data_dir: Path | None = None  # None: data in memory, secrets in a temporary folder
    log_dir: Path = DATA / "logs"
    edge_port: int = 8080
    edge_health_port: int = 8081  # /health alone, for load balancers
    edge_admin_port: int = 9901
    user_port: int = 50051
    inventory_port: int = 50052
    order_port: int = 50053
    ratelimit_port: int = 50054
    ratelimit_metrics_port: int = 9154
    dynamodb_port: int = 8000
    redis_port: int = 6379
    replicas: int = 1  # of each service
    log_level: str = "INFO"
    allowed_origins: tuple[str, ...] = ("http://localhost:5173",)
    limits_file: Path = LIMITS
    trusted_hops: int = 0  # load balancers in front of the edge
    page: bool = False  # whether the web client is served at /, and built before if need be
    prices: str = "fixed"  # where they come from; this, and that trading costs nothing, makes tests reproducible
    spread: str = "0"  # between ask and bid, in percent
    fee: str = "0"  # of a buy and of a sell, in percent
    lame_duck_seconds: float = 0.75  # how long a replica still accepts calls after SIGTERM
    drain_seconds: int = 5  # how long running requests may take after that
    connection_seconds: float = 300.0  # how long a connection of the mesh accepts new calls
    jwks_cache_seconds: float = 60.0  # how long the edge caches the keys that verify tokens
    service_env: Mapping[str, str] = field(default_factory=dict)  # environment of all services, overrides
    # The last flag leaves out the second compiler: the start is 0.3 s faster and takes a third less CPU time. With both
    # compilers requests are 25% faster, but only after some 20,000 of them.
    java_flags: tuple[str, ...] = ("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")

    @classmethod
    def on_free_ports(cls, **changes: Any) -> Self:
        """Returns settings with free ports, for several runs at once, and with rate limits that no load reaches."""
        names = [name for name in cls.port_names() if name not in changes]
        claimed: dict[str, Any] = dict(zip(names, ports.claim(len(names)), strict=True))
        return cls(**claimed, **{"limits_file": LIMITS_FOR_LOAD, **changes})

    @classmethod
    def port_names(cls) -> list[str]:
        """Returns the names of the settings that are ports."""
        return [setting.name for setting in dataclasses.fields(cls) if setting.name.endswith("_port")]

    @cached_property
    def service_ports(self) -> dict[str, tuple[int, ...]]:
        """The ports of the replicas of each service: the configured one for the first, free ones for the others."""
        more = self.replicas - 1
        configured = {int(getattr(self, name)) for name in self.port_names()}
        claimed = ports.claim(len(SERVICES) * more + len(configured)) if more else []
        free = iter([port for port in claimed if port not in configured])
        found = {name: (getattr(self, f"{name}_port"), *itertools.islice(free, more)) for name in SERVICES}
        return {**found, "ratelimit": (self.ratelimit_port,)}  # always one

    def addresses(self, service: str) -> tuple[str, ...]:
        """Returns the addresses of the replicas of a service."""
        return tuple(f"127.0.0.1:{port}" for port in self.service_ports[service])

    @property
    def edge_url(self) -> str:
        return f"http://127.0.0.1:{self.edge_port}"

    @property
    def edge_health_url(self) -> str:
        return f"http://127.0.0.1:{self.edge_health_port}/health"

    @property
    def edge_admin_url(self) -> str:
        return f"http://127.0.0.1:{self.edge_admin_port}"

    @property
    def dynamodb_url(self) -> str:
        return f"http://127.0.0.1:{self.dynamodb_port}"


def option_of(port_name: str) -> str:
    """Returns the option that sets a port, for example --edge-port."""
    return f"--{port_name.replace('_', '-')}"


def variable_of(port_name: str) -> str:
    """Returns the environment variable that sets a port, for example CNOP_EDGE_PORT."""
    return f"CNOP_{port_name.upper()}"
