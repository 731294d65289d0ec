from __future__ import annotations

from pathlib import Path

import pytest

from services.common.errors import Unauthenticated
from services.common.mesh import IDENTITY_HEADER, KEY_HEADER, MeshSecret

SECRET = bytes(range(1, 33))


def metadata(identity: str = "order", secret: bytes = SECRET) -> dict[str, str | bytes]:
    return dict(MeshSecret(secret).credentials(identity))


def test_a_service_that_shows_the_key_of_its_name_is_known() -> None:
    assert MeshSecret(SECRET).identify(metadata("order")) == "order"


@pytest.mark.parametrize(
    "shown",
    [
        {},
        {IDENTITY_HEADER: "order"},
        {KEY_HEADER: dict(metadata())[KEY_HEADER]},
        {**metadata("order"), IDENTITY_HEADER: "user"},
        {**metadata("order"), KEY_HEADER: ""},
        {**metadata("order"), KEY_HEADER: "ü"},
        {**metadata("order"), KEY_HEADER: str(metadata()[KEY_HEADER])[:-1]},
        {**metadata("order"), KEY_HEADER: str(metadata()[KEY_HEADER]).encode()},
        metadata("order", secret=bytes(32)),
    ],
    ids=["nothing", "no key", "no name", "another name", "empty", "not ascii", "cut", "bytes", "another secret"],
)
def test_who_does_not_show_it_is_nobody(shown: dict[str, str | bytes]) -> None:
    with pytest.raises(Unauthenticated) as refusal:
        MeshSecret(SECRET).identify(shown)
    assert refusal.value.reason == "MESH_IDENTITY_REQUIRED"


def test_what_a_service_shows_gives_the_secret_not_away() -> None:
    shown = b"".join(str(value).encode() for value in metadata().values())
    assert SECRET not in shown
    assert SECRET.hex().encode() not in shown


def test_each_use_has_a_key_of_its_own() -> None:
    mesh = MeshSecret(SECRET)
    keys = {mesh.derive(use) for use in ("page-tokens", "mesh:order", "mesh:user", "")}
    assert len(keys) == 4
    assert mesh.derive("page-tokens") == MeshSecret(SECRET).derive("page-tokens")


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        MeshSecret(SECRET[:-1])


def test_the_file_may_end_with_a_newline(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    assert MeshSecret.from_file(file).derive("x") == MeshSecret(b"0123456789abcdef0123456789abcdef").derive("x")


@pytest.mark.parametrize("content", [None, b"", b"short\n"])
def test_a_file_that_is_missing_or_short_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(SystemExit, match=str(file)):
        MeshSecret.from_file(file)
