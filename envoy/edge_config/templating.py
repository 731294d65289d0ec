"""Renders the templates in envoy/templates."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

import jinja2

from edge_config.paths import TEMPLATES


def render_template(name: str, /, **values: Any) -> str:
    """Returns the text of a template, for example "envoy.yaml.j2". A value that it lacks is an error."""
    text: str = _environment().get_template(name).render(values)
    return text


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 - YAML, and a page whose only value is a version
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    environment.filters["quoted"] = json.dumps
    environment.filters["host"] = _host
    environment.tests["ip_address"] = _is_ip_address
    return environment


def _is_ip_address(host_and_port: str) -> bool:
    try:
        ipaddress.ip_address(_host(host_and_port))
    except ValueError:
        return False
    return True


def _host(host_and_port: str) -> str:
    """Returns the host without its port, and an IPv6 address without its brackets, as Envoy wants it."""
    return host_and_port.rpartition(":")[0].removeprefix("[").removesuffix("]")
