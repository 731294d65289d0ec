"""The certificates and keys of an API server on loopback, as files in a folder."""

from __future__ import annotations

import ipaddress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import NameOID

LIFE = timedelta(days=1)
ADMINS = "system:masters"  # the group that may do everything


def create(folder: Path) -> None:
    """Writes ca.crt, server.crt, admin.crt (of a member of ADMINS), their keys, and the pair sa.key, sa.pub."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    authority_key, authority = _authority()
    _write(folder / "ca.crt", authority.public_bytes(Encoding.PEM))
    for name, common_name, group in (("server", "kube-apiserver", ""), ("admin", "admin", ADMINS)):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = [x509.NameAttribute(NameOID.COMMON_NAME, common_name)]
        if group:
            subject.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, group))
        certificate = (
            _builder(x509.Name(subject), authority.subject, key.public_key())
            .add_extension(x509.SubjectAlternativeName(_NAMES), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False
            )
            .sign(authority_key, hashes.SHA256())
        )
        _write(folder / f"{name}.crt", certificate.public_bytes(Encoding.PEM))
        _write(folder / f"{name}.key", _pem(key))
    accounts = ec.generate_private_key(ec.SECP256R1())  # signs the tokens of service accounts
    _write(folder / "sa.key", _pem(accounts))
    _write(folder / "sa.pub", accounts.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


_SIGNS_CERTIFICATES = x509.KeyUsage(
    digital_signature=False,
    key_cert_sign=True,
    crl_sign=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    encipher_only=False,
    decipher_only=False,
)
_NAMES = [
    x509.DNSName("localhost"),
    x509.DNSName("kubernetes.default.svc"),
    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
]


def _authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test authority")])
    # What OpenSSL asks of a CA when it is strict, as in Python 3.13.
    unsigned = (
        _builder(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_SIGNS_CERTIFICATES, critical=True)
    )
    return key, unsigned.sign(key, hashes.SHA256())


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    begin, end = now - timedelta(minutes=5), now + LIFE
    return x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), begin, end)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
