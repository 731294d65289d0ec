"""The certificate of a service, read again whenever its files change.

The folder is that of a secret of cert-manager: tls.crt (the certificate, and what it is signed by up to the
authority), tls.key, ca.crt (the authorities that others are trusted for).
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

CERTIFICATE, KEY, AUTHORITIES = "tls.crt", "tls.key", "ca.crt"

_Stamp = tuple[tuple[int, int, int], ...]
# A key with a password is a TypeError.
_BROKEN = (OSError, ValueError, TypeError, UnsupportedAlgorithm, x509.ExtensionNotFound, x509.DuplicateExtension)

logger = logging.getLogger("cnop.certificates")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate with its key, and the authorities, in PEM; and the mesh that its SPIFFE id is from."""

    chain: bytes
    key: bytes = field(repr=False)
    authorities: bytes
    expires_at: datetime
    mesh: Mesh

    def for_clients(self) -> grpc.ChannelCredentials:
        """What a channel is made with."""
        return grpc.ssl_channel_credentials(self.authorities, self.key, self.chain)

    def for_servers(self) -> grpc.ServerCertificateConfiguration:
        """What a server shows, and by which authorities it knows its clients."""
        return grpc.ssl_server_certificate_configuration([(self.key, self.chain)], self.authorities)


class Certificates:
    """The newest certificate in a folder. It may be asked from any thread."""

    def __init__(self, folder: Path) -> None:
        """Reads the files. Raises SystemExit when there is no certificate to start with."""
        self._folder = folder
        self._lock = Lock()
        try:
            self._read: tuple[_Stamp, Certificate] = self._stamp(), self._load()
        except _BROKEN as error:
            raise SystemExit(f"cannot use the certificate in {folder}: {error}") from None

    def newest(self) -> Certificate:
        """The certificate that is in the folder now: the same object until the files change.

        While the files are away, or do not belong together, the one before stays.
        """
        with self._lock:
            before, certificate = self._read
            try:
                stamp = self._stamp()
            except OSError:
                return certificate
            if stamp == before:
                return certificate
            try:
                certificate = self._load()
                logger.info("certificate renewed", extra={"expires_at": certificate.expires_at.isoformat()})
            except _BROKEN as error:
                logger.warning("certificate not renewed", extra={"folder": str(self._folder), "why": str(error)})
            self._read = stamp, certificate
            return certificate

    def for_server(self) -> grpc.ServerCredentials:
        """Credentials of a server: it shows the newest certificate, and refuses a client that has none."""
        shown = self.newest()

        def change() -> grpc.ServerCertificateConfiguration | None:
            nonlocal shown
            newest = self.newest()
            if newest is shown:
                return None
            shown = newest
            return newest.for_servers()

        # gRPC asks before each handshake; None stands for no change, which the type stubs do not know.
        ask = cast("type[grpc.ServerCertificateConfiguration]", change)
        return grpc.dynamic_ssl_server_credentials(shown.for_servers(), ask, require_client_authentication=True)

    def _stamp(self) -> _Stamp:
        """What changes when a file does."""
        found = ((self._folder / name).stat() for name in (CERTIFICATE, KEY, AUTHORITIES))
        return tuple((one.st_mtime_ns, one.st_ino, one.st_size) for one in found)

    def _load(self) -> Certificate:
        """Reads the files. Raises one of _BROKEN when they are away, not PEM, without id, or do not belong together."""
        chain, key, authorities = ((self._folder / name).read_bytes() for name in (CERTIFICATE, KEY, AUTHORITIES))
        leaf, *_ = x509.load_pem_x509_certificates(chain)
        x509.load_pem_x509_certificates(authorities)
        if load_pem_private_key(key, password=None).public_key() != leaf.public_key():
            raise ValueError(f"{KEY} is not the key of {CERTIFICATE}")
        return Certificate(chain, key, authorities, leaf.not_valid_after_utc, _mesh(leaf))


def _mesh(leaf: x509.Certificate) -> Mesh:
    """The mesh that a certificate is for: it has one URI, its SPIFFE id."""
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    if len(uris) != 1:
        raise ValueError(f"{CERTIFICATE} must have one URI, its SPIFFE id, and has {len(uris)}")
    return Mesh.of(uris[0])
