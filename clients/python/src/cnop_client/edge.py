"""The address of an edge, and the credentials and options of a channel to it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from importlib import metadata, resources
from typing import Any
from urllib.parse import urlsplit

import grpc

_MESSAGE_BYTES_MAX = 4 * 1024 * 1024
_PORT = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Edge:
    """The address of an edge: http://host:port for plaintext, https://host:port for TLS.

    `root_certificates` (PEM) are the trusted certificate authorities; None for gRPC's own.
    """

    scheme: str
    host: str
    port: int
    root_certificates: bytes | None = None

    @classmethod
    def at(cls, address: str, root_certificates: bytes | None = None) -> Edge:
        """Parses an address. Without a scheme it means TLS, except on this machine. Raises ValueError."""
        try:
            parts = urlsplit(address if "://" in address else f"//{address}")
            host, port = parts.hostname or "", parts.port
        except ValueError:  # an invalid port or IPv6 address
            host, port = "", None
        if not host or port == 0 or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise ValueError(f"invalid address of an edge: {address!r}; use http://HOST:PORT or https://HOST:PORT")
        scheme = parts.scheme or ("http" if _is_this_machine(host) else "https")
        if scheme not in _PORT:
            raise ValueError(f"invalid address of an edge: {address!r}; begin it with http:// or https://")
        return cls(scheme, host, port or _PORT[scheme], root_certificates)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self._authority}"

    @property
    def target(self) -> str:
        """The target of a gRPC channel."""
        return f"dns:///{self._authority}"

    @property
    def credentials(self) -> grpc.ChannelCredentials | None:
        """The credentials of a TLS channel; None for plaintext."""
        return None if self.scheme == "http" else grpc.ssl_channel_credentials(self.root_certificates)

    def options(self, user_agent: str) -> list[tuple[str, Any]]:
        """The options of a gRPC channel. By the service config, gRPC itself retries UNAVAILABLE."""
        options: list[tuple[str, Any]] = [
            ("grpc.service_config", service_config()),
            ("grpc.enable_retries", 1),
            ("grpc.primary_user_agent", user_agent),
            ("grpc.max_receive_message_length", _MESSAGE_BYTES_MAX),
            ("grpc.max_reconnect_backoff_ms", 2_000),
        ]
        if _is_this_machine(self.host):
            options.append(("grpc.enable_http_proxy", 0))
        return options

    @property
    def _authority(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def service_config() -> str:
    """The gRPC service config, which the clients in all languages share."""
    return (resources.files("cnop_client") / "service-config.json").read_text(encoding="utf-8")


def user_agent(program: str = "cnop-client") -> str:
    """The user agent, which a session shows as its device."""
    try:
        version = metadata.version("cnop-client")
    except metadata.PackageNotFoundError:  # running from the source tree
        version = "dev"
    return f"{program}/{version}"
