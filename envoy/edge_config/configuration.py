"""Renders the configuration of Envoy: envoy.yaml, and the files that it refers to.

envoy/templates/envoy.yaml.j2 is the configuration. Its routes and access rules come from the contracts' descriptor set.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from edge_config import bindings, clusters, page, routes, static_files
from edge_config.limits import write_limits
from edge_config.paths import GRPC_MESSAGE, HEAD, PAGE, REFUSALS, REST_INPUT
from edge_config.replies import REPLIES
from edge_config.routes import Method, Policy
from edge_config.settings import BODY_KIB_MAX, HEADERS_KIB_MAX, HEADERS_MAX, STREAM_SECONDS_MAX, EdgeSettings
from edge_config.static_files import StaticFile
from edge_config.templating import render_template
from services.ratelimit import rules
from services.ratelimit.rules import SHARED_CLASSES

CONFIGURATION = "envoy.yaml"
_HEALTH = "/health"
_CERTIFICATE, _AUTHORITIES = "certificate.yaml", "authorities.yaml"
_LOG_LIMIT = "log_limit.yaml"

# For answers in JSON: a browser must not store, sniff, frame or follow them.
_SECURITY_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
# Over TLS: the browser must use TLS from now on.
_HSTS = {"strict-transport-security": "max-age=31536000"}


def render(settings: EdgeSettings) -> str:
    """Returns envoy.yaml.

    Raises ValueError when a method has no access policy, service or rate limit, when the limits file is invalid, or
    when a static file is missing.
    """
    hsts = _HSTS if settings.tls_dir else {}
    swagger_ui = static_files.find_swagger_ui(settings.swagger_ui)
    reference = render_template(static_files.PAGE, version=swagger_ui.name)
    files = static_files.collect(reference, swagger_ui, settings.openapi)
    pages = _page(settings)
    methods = _methods_at_edge(settings)
    redirects = {path: to for path, to in static_files.REDIRECTS.items() if path != "/" or not pages}
    static_paths = [_HEALTH, *static_files.REDIRECTS, *(file.path for file in (*files, *pages))]
    return render_template(
        f"{CONFIGURATION}.j2",
        **{field.name: getattr(settings, field.name) for field in fields(settings)},
        services=list(settings.service_endpoints),
        clusters=clusters.collect(settings, methods),
        loopback=settings.loopback,
        methods=methods,
        stream_window=clusters.STREAM_WINDOW_BYTES,
        stream_seconds_max=STREAM_SECONDS_MAX,
        head=HEAD.read_text(),
        rest_input=bindings.lua_tables(settings.descriptors, static_paths)
        + "".join(script.read_text() for script in REST_INPUT),
        grpc_message=GRPC_MESSAGE.read_text(),
        refusals=f"local REFUSALS_MAX = {settings.refusals_max}\n{REFUSALS.read_text()}",
        replies=REPLIES,
        shared_classes=SHARED_CLASSES,
        security_headers=_SECURITY_HEADERS | hsts,
        transport_headers=hsts,
        static_files=[*files, *pages],
        pages=[file for file in pages if file.path == "/"],
        no_page=page.NO_PAGE,
        redirects=redirects,
        body_bytes_max=BODY_KIB_MAX * 1024,
        headers_kib_max=HEADERS_KIB_MAX,
        headers_max=HEADERS_MAX,
        Policy=Policy,
    )


def _page(settings: EdgeSettings) -> list[StaticFile]:
    """Returns the files of the web client; none where it has not been built."""
    if settings.page == PAGE and not PAGE.exists():
        return []
    return page.collect(settings.page, settings.page_before)


def write(settings: EdgeSettings, folder: Path) -> None:
    """Writes envoy.yaml and the files that Envoy expects in `secrets_dir`. Raises ValueError as `render` does."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CONFIGURATION).write_text(render(settings))
    for name in (_CERTIFICATE, _AUTHORITIES):
        (folder / name).write_text(_render_secret(name, settings.certs_dir))
    (folder / _LOG_LIMIT).write_text(render_template(f"{_LOG_LIMIT}.j2"))
    if settings.tls_dir:
        (folder / "tls.yaml").write_text(_render_secret(_CERTIFICATE, Path(settings.tls_dir)))
    write_limits(settings.limits, folder)


def envoy_arguments(settings: EdgeSettings) -> tuple[str, ...]:
    """Envoy's command-line arguments for a configuration that was written to `secrets_dir`."""
    configuration = str(settings.secrets_dir / CONFIGURATION)
    return (
        *("-c", configuration, "--concurrency", str(settings.concurrency), "--log-level", "warning"),
        *("--service-cluster", "cnop", "--service-node", "edge"),  # Envoy reads secrets from files only if it has both
        "--disable-hot-restart",  # it would share memory with every other Envoy on the machine
        *("--file-flush-interval-msec", "200"),  # so that one can follow the access log
    )


def _methods_at_edge(settings: EdgeSettings) -> list[Method]:
    limits = rules.read(settings.limits)
    at_edge = [method for method in routes.read(settings.descriptors) if method.is_at_edge]
    for method in at_edge:
        if method.owner not in settings.service_endpoints:
            raise ValueError(f"{method.path} belongs to {method.owner!r}, which is not a service of the edge")
        if method.rate_class not in limits:
            raise ValueError(f"{method.path} has the rate class {method.rate_class}, which has no limits at the edge")
    return at_edge


def _render_secret(name: str, certs_dir: Path) -> str:
    """Tells Envoy which files hold a certificate or the authorities. Envoy reads those again when they change."""
    return render_template(f"{name}.j2", certs_dir=certs_dir)
