"""The certificates of the control plane and the node, their kubeconfigs, and the key of service accounts."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from .paths import API_SERVICE, NODE, NODE_ADDRESS, PKI

_LIFE = timedelta(days=30)
_SKEW = timedelta(minutes=5)
_SERVER = f"https://{NODE_ADDRESS}:6443"
_API_NAMES = ("kubernetes", "kubernetes.default", "kubernetes.default.svc", "localhost")


@dataclass(frozen=True)
class Identity:
    """A certificate: its file, user, group, and the names and addresses that it serves."""

    file: str
    user: str
    group: str = ""
    names: Sequence[str] = ()
    addresses: Sequence[str] = ()
    has_kubeconfig: bool = False


IDENTITIES = (
    Identity("apiserver", "kube-apiserver", names=_API_NAMES, addresses=("127.0.0.1", API_SERVICE, NODE_ADDRESS)),
    Identity("kubelet-client", "kube-apiserver-kubelet-client", "system:masters"),
    Identity("front-proxy-client", "front-proxy-client"),
    Identity("admin", "admin", "system:masters", has_kubeconfig=True),
    Identity("controller-manager", "system:kube-controller-manager", has_kubeconfig=True),
    Identity("scheduler", "system:kube-scheduler", has_kubeconfig=True),
    Identity("proxy", "system:kube-proxy", has_kubeconfig=True),
    Identity("kubelet", f"system:node:{NODE}", "system:nodes", (NODE,), (NODE_ADDRESS,), has_kubeconfig=True),
)


def create() -> None:
    """Writes everything, unless it is there."""
    if (PKI / "complete").exists():
        return
    PKI.mkdir(parents=True, exist_ok=True)
    PKI.chmod(0o700)
    authority = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "cluster authority")])
    certificate = (
        _builder(name, name, authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .sign(authority, hashes.SHA256())
    )
    _write("ca", authority, certificate)
    for identity in IDENTITIES:
        key = ec.generate_private_key(ec.SECP256R1())
        _write(identity.file, key, _issue(identity, key.public_key(), name, authority))
        if identity.has_kubeconfig:
            _kubeconfig(identity.file)
    accounts = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (PKI / "sa.key").write_bytes(_private(accounts))
    (PKI / "sa.pub").write_bytes(accounts.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (PKI / "complete").touch()


def _issue(
    identity: Identity, key: ec.EllipticCurvePublicKey, issuer: x509.Name, authority: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, identity.user)]
    if identity.group:
        parts.insert(0, x509.NameAttribute(NameOID.ORGANIZATION_NAME, identity.group))
    usages = [ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH]
    builder = (
        _builder(x509.Name(parts), issuer, key)
        .add_extension(_usage(signs=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage(usages), critical=False)
    )
    others: list[x509.GeneralName] = [x509.DNSName(name) for name in identity.names]
    others += [x509.IPAddress(ipaddress.ip_address(address)) for address in identity.addresses]
    if others:
        builder = builder.add_extension(x509.SubjectAlternativeName(others), critical=False)
    return builder.sign(authority, hashes.SHA256())


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    return builder.serial_number(x509.random_serial_number()).not_valid_before(now - _SKEW).not_valid_after(now + _LIFE)


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs,
        crl_sign=signs,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _write(file: str, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> None:
    (PKI / f"{file}.key").write_bytes(_private(key))
    (PKI / f"{file}.crt").write_bytes(certificate.public_bytes(Encoding.PEM))


def _kubeconfig(file: str) -> None:
    cluster = {"server": _SERVER, "certificate-authority": str(PKI / "ca.crt")}
    user = {"client-certificate": str(PKI / f"{file}.crt"), "client-key": str(PKI / f"{file}.key")}
    config = {
        "apiVersion": "v1",
        "kind": "Config",
        "clusters": [{"name": "cluster", "cluster": cluster}],
        "users": [{"name": "user", "user": user}],
        "contexts": [{"name": "context", "context": {"cluster": "cluster", "user": "user"}}],
        "current-context": "context",
    }
    Path(PKI / f"{file}.conf").write_text(json.dumps(config, indent=1))
