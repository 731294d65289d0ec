from __future__ import annotations

import logging
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from local import authority
from services.common.mesh.certificates import Certificates
from services.common.startup import StartupError
from tests.issuing import issue

FILES = ("tls.crt", "tls.key", "ca.crt")


@pytest.fixture
def mesh(tmp_path: Path) -> Path:
    authority.ensure(tmp_path)
    return tmp_path


def plain(mesh: Path, folder: Path) -> Path:
    """Copies the certificate of the user service to a folder of plain files, without the symbolic links of a mount."""
    folder.mkdir()
    for name in FILES:
        (folder / name).write_bytes((mesh / "user" / name).read_bytes())
    return folder


def test_newest_returns_the_same_object_until_the_files_change(mesh: Path) -> None:
    certificates = Certificates(mesh / "user")
    first = certificates.newest()
    assert first.chain == (mesh / "user" / "tls.crt").read_bytes()
    assert certificates.newest() is first
    authority.rotate(mesh)
    second = certificates.newest()
    assert second is not first
    assert second.chain == (mesh / "user" / "tls.crt").read_bytes() != first.chain
    assert certificates.newest() is second


@pytest.mark.parametrize("name", ["tls.crt", "tls.key"])
def test_a_key_of_another_certificate_is_not_used(
    mesh: Path, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder = plain(mesh, tmp_path / "plain")
    certificates = Certificates(folder)
    before = certificates.newest()
    (folder / name).write_bytes((mesh / "order" / name).read_bytes())
    with caplog.at_level(logging.WARNING):
        assert certificates.newest() is before
        assert certificates.newest() is before
    assert [record.message for record in caplog.records] == ["certificate not renewed"], "logged once"
    assert "PRIVATE" not in repr([vars(record) for record in caplog.records])
    for each in FILES:
        (folder / each).write_bytes((mesh / "order" / each).read_bytes())
    assert certificates.newest().key == (mesh / "order" / "tls.key").read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"nonsense"])
@pytest.mark.parametrize("name", FILES)
def test_the_previous_certificate_stays_while_a_file_is_missing_or_malformed(
    mesh: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    folder = plain(mesh, tmp_path / "plain")
    certificates = Certificates(folder)
    before = certificates.newest()
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    assert certificates.newest() is before


def test_a_key_with_a_password_is_not_used(mesh: Path, tmp_path: Path) -> None:
    folder = plain(mesh, tmp_path / "plain")
    certificates = Certificates(folder)
    before = certificates.newest()
    key = load_pem_private_key(before.key, password=None)
    encrypted = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"password"))
    (folder / "tls.key").write_bytes(encrypted)
    assert certificates.newest() is before


def test_a_certificate_without_a_spiffe_id_is_not_used(mesh: Path) -> None:
    certificates = Certificates(mesh / "user")
    before = certificates.newest()
    issue(authority.of(mesh), mesh / "user", "https://cnop/user", [authority.dns_name("user")])
    assert certificates.newest() is before
    with pytest.raises(StartupError, match="spiffe://"):
        Certificates(mesh / "user")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_malformed_file_is_an_error_at_startup(mesh: Path, tmp_path: Path, name: str) -> None:
    folder = plain(mesh, tmp_path / "plain")
    (folder / name).write_bytes(b"nonsense")
    with pytest.raises(StartupError, match=str(folder)):
        Certificates(folder)
    (folder / name).unlink()
    with pytest.raises(StartupError, match=str(folder)):
        Certificates(folder)
