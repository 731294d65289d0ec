"""Renders the configuration of Envoy at the edge: `python -m edge_config`.

envoy/templates/envoy.yaml.j2 is the configuration; its routes and access rules come from the descriptor set of the
contracts.
"""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import jinja2

from edge_config import bindings, docs, methods
from edge_config.methods import Policy
from edge_config.paths import DESCRIPTORS, ENVOY, LIMITS, OPENAPI, TEMPLATES
from edge_config.replies import REPLIES
from services.ratelimit import rules
from services.ratelimit.rules import SHARED_CLASSES, Limit, Rules
from services.ratelimit.watch import mark

CONFIGURATION, SECRETS = "envoy.yaml", ("certificate.yaml", "authorities.yaml")
# The filters that the file of limits sets: two that count addresses alone, with their classes, and one for the rest.
ADDRESS_LIMITS, CLASS_LIMITS = {"limit_flood": "FLOOD", "limit_all": "ALL"}, "limit_class"

# On answers in JSON: no page, and nothing that a browser may keep, guess the type of, frame, or follow.
SECURITY_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# By TLS: never again without it.
HSTS = {"strict-transport-security": "max-age=31536000"}
# Of users and addresses at once; past it the oldest bucket is forgotten, and so full again.
_BUCKETS_MAX = 100_000
_LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class EdgeSettings:
    """What differs from place to place. Addresses are host:port; a service may have several, with commas between."""

    listen: str = "127.0.0.1:8080"
    admin: str = "127.0.0.1:9901"
    user: str = "127.0.0.1:50051"
    inventory: str = "127.0.0.1:50052"
    order: str = "127.0.0.1:50053"
    ratelimit: str = "127.0.0.1:50054"
    token_issuer: str = "https://cnop.local"  # noqa: S105 - a name, not a secret
    token_audience: str = "cnop"  # noqa: S105
    allowed_origins: tuple[str, ...] = ("http://localhost:5173",)
    access_log: str = "/dev/stdout"
    trust_domain: str = "cnop"
    namespace: str = "local"
    certs_dir: Path = Path("/etc/cnop/certs")
    tls_dir: str = ""  # the folder of the certificate (tls.crt, tls.key) that clients are shown; empty: no TLS
    secrets_dir: Path = Path("/etc/cnop/edge")  # where Envoy finds the other files that `write` makes
    descriptors: Path = DESCRIPTORS
    openapi: Path = OPENAPI
    swagger_ui: Path = Path("/opt/cnop/swagger-ui")
    jwks_cache_seconds: float = 60.0
    concurrency: int = 2
    limits: Path = LIMITS
    trusted_hops: int = 0  # load balancers before the edge that append to x-forwarded-for
    ratelimit_seconds: float = 0.1  # how long an answer of the ratelimit service is waited for
    connections_max: int = 10_000
    heap_mib: int = 512
    headers_seconds: float = 10.0  # for the headers of a request to come in
    request_seconds: float = 30.0  # for the whole request
    idle_seconds: float = 300.0  # for a connection without requests
    connection_seconds: float = 300.0  # how long a connection to a service takes new calls

    @property
    def clusters(self) -> dict[str, list[str]]:
        """The addresses of each service."""
        return {name: getattr(self, name).split(",") for name in ("user", "inventory", "order")}

    @property
    def loopback(self) -> str:
        """Where the edge reaches itself."""
        host, _, port = self.listen.rpartition(":")
        return f"127.0.0.1:{port}" if host == "0.0.0.0" else self.listen  # noqa: S104 - compared, not bound


def render(settings: EdgeSettings) -> str:
    """The configuration, in YAML.

    Raises ValueError when a method has no access policy, no cluster or no limits, the file of limits is no good, or a
    file of the reference is missing.
    """
    limits = rules.read(settings.limits)
    at_edge = [method for method in methods.read(settings.descriptors) if method.is_at_edge]
    for method in at_edge:
        if method.owner not in settings.clusters:
            raise ValueError(f"{method.path} belongs to {method.owner!r}, and the edge knows no such service")
        if method.rate_class not in limits:
            raise ValueError(f"{method.path} is of the class {method.rate_class}, which has no limits at the edge")
    transport = HSTS if settings.tls_dir else {}
    environment = _environment()
    page = environment.get_template(docs.PAGE).render(version=docs.version(settings.swagger_ui))
    return environment.get_template(f"{CONFIGURATION}.j2").render(
        {field.name: getattr(settings, field.name) for field in fields(settings)},
        clusters=settings.clusters,
        loopback=settings.loopback,
        methods=at_edge,
        rest_input=bindings.table(settings.descriptors) + (ENVOY / "rest_input.lua").read_text(),
        replies=REPLIES,
        shared_classes=SHARED_CLASSES,
        security_headers=SECURITY_HEADERS | transport,
        served=docs.served(page, settings.swagger_ui, settings.openapi),
        transport_headers=transport,
        Policy=Policy,
    )


