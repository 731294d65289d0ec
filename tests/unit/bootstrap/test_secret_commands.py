"""The commands on a folder, as a container without Kubernetes runs them."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from importlib import metadata
from pathlib import Path

import pytest
from cryptography import x509

from local.paths import ROOT
from services.bootstrap.certificates import PARTS
from services.common import times
from services.common.mesh.certificates import Certificates
from services.common.mesh.identity import Mesh, MeshSecret
from services.user.sessions.signing import SigningKeys


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "services.bootstrap", *arguments)
    return capture(command, **environ)


def capture(command: tuple[str, ...], **environ: str) -> subprocess.CompletedProcess[str]:
    env = {"PYTHONPATH": ":".join(sys.path), **environ}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    links = (path for path in folder.rglob("*") if path.is_symlink() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in links}


def serial(folder: Path) -> int:
    return x509.load_pem_x509_certificate((folder / "tls.crt").read_bytes()).serial_number


def test_create_writes_what_the_services_read(tmp_path: Path) -> None:
    done = run("create", "--write", str(tmp_path), CNOP_MESH_NAMESPACE="prod", CNOP_MESH_TRUST_DOMAIN="example.org")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2 + len(PARTS)
    SigningKeys.from_folder(tmp_path / "keys", 120, times.now)
    MeshSecret.from_file(tmp_path / "mesh" / "secret")
    for part in PARTS:
        certificate = Certificates(tmp_path / f"{part}-tls").newest()
        assert certificate.mesh == Mesh("example.org", "prod")
        assert timedelta(days=29) < certificate.expires_at - times.now() < timedelta(days=30)
    before = contents(tmp_path)
    assert run("create", "--write", str(tmp_path), "--namespace", "prod", "--trust-domain", "example.org").stdout
    assert contents(tmp_path) == before


def test_rotations_renew_certificates_and_wait_for_a_new_key(tmp_path: Path) -> None:
    run("create", "--write", str(tmp_path))
    before = {part: serial(tmp_path / f"{part}-tls") for part in PARTS}
    [authority] = {serial(tmp_path / "authority-tls")}
    assert [line.partition(":")[0] for line in run("rotate-certs", "--write", str(tmp_path)).stdout.splitlines()] == [
        *PARTS
    ]
    assert not [part for part in PARTS if serial(tmp_path / f"{part}-tls") == before[part]]
    assert serial(tmp_path / "authority-tls") == authority
    assert run("rotate-keys", "--write", str(tmp_path)).stdout.startswith("added no key")
    assert run("rotate-keys", "--write", str(tmp_path), CNOP_KEY_ACTIVATION_SECONDS="0").stdout.startswith("added 2")
    assert len(list((tmp_path / "keys").glob("*.pem"))) == 2


def test_the_life_of_tokens_and_the_activation_decide_when_keys_go(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    for hours in (5, 3):
        made = times.now() - timedelta(hours=hours)
        (tmp_path / "keys" / f"{made:%Y%m%dT%H%M%SZ}-aa.pem").write_bytes(b"")
    assert "removed" not in run("rotate-keys", "--write", str(tmp_path), CNOP_TOKEN_SECONDS="14400").stdout
    assert "removed" in run("rotate-keys", "--write", str(tmp_path)).stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create",), "one of the arguments --write --kubernetes is required"),
        (("create", "certs", "--write", "x"), "no kind certs; the kinds are keys, mesh, certificates"),
        (("create", "--write", "/proc/no", "keys"), "create failed: "),
        (("create", "--write", "x", "--namespace", "a/b"), "spiffe://cnop/a/b/... is no SPIFFE id"),
        (("create", "--write", "x", "--trust-domain", "A"), "is no SPIFFE id"),
        (("rotate-certs", "--write", "x", "--days", "0"), "--days must be more than 0"),
        (("create", "--kubernetes"), "works only in a pod"),
    ],
    ids=str,
)
def test_a_mistake_is_explained(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (ROOT / "x").exists()


def test_a_broken_authority_is_named(tmp_path: Path) -> None:
    run("create", "--write", str(tmp_path))
    (tmp_path / "authority-tls" / "tls.crt").write_text("nonsense")
    done = run("rotate-certs", "--write", str(tmp_path))
    assert f"{tmp_path / 'authority-tls'} has no usable key; remove it to get a new authority" in done.stderr


def test_help_lists_the_settings() -> None:
    assert {"CNOP_KEY_ACTIVATION_SECONDS", "CNOP_TOKEN_SECONDS", "CNOP_MESH_NAMESPACE"} <= set(
        run("--help").stdout.split()
    )


def test_the_commands_need_only_packages_of_the_services_image() -> None:
    code = "import sys, services.bootstrap.__main__ as m; print(*{name.partition('.')[0] for name in sys.modules})"
    loaded = capture((sys.executable, "-c", code)).stdout.split()
    lock = (ROOT / "requirements" / "services.txt").read_text().split()
    locked = {word.partition("==")[0] for word in lock if "==" in word}
    of = metadata.packages_distributions()
    packages = {module: {name.lower().replace("_", "-") for name in of.get(module, ())} for module in loaded}
    ours = {"services", "cnop", "cnop_client"}
    optional = {"_distutils_hack", "grpc_tools"}  # setuptools and grpc import them where they are installed
    assert "cryptography" in loaded
    foreign = {module for module, names in packages.items() if names and not names & locked}
    assert not foreign - ours - optional
