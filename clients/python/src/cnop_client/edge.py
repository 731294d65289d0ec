"""The edge that calls go to: its address, and what a channel to it is made with."""

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
    """An edge: http://host:port for plaintext, https://host:port for TLS.

    `root_certificates` (PEM) are the authorities that its certificate may come from; None for those of gRPC.
    """

    scheme: str
    host: str
    port: int
    root_certificates: bytes | None = None

    @classmethod
    def at(cls, address: str, root_certificates: bytes | None = None) -> Edge:
        """The edge at an address. Without a scheme it is TLS, except on this machine. Raises ValueError."""
        parts = urlsplit(address if "://" in address else f"//{address}")
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or parts.username:
            raise ValueError(f"no address of an edge: {address!r}; http://HOST:PORT or https://HOST:PORT is one")
        scheme = parts.scheme or ("http" if _is_this_machine(parts.hostname) else "https")
        if scheme not in _PORT:
            raise ValueError(f"no address of an edge: {address!r}; it begins with http:// or https://")
        return cls(scheme, parts.hostname, parts.port or _PORT[scheme], root_certificates)

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self._authority}"

    @property
    def target(self) -> str:
        """The gRPC target."""
        return f"dns:///{self._authority}"

    @property
    def credentials(self) -> grpc.ChannelCredentials | None:
        """The credentials of a TLS channel, None for plaintext."""
        return None if self.scheme == "http" else grpc.ssl_channel_credentials(self.root_certificates)

    def options(self, user_agent: str) -> list[tuple[str, Any]]:
        """The options of a channel. Retries of UNAVAILABLE are gRPC's, by the service config."""
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
    """The gRPC service config, the same one for the clients of all languages."""
    return (resources.files("cnop_client") / "service-config.json").read_text(encoding="utf-8")


def user_agent(program: str = "cnop-client") -> str:
    """What a session shows as its device."""
    try:
        version = metadata.version("cnop-client")
    except metadata.PackageNotFoundError:  # run from the source tree
        version = "dev"
    return f"{program}/{version}"
