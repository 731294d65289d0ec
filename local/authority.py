"""The local certificate authority, which issues the certificates of the mesh.

Each part has a folder like a mounted secret of cert-manager: tls.crt, tls.key and ca.crt are links through `..data` to
a folder that never changes. So one rename replaces all three at once, and no reader sees files of two certificates.
"""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from local.errors import LocalError

TRUST_DOMAIN, NAMESPACE = "cnop", "local"
PARTS = ("user", "inventory", "order", "ratelimit", "edge", "operator")
CERTIFICATE, KEY, AUTHORITIES = "tls.crt", "tls.key", "ca.crt"

LIFE = timedelta(days=7)
_AUTHORITY, _AUTHORITY_LIFE = "authority", timedelta(days=3650)
_CLOCK_SKEW = timedelta(minutes=5)
_CHECK_SECONDS = 3600.0
_DATA = "..data"


def spiffe_id(part: str) -> str:
    """Returns the SPIFFE id of a part of the mesh."""
    return f"spiffe://{TRUST_DOMAIN}/{NAMESPACE}/{part}"


def dns_name(part: str) -> str:
    """Returns the DNS name of a part of the mesh. gRPC and grpcurl verify names, not ids."""
    return f"{part}.{NAMESPACE}.{TRUST_DOMAIN}"


@dataclass(frozen=True)
class Authority:
    """Signs certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Authority:
        key, name, now = ec.generate_private_key(ec.SECP256R1()), _name("cnop local authority"), datetime.now(UTC)
        unsigned = (
            _builder(name, name, key.public_key(), now - _CLOCK_SKEW, now + _AUTHORITY_LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(key, unsigned.sign(key, hashes.SHA256()))

    @classmethod
    def of(cls, mesh: Path) -> Authority:
        """Loads the authority of a mesh folder, or creates it. Raises LocalError if it cannot be used."""
        folder = mesh / _AUTHORITY
        if not exists(mesh):
            made = cls.new()
            _publish(folder, {KEY: _pem(made.key), CERTIFICATE: made.certificate.public_bytes(Encoding.PEM)})
        try:
            key = load_pem_private_key((folder / KEY).read_bytes(), password=None)
            certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise LocalError(f"{folder} has no usable key; remove the folder to get a new authority: {error}") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise LocalError(f"{folder / KEY} is not an EC key; remove the folder {folder} to get a new authority")
        return cls(key, certificate)

    def issue(
        self, folder: Path, uri: str, names: Sequence[str], life: timedelta = LIFE, begin: datetime | None = None
    ) -> datetime:
        """Writes a new certificate and its key to a folder. Returns when it expires."""
        key, begin = ec.generate_private_key(ec.SECP256R1()), begin or datetime.now(UTC)
        issuer = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        unsigned = (
            _builder(_name(names[0]), self.certificate.subject, key.public_key(), begin - _CLOCK_SKEW, begin + life)
            .add_extension(_alternatives(uri, names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
        )
        files = {
            CERTIFICATE: unsigned.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM),
            KEY: _pem(key),
            AUTHORITIES: self.certificate.public_bytes(Encoding.PEM),
        }
        _publish(folder, files)
        return begin + life

    def is_fresh(self, folder: Path, uri: str, names: Sequence[str]) -> bool:
        """Whether the certificate in a folder is of this authority and these names, with over half its life left."""
        try:
            certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE).read_bytes())
            certificate.verify_directly_issued_by(self.certificate)
            said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        except (OSError, ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
            return False
        if said != _alternatives(uri, names):
            return False
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        return end - datetime.now(UTC) > (end - begin) / 2


def exists(mesh: Path) -> bool:
    """Whether a mesh folder has an authority."""
    return (mesh / _AUTHORITY / KEY).exists()


def ensure(mesh: Path) -> None:
    """Issues certificates to the parts that have none with their names and at least half its life left."""
    authority = Authority.of(mesh)
    for part in PARTS:
        if not authority.is_fresh(mesh / part, *_names(part)):
            authority.issue(mesh / part, *_names(part))


def rotate(mesh: Path) -> dict[str, datetime]:
    """Renews all certificates. Returns when they expire, by part."""
    authority = Authority.of(mesh)
    return {part: authority.issue(mesh / part, *_names(part)) for part in PARTS}


async def keep_fresh(mesh: Path, report: Callable[[str, str], None], seconds: float = _CHECK_SECONDS) -> None:
    """Renews certificates before they expire, until it is cancelled. Calls `report` with failures."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await asyncio.to_thread(ensure, mesh)
        except (OSError, ValueError, LocalError) as error:
            report("certificates", f"not renewed: {error}")


def _names(part: str) -> tuple[str, tuple[str, str]]:
    """Returns the SPIFFE id and the DNS names of a part."""
    return spiffe_id(part), (dns_name(part), "localhost")


def _alternatives(uri: str, names: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.UniformResourceIdentifier(uri), *(x509.DNSName(name) for name in names)])


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, begin: datetime, end: datetime
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), begin, end)


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _publish(folder: Path, files: dict[str, bytes]) -> None:
    """Replaces all files of a folder atomically."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    data, old = folder / f"..{secrets.token_hex(8)}", (folder / _DATA).resolve()
    data.mkdir(mode=0o700)
    for name, content in files.items():
        (data / name).touch(mode=0o600)
        (data / name).write_bytes(content)
    link = folder / f"{data.name}.link"
    link.symlink_to(data.name)
    link.rename(folder / _DATA)
    for name in files:
        if not (folder / name).is_symlink():
            (folder / name).symlink_to(f"{_DATA}/{name}")
    if old.name != _DATA:
        shutil.rmtree(old, ignore_errors=True)