def _edge_buckets(limits: Rules) -> Iterator[tuple[str, str, Limit]]:
    """The buckets of the edge by class: class, the kind of descriptor, limit."""
    for name in ("READ", "DOCS", *SHARED_CLASSES):
        of = limits[name]
        user, address = (of.fallback_user, of.fallback_address) if name in SHARED_CLASSES else (of.user, of.address)
        if user:
            yield name, "user", user
        if address:
            yield name, "masked_remote_address", address


def render_secret(name: str, certs_dir: Path) -> str:
    """What tells Envoy where a certificate, or the authorities, are: it reads them again on every change."""
    return _environment().get_template(f"{name}.j2").render(certs_dir=certs_dir)


def write(settings: EdgeSettings, folder: Path) -> None:
    """Writes the configuration and the files of `secrets_dir` into a folder. Raises ValueError as `render` does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIGURATION).write_text(render(settings))
    for name in SECRETS:
        (folder / name).write_text(render_secret(name, settings.certs_dir))
    if settings.tls_dir:
        (folder / "tls.yaml").write_text(render_secret(SECRETS[0], Path(settings.tls_dir)))
    write_limits(settings.limits, folder)


def write_limits(file: Path, folder: Path) -> None:
    """Puts what follows from the file of limits into a folder: an edge that runs goes by it at once.

    Raises ValueError when the file is no good.
    """
    limits = rules.read(file)
    environment = _environment()
    by_address, by_class = (environment.get_template(f"{name}.yaml.j2") for name in ("limit_address", CLASS_LIMITS))
    texts = {
        name: by_address.render(name=name, limit=limits[counted].address, buckets_max=_BUCKETS_MAX)
        for name, counted in ADDRESS_LIMITS.items()
    }
    texts[CLASS_LIMITS] = by_class.render(edge_buckets=list(_edge_buckets(limits)), buckets_max=_BUCKETS_MAX)
    for name, text in texts.items():
        part = folder / f".{name}.part"
        part.write_text(text)
        part.rename(folder / f"{name}.yaml")  # Envoy looks when something is renamed, and never sees a half


async def keep_limits(file: Path, folder: Path, report: Callable[[str, str], None]) -> None:
    """Does so whenever the file of limits changes, until it is cancelled. `report` is told."""
    before = mark(file)
    while True:
        await asyncio.sleep(_LOOK_SECONDS)
        now = mark(file)
        if now == before:
            continue
        before = now
        try:
            await asyncio.to_thread(write_limits, file, folder)
        except (OSError, ValueError) as error:
            report("limits", f"stay as they were: {error}")
        else:
            report("limits", "have changed")


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 - YAML, and a page with nothing in it but a version
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["quoted"] = json.dumps
    environment.tests["ip_address"] = _is_ip_address
    return environment


def arguments(settings: EdgeSettings, configuration: Path) -> tuple[str, ...]:
    """Envoy's arguments for a configuration that was rendered from these settings."""
    return (
        *("-c", str(configuration), "--concurrency", str(settings.concurrency), "--log-level", "warning"),
        *("--service-cluster", "cnop", "--service-node", "edge"),  # secrets in files are not read without a name
        "--disable-hot-restart",  # it would share memory with every other Envoy of the machine
        *("--file-flush-interval-msec", "200"),  # for an access log that one can follow
    )


def _is_ip_address(host_and_port: str) -> bool:
    try:
        ipaddress.ip_address(host_and_port.rpartition(":")[0])
    except ValueError:
        return False
    return True


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m edge_config", description="Prints the configuration of the edge.")
    for field in fields(EdgeSettings):
        default: Any = field.default
        parse: Callable[[str], Any] = _words if isinstance(default, tuple) else type(default)
        shown = ",".join(default) if isinstance(default, tuple) else default
        option = f"--{field.name.replace('_', '-')}"
        parser.add_argument(option, type=parse, default=default, metavar="VALUE", help=f"(default: {shown})")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="write it, and the files of --secrets-dir, here")
    values = vars(parser.parse_args())
    folder, settings = values.pop("write"), EdgeSettings(**values)
    if folder is None:
        print(render(settings), end="")
    else:
        write(settings, folder)
