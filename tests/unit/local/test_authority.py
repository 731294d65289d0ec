from __future__ import annotations

import asyncio
import stat
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from local import authority
from local.authority import LIFE
from services.bootstrap.certificates import PARTS
from tests.issuing import issue


def certificate(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes())


def names(part: str) -> list[str]:
    return [authority.dns_name(part), "localhost"]


@pytest.fixture
def mesh(tmp_path: Path) -> Path:
    authority.ensure(tmp_path / "mesh")
    return tmp_path / "mesh"


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_a_short_lived_certificate_of_its_own(mesh: Path, part: str) -> None:
    leaf = certificate(mesh / part)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == [f"spiffe://cnop/local/{part}"]
    assert names.get_values_for_type(x509.DNSName) == [f"{part}.local.cnop", "localhost"]
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert leaf.not_valid_after_utc - datetime.now(UTC) <= LIFE
    leaf.verify_directly_issued_by(x509.load_pem_x509_certificate((mesh / part / "ca.crt").read_bytes()))
    key = load_pem_private_key((mesh / part / "tls.key").read_bytes(), password=None)
    assert key.public_key() == leaf.public_key()


def test_only_the_owner_can_read_keys(mesh: Path) -> None:
    keys = [file for file in mesh.rglob("*.key") if not file.is_symlink()]
    assert len(keys) == len(PARTS) + 1, "old keys must be removed"
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_a_start_renews_only_certificates_with_less_than_half_of_their_life_left(mesh: Path) -> None:
    issuer = authority.of(mesh)
    half_expired = datetime.now(UTC) - LIFE / 2 - timedelta(hours=1)
    issue(issuer, mesh / "user", authority.spiffe_id("user"), names("user"), begin=half_expired)
    before = {part: certificate(mesh / part).serial_number for part in PARTS}
    authority.ensure(mesh)
    after = {part: certificate(mesh / part).serial_number for part in PARTS}
    assert {part for part in PARTS if before[part] != after[part]} == {"user"}


@pytest.mark.parametrize("content", [None, b"nonsense"])
def test_a_missing_or_broken_certificate_is_reissued(mesh: Path, content: bytes | None) -> None:
    file = (mesh / "order" / "tls.crt").resolve()
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    authority.ensure(mesh)
    assert certificate(mesh / "order").subject.rfc4514_string() == "CN=order.local.cnop"


@pytest.mark.parametrize("name", ["tls.key", "ca.crt"])
def test_a_certificate_with_the_key_or_authority_of_another_is_reissued(mesh: Path, tmp_path: Path, name: str) -> None:
    authority.ensure(tmp_path / "other")
    (mesh / "order" / name).resolve().write_bytes((tmp_path / "other" / "order" / name).read_bytes())
    before = certificate(mesh / "order").serial_number
    authority.ensure(mesh)
    assert certificate(mesh / "order").serial_number != before


@pytest.mark.parametrize(
    ("uri", "name"), [("spiffe://cnop/local/order", "order"), ("spiffe://cnop/other/order", "order.local.cnop")]
)
def test_a_certificate_with_another_id_or_other_names_is_reissued(mesh: Path, uri: str, name: str) -> None:
    """As certificates of older versions do."""
    issue(authority.of(mesh), mesh / "order", uri, [name, "localhost"])
    before = {part: certificate(mesh / part).serial_number for part in PARTS}
    authority.ensure(mesh)
    after = {part: certificate(mesh / part).serial_number for part in PARTS}
    assert {part for part in PARTS if before[part] != after[part]} == {"order"}
    assert certificate(mesh / "order").subject.rfc4514_string() == "CN=order.local.cnop"


def test_certificates_of_another_authority_are_replaced(mesh: Path, tmp_path: Path) -> None:
    issue(authority.of(tmp_path / "other"), mesh / "order", authority.spiffe_id("order"), names("order"))
    authority.ensure(mesh)
    certificate(mesh / "order").verify_directly_issued_by(authority.of(mesh).certificate)


def test_a_rotation_replaces_all_certificates_but_not_the_authority(mesh: Path) -> None:
    signer = authority.of(mesh).certificate
    before = {part: certificate(mesh / part).serial_number for part in PARTS}
    expires = authority.rotate(mesh)
    assert set(expires) == set(PARTS)
    assert all(certificate(mesh / part).serial_number != before[part] for part in PARTS)
    assert authority.of(mesh).certificate == signer


def test_a_reader_never_sees_a_key_that_does_not_belong_to_its_certificate(mesh: Path) -> None:
    done = threading.Event()

    def rotate() -> None:
        for _ in range(20):
            authority.rotate(mesh)
        done.set()

    thread = threading.Thread(target=rotate)
    thread.start()
    seen = 0
    while not done.is_set():
        try:
            folder = (mesh / "user" / "..data").resolve()
            files = [(folder / name).read_bytes() for name in ("tls.crt", "tls.key")]
        except FileNotFoundError:
            continue  # a rotation replaced the folder
        leaf = x509.load_pem_x509_certificate(files[0])
        assert load_pem_private_key(files[1], password=None).public_key() == leaf.public_key()
        seen += 1
    thread.join()
    assert seen


async def test_certificates_of_a_long_run_are_renewed_meanwhile(mesh: Path) -> None:
    half_expired = datetime.now(UTC) - LIFE / 2 - timedelta(hours=1)
    issue(authority.of(mesh), mesh / "user", authority.spiffe_id("user"), names("user"), begin=half_expired)
    before, reports = certificate(mesh / "user").serial_number, []
    renewal = asyncio.create_task(authority.keep_fresh(mesh, lambda name, text: reports.append(text), seconds=0.01))
    for _ in range(500):
        if certificate(mesh / "user").serial_number != before:
            break
        await asyncio.sleep(0.01)
    assert certificate(mesh / "user").serial_number != before
    assert not reports
    (mesh / "authority" / "tls.key").resolve().write_text("nonsense")
    for _ in range(500):
        if reports:
            break
        await asyncio.sleep(0.01)
    assert reports[0].startswith("not renewed: ")
    assert not renewal.done(), "the task must survive the error"
    renewal.cancel()
