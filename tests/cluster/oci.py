"""Writes the smallest image there is: one program, as an OCI archive that containerd imports."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

_NAME = "org.opencontainers.image.ref.name"
_IMPORTED_AS = "io.containerd.image.name"
_TYPE = "application/vnd.oci.image"


def write(archive: Path, name: str, program: Path) -> None:
    """Writes an image whose only file is a static program, which it runs as nobody."""
    layer = _tar({program.name: program.read_bytes()}, mode=0o755)
    blobs: dict[str, bytes] = {}

    def add(content: bytes, kind: str) -> dict[str, Any]:
        digest = hashlib.sha256(content).hexdigest()
        blobs[f"blobs/sha256/{digest}"] = content
        return {"mediaType": f"{_TYPE}.{kind}", "digest": f"sha256:{digest}", "size": len(content)}

    layers = [add(layer, "layer.v1.tar")]
    config = {
        "architecture": "amd64",
        "os": "linux",
        "config": {"Entrypoint": [f"/{program.name}"], "User": "65535:65535"},
        "rootfs": {"type": "layers", "diff_ids": [layers[0]["digest"]]},
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": f"{_TYPE}.manifest.v1+json",
        "config": add(_json(config), "config.v1+json"),
        "layers": layers,
    }
    entry = add(_json(manifest), "manifest.v1+json")
    entry["annotations"] = {_NAME: name.rpartition(":")[2], _IMPORTED_AS: name}
    index = {"schemaVersion": 2, "manifests": [entry]}
    layout = {"oci-layout": _json({"imageLayoutVersion": "1.0.0"}), "index.json": _json(index)}
    archive.write_bytes(_tar({**layout, **blobs}))


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def _tar(files: dict[str, bytes], mode: int = 0o644) -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), mode
            tar.addfile(info, io.BytesIO(content))
    return output.getvalue()
