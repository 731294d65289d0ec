"""Compiles the contracts: `python -m local.contracts` (make gen).

Everything comes out of one image, a descriptor set with source information: what buf checks, what the stubs are
generated from and, stripped of comments, what Envoy transcodes by. The protos of others that ours import (google.api,
google.rpc, buf.validate) are taken as descriptors from the installed packages, so nothing is fetched and the rules
that the contracts name are those that the validator at run time knows.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from google.api import annotations_pb2, field_behavior_pb2, http_pb2, httpbody_pb2
from google.protobuf import any_pb2, descriptor_pb2, duration_pb2, empty_pb2, field_mask_pb2, timestamp_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_tools import protoc
from protovalidate._gen.buf.validate import validate_pb

from local import reference

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# google/rpc: Envoy renders the details of an error as JSON only when it knows their types.
EXTRA_FILES = ["google/rpc/status.proto", "google/rpc/error_details.proto", "buf/validate/validate.proto"]


def imported_descriptors() -> descriptor_pb2.FileDescriptorSet:
    """The descriptors of the files that our contracts import."""
    modules = (
        descriptor_pb2, any_pb2, duration_pb2, empty_pb2, field_mask_pb2, timestamp_pb2, http_pb2, annotations_pb2,
        field_behavior_pb2, httpbody_pb2, status_pb2, error_details_pb2,
    )  # fmt: skip
    files = [descriptor_pb2.FileDescriptorProto.FromString(module.DESCRIPTOR.serialized_pb) for module in modules]
    files.append(descriptor_pb2.FileDescriptorProto.FromString(validate_pb.desc().proto.to_binary()))
    return descriptor_pb2.FileDescriptorSet(file=files)


def compile_image(image: Path) -> None:
    """Writes the image of all contracts, with source information, to `image`."""
    sources = sorted(str(path.relative_to(ROOT / "proto")) for path in (ROOT / "proto").rglob("*.proto"))
    with tempfile.NamedTemporaryFile(suffix=".binpb") as imports:
        imports.write(imported_descriptors().SerializeToString())
        imports.flush()
        arguments = [
            f"--descriptor_set_in={imports.name}", f"--proto_path={ROOT / 'proto'}", f"--descriptor_set_out={image}",
            "--include_imports", "--include_source_info", *sources, *EXTRA_FILES,
        ]  # fmt: skip
        if protoc.main(["protoc", *arguments]) != 0:
            sys.exit("the contracts do not compile")


def strip(files: descriptor_pb2.FileDescriptorSet, stripped: Path) -> None:
    """Writes the image without comments and positions, the form that Envoy and the tests read."""
    for file in files.file:
        file.ClearField("source_code_info")
    stripped.parent.mkdir(parents=True, exist_ok=True)
    stripped.write_bytes(files.SerializeToString(deterministic=True))


def buf(*arguments: str) -> None:
    """Runs buf; leaves with its exit code when it fails."""
    done = subprocess.run([BIN / "buf", *arguments], cwd=ROOT, check=False)
    if done.returncode != 0:
        sys.exit(done.returncode)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.contracts", description=__doc__.partition("\n")[0])
    parser.add_argument("--lint", action="store_true", help="check the contracts and write nothing")
    parser.add_argument("--out", type=Path, default=ROOT / "gen", help="where the generated code goes (default: gen)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "cnop.binpb"
        compile_image(image)
        if options.lint:
            buf("lint", str(image))
            buf("format", "proto", "--diff", "--exit-code")
            return
        shutil.rmtree(options.out / "python", ignore_errors=True)
        buf("generate", str(image), "--output", str(options.out), "--path", "cnop", "--path", "buf")
        files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
        (options.out / "api.md").write_text(reference.render(files), encoding="utf-8")
        strip(files, options.out / "descriptors" / "cnop.binpb")


if __name__ == "__main__":
    main()
