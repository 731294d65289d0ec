"""The certificate of a service, read again when its files change.

The folder has the layout of a cert-manager secret: tls.crt (the certificate and its chain), tls.key, ca.crt (the
trusted authorities).
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import cast

import grpc
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.common.mesh.identity import Mesh
from services.common.startup import StartupError

CERTIFICATE, KEY, AUTHORITIES = "tls.crt", "tls.key", "ca.crt"

# TypeError: a key with a password.
_UNUSABLE = (OSError, ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension)

logger = logging.getLogger("cnop.certificates")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate, its key and the trusted authorities, in PEM; and the mesh of its SPIFFE id."""

    chain: bytes
    key: bytes = field(repr=False)
    authorities: bytes
    expires_at: datetime
    mesh: Mesh

    def for_clients(self) -> grpc.ChannelCredentials:
        """Returns the credentials of a channel."""
        return grpc.ssl_channel_credentials(self.authorities, self.key, self.chain)

    def for_servers(self) -> grpc.ServerCertificateConfiguration:
        """Returns the configuration of a server."""
        return grpc.ssl_server_certificate_configuration([(self.key, self.chain)], self.authorities)


class Certificates:
    """The newest certificate in a folder. Thread-safe: gRPC asks from threads of its own."""

    def __init__(self, folder: Path) -> None:
        """Reads the files. Raises StartupError if there is no usable certificate."""
        self._folder = folder
        self._lock = Lock()
        try:
            self._stamp, self._certificate = self._stat(), self._load()
        except _UNUSABLE as error:
            raise StartupError(f"cannot use the certificate in {folder}: {error}") from None

    def newest(self) -> Certificate:
        """Returns the certificate in the folder: the same object until the files change.

        The previous one stays while files are missing or do not belong together.
        """
        with self._lock:
            try:
                stamp = self._stat()
            except OSError:
                return self._certificate
            if stamp != self._stamp:
                self._stamp = stamp
                try:
                    self._certificate = self._load()
                    logger.info("certificate renewed", extra={"expires_at": self._certificate.expires_at.isoformat()})
                except _UNUSABLE as error:
                    logger.warning("certificate not renewed", extra={"folder": str(self._folder), "why": str(error)})
            return self._certificate

    def for_server(self) -> grpc.ServerCredentials:
        """Returns credentials that present the newest certificate and require one of the client."""
        presented = self.newest()

        def change() -> grpc.ServerCertificateConfiguration | None:
            nonlocal presented
            newest = self.newest()
            if newest is presented:
                return None
            presented = newest
            return newest.for_servers()

        # gRPC asks before each handshake. The type stubs do not know that None stands for no change.
        fetch = cast("type[grpc.ServerCertificateConfiguration]", change)
        return grpc.dynamic_ssl_server_credentials(presented.for_servers(), fetch, require_client_authentication=True)

    def _stat(self) -> tuple[tuple[int, int, int], ...]:
        stats = ((self._folder / name).stat() for name in (CERTIFICATE, KEY, AUTHORITIES))
        return tuple((stat.st_mtime_ns, stat.st_ino, stat.st_size) for stat in stats)

    def _load(self) -> Certificate:
        """Raises one of _UNUSABLE if files are missing, malformed or do not belong together."""
        chain, key, authorities = ((self._folder / name).read_bytes() for name in (CERTIFICATE, KEY, AUTHORITIES))
        leaf, *_ = x509.load_pem_x509_certificates(chain)
        x509.load_pem_x509_certificates(authorities)
        if load_pem_private_key(key, password=None).public_key() != leaf.public_key():
            raise ValueError(f"{KEY} is not the key of {CERTIFICATE}")
        return Certificate(chain, key, authorities, leaf.not_valid_after_utc, _mesh(leaf))


def _mesh(leaf: x509.Certificate) -> Mesh:
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    if len(uris) != 1:
        raise ValueError(f"{CERTIFICATE} must have one URI, its SPIFFE id, and has {len(uris)}")
    return Mesh.of(uris[0])
