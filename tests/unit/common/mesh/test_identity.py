from __future__ import annotations

from pathlib import Path

import pytest

from services.common.mesh.identity import Mesh, MeshSecret
from services.common.startup import StartupError

SECRET = bytes(range(1, 33))
MESH = Mesh("cnop", "local")


def test_a_service_is_identified_by_its_spiffe_id() -> None:
    assert MESH.spiffe_id("order") == "spiffe://cnop/local/order"
    assert MESH.service({"peer_spiffe_id": [b"spiffe://cnop/local/order"]}) == "order"


@pytest.mark.parametrize(
    "auth_context",
    [
        {},
        {"peer_spiffe_id": []},
        {"peer_spiffe_id": [b""]},
        {"peer_spiffe_id": [b"spiffe://cnop/local/"]},
        {"peer_spiffe_id": [b"spiffe://cnop/local"]},
        {"peer_spiffe_id": [b"spiffe://cnop/local/order/more"]},
        {"peer_spiffe_id": [b"spiffe://cnop/other/order"]},
        {"peer_spiffe_id": [b"spiffe://other/local/order"]},
        {"peer_spiffe_id": [b"spiffe://cnop.other/local/order"]},
        {"peer_spiffe_id": [b"https://cnop/local/order"]},
        {"peer_spiffe_id": [b"spiffe://cnop/local/order", b"spiffe://cnop/local/user"]},
        {"peer_uri": [b"spiffe://cnop/local/order"]},
        {"x509_common_name": [b"order"], "peer_dns": [b"order"]},
    ],
    ids=str,
)
def test_any_other_certificate_identifies_no_service(auth_context: dict[str, list[bytes]]) -> None:
    assert MESH.service(auth_context) == ""


def test_the_id_of_a_service_tells_its_mesh() -> None:
    assert Mesh.of("spiffe://cnop/local/order") == MESH
    assert MESH.dns_name("user") == "user.local.cnop"
    assert Mesh.of("spiffe://example.org/prod/edge").dns_name("order") == "order.prod.example.org"


@pytest.mark.parametrize(
    "uri", ["", "spiffe://cnop", "spiffe://cnop/local", "spiffe://cnop//order", "https://cnop/local/order"]
)
def test_an_id_of_another_form_is_rejected(uri: str) -> None:
    with pytest.raises(ValueError, match="spiffe://<trust domain>/<namespace>/<service>"):
        Mesh.of(uri)


def test_each_use_has_its_own_key() -> None:
    secret = MeshSecret(SECRET)
    keys = {secret.derive(use) for use in ("page-tokens", "others", "")}
    assert len(keys) == 3
    assert secret.derive("page-tokens") == MeshSecret(SECRET).derive("page-tokens")


def test_a_short_secret_is_rejected() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        MeshSecret(SECRET[:-1])


def test_the_secret_file_may_end_with_a_newline(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_bytes(b"0123456789abcdef0123456789abcdef\n")
    assert MeshSecret.from_file(file).derive("x") == MeshSecret(b"0123456789abcdef0123456789abcdef").derive("x")


@pytest.mark.parametrize("content", [None, b"", b"short\n"])
def test_the_error_names_a_secret_file_that_is_missing_or_too_short(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(StartupError, match=str(file)):
        MeshSecret.from_file(file)
