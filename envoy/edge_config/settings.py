"""The edge's settings, and the limits of a request that are the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from edge_config.paths import DESCRIPTORS, LIMITS, OPENAPI, PAGE, PAGE_BEFORE, SWAGGER_UI

# Envoy enforces these limits; error messages and documents state them.
BODY_KIB_MAX = 64
HEADERS_KIB_MAX = 32
HEADERS_MAX = 64
STREAM_SECONDS_MAX = 600


def _setting(help_text: str, default: Any) -> Any:
    return field(default=default, metadata={"help": help_text})


# What reaches a process that listens on all addresses.
_LOOPBACK = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}  # noqa: S104 - compared, not bound


@dataclass(frozen=True)
class EdgeSettings:
    """What differs between deployments. Each field is an option of `python -m edge_config`."""

    listen: str = _setting("The address on which clients connect.", "127.0.0.1:8080")
    health: str = _setting(
        "The address of /health, /ready and /live, for load balancers and probes: clients cannot fill it up.",
        "127.0.0.1:8081",
    )
    admin: str = _setting(
        "The address of Envoy's admin interface. Keep it on loopback: it can stop the edge.", "127.0.0.1:9901"
    )
    user: str = _setting("The addresses of the user service, separated by commas.", "127.0.0.1:50051")
    inventory: str = _setting("The addresses of the inventory service.", "127.0.0.1:50052")
    order: str = _setting("The addresses of the order service.", "127.0.0.1:50053")
    ratelimit: str = _setting("The addresses of the ratelimit service.", "127.0.0.1:50054")
    token_issuer: str = _setting("The issuer (iss) that access tokens must have.", "https://cnop.local")
    token_audience: str = _setting("The audience (aud) that access tokens must have.", "cnop")
    allowed_origins: tuple[str, ...] = _setting(
        "The origins whose pages may call the edge from a browser (CORS), separated by commas.",
        ("http://localhost:5173",),
    )
    access_log: str = _setting("The file of the access log.", "/dev/stdout")
    trust_domain: str = _setting("The trust domain of the services' SPIFFE ids.", "cnop")
    namespace: str = _setting("The namespace in these ids.", "local")
    certs_dir: Path = _setting(
        "The folder of the edge's mesh certificate: tls.crt, tls.key, ca.crt.", Path("/run/cnop/certs")
    )
    tls_dir: str = _setting(
        "The folder of the certificate for clients: tls.crt, tls.key. Empty: the edge speaks plaintext.", ""
    )
    secrets_dir: Path = _setting(
        "The folder where Envoy finds the files that --write makes besides envoy.yaml.", Path("/run/edge")
    )
    descriptors: Path = _setting("The descriptor set of the contracts.", DESCRIPTORS)
    openapi: Path = _setting("The OpenAPI document, served at /openapi.json.", OPENAPI)
    swagger_ui: Path = _setting(
        "The folder of Swagger UI, named after its version, or of several versions.", SWAGGER_UI
    )
    page: Path = _setting(
        "The folder of the web client's build, served at /. While the default does not exist, / leads to /docs.", PAGE
    )
    page_before: Path = _setting(
        "The folder of the build before it, whose assets stay for open tabs. It may be missing.", PAGE_BEFORE
    )
    jwks_cache_seconds: float = _setting("How often the keys that verify tokens are fetched.", 60.0)
    concurrency: int = _setting("The number of Envoy's worker threads.", 2)
    limits: Path = _setting("The file of rate limits.", LIMITS)
    trusted_hops: int = _setting("The number of load balancers in front that append to x-forwarded-for.", 0)
    ratelimit_seconds: float = _setting("The timeout of a call to the ratelimit service.", 0.1)
    connections_max: int = _setting("The maximum number of client connections.", 10_000)
    heap_mib: int = _setting("The heap size at which Envoy sheds load, in MiB.", 512)
    headers_seconds: float = _setting("The timeout for the headers of a request to arrive.", 5.0)
    request_seconds: float = _setting("The timeout for the whole request to arrive.", 15.0)
    idle_seconds: float = _setting("How long a client connection may be idle; less while there are many.", 300.0)
    first_bytes_seconds: float = _setting("The timeout for the first bytes of a connection to arrive.", 3.0)
    ping_seconds: float = _setting(
        "How often a client that uses HTTP/2 gets a PING, and how long it may take to answer.", 5.0
    )
    refusals_max: int = _setting("The number of error answers after which a client connection is closed.", 1000)
    connection_seconds: float = _setting("How long a connection to a service accepts new calls.", 300.0)
    calls_per_replica: int = _setting(
        "The number of calls at once, per healthy replica of a service, beyond which the edge sheds them.", 200
    )
    streams_per_replica: int = _setting(
        "The number of streams at once, per healthy replica of a service, beyond which the edge sheds them.", 4000
    )
    dns_seconds: float = _setting("The interval of looking up the names of services.", 1.0)

    @property
    def service_endpoints(self) -> dict[str, list[str]]:
        """The addresses of the services that serve methods, by service."""
        return {name: getattr(self, name).split(",") for name in ("user", "inventory", "order")}

    @property
    def loopback(self) -> str:
        """The address at which the edge reaches itself."""
        host, _, port = self.listen.rpartition(":")
        return f"{_LOOPBACK.get(host, host)}:{port}"
