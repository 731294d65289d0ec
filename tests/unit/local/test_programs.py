from __future__ import annotations

from pathlib import Path

import pytest

from local import programs
from local.errors import LocalError
from local.settings import StackSettings
from services.common.mesh.identity import MeshSecret


@pytest.fixture
def settings(tmp_path: Path) -> StackSettings:
    return StackSettings.on_free_ports(log_dir=tmp_path / "logs")


def state_of(path: Path) -> dict[str, bytes]:
    secrets = [programs.mesh_secret_file(path), *programs.keys_folder(path).glob("*.pem")]
    secrets += (path / programs.MESH).glob("*/tls.key")
    return {str(file): file.read_bytes() for file in secrets}


def test_secrets_are_made_once(settings: StackSettings, tmp_path: Path) -> None:
    programs.prepare(settings, tmp_path)
    MeshSecret.from_file(programs.mesh_secret_file(tmp_path))
    before = state_of(tmp_path)
    programs.prepare(settings, tmp_path)
    assert state_of(tmp_path) == before


def test_the_mesh_secret_of_an_older_version_stays_the_secret(settings: StackSettings, tmp_path: Path) -> None:
    """What is stored depends on it."""
    (tmp_path / "mesh-secret").write_bytes(b"s" * 64)
    programs.prepare(settings, tmp_path)
    assert programs.mesh_secret_file(tmp_path).read_bytes() == b"s" * 64
    assert not (tmp_path / "mesh-secret").exists()


def test_an_authority_that_cannot_be_used_is_named(settings: StackSettings, tmp_path: Path) -> None:
    programs.prepare(settings, tmp_path)
    (tmp_path / programs.MESH / "authority" / "tls.key").write_text("nonsense")
    with pytest.raises(LocalError, match="has no usable key; remove it to get a new authority"):
        programs.prepare(settings, tmp_path)
