"""The certificate authority of a mesh."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

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

from services.bootstrap.secret import Files, Secret
from services.common.mesh.certificates import AUTHORITIES, CERTIFICATE, KEY
from services.common.startup import StartupError

_LIFE = timedelta(days=3650)
_CLOCK_SKEW = timedelta(minutes=5)
_COMMON_NAME_MAX = 64


@dataclass(frozen=True)
class Authority:
    """Signs certificates."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def new(cls) -> Authority:
        key, name, now = ec.generate_private_key(ec.SECP256R1()), _name("cnop authority"), datetime.now(UTC)
        unsigned = (
            _builder(name, name, key.public_key(), now - _CLOCK_SKEW, now + _LIFE)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_key_usage(signs_certificates=True), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        )
        return cls(key, unsigned.sign(key, hashes.SHA256()))

    @classmethod
    def of(cls, secret: Secret) -> Authority:
        """Loads the authority from its secret, or creates it. Raises StartupError if it cannot be used."""
        files = secret.change(lambda files: files if KEY in files else cls.new().files()).after
        try:
            key = load_pem_private_key(files[KEY], password=None)
            certificate = x509.load_pem_x509_certificate(files[CERTIFICATE])
        except (KeyError, ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise StartupError(f"{secret} has no usable key; remove it to get a new authority: {error!r}") from None
        if not isinstance(key, ec.EllipticCurvePrivateKey) or certificate.public_key() != key.public_key():
            raise StartupError(f"{secret} has no EC key of its certificate; remove it to get a new authority")
        return cls(key, certificate)

    def files(self) -> Files:
        """Returns the files of its secret."""
        return {KEY: _pem(self.key), CERTIFICATE: self.certificate.public_bytes(Encoding.PEM)}

    def issue(self, uri: str, names: Sequence[str], life: timedelta, begin: datetime | None = None) -> Files:
        """Returns a new certificate with its key and this authority."""
        key, begin = ec.generate_private_key(ec.SECP256R1()), begin or datetime.now(UTC)
        issuer = self.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
        subject = _name(names[0][:_COMMON_NAME_MAX])  # which nobody reads
        usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
        unsigned = (
            _builder(subject, self.certificate.subject, key.public_key(), begin - _CLOCK_SKEW, begin + life)
            .add_extension(_alternatives(uri, names), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_key_usage(signs_certificates=False), critical=True)
            .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False)
        )
        return {
            CERTIFICATE: unsigned.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM),
            KEY: _pem(key),
            AUTHORITIES: self.certificate.public_bytes(Encoding.PEM),
        }

    def is_fresh(self, files: Files, uri: str, names: Sequence[str]) -> bool:
        """Whether a certificate is of this authority and these names, with its key and over half its life left."""
        try:
            certificate = x509.load_pem_x509_certificate(files[CERTIFICATE])
            certificate.verify_directly_issued_by(self.certificate)
            said = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
            key = load_pem_private_key(files[KEY], password=None)
            authorities = x509.load_pem_x509_certificates(files[AUTHORITIES])
        except (KeyError, ValueError, TypeError, InvalidSignature, UnsupportedAlgorithm, x509.ExtensionNotFound):
            return False
        belongs = key.public_key() == certificate.public_key() and self.certificate in authorities
        begin, end = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        return belongs and said == _alternatives(uri, names) and end - datetime.now(UTC) > (end - begin) / 2


def expires_at(files: Files) -> datetime:
    """Returns when a certificate expires."""
    return x509.load_pem_x509_certificate(files[CERTIFICATE]).not_valid_after_utc


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
