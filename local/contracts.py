"""Compiles the contracts: `python -m local.contracts` (make gen, make lint, make gen-check).

Everything comes out of one image, a descriptor set with source information: what buf checks, what the stubs are
generated from and, stripped of comments, what Envoy transcodes by. The protos of others that ours import (google.api,
google.rpc, buf.validate) are taken as descriptors from the installed packages, so nothing is fetched and the rules
that the contracts name are those that the validator at run time knows.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from google.api import annotations_pb2, field_behavior_pb2, http_pb2, httpbody_pb2
from google.protobuf import any_pb2, descriptor_pb2, duration_pb2, empty_pb2, field_mask_pb2, timestamp_pb2
from google.rpc import error_details_pb2, status_pb2
from grpc_tools import protoc
from protovalidate._gen.buf.validate import validate_pb

from local import reference
from local.errors import LocalError
from local.languages import LANGUAGES, buf, generate
from local.paths import ROOT

GEN = ROOT / "gen"
# What is made beside the code: files, and folders that hold nothing else.
DOCUMENTS = ("api.md", "descriptors")

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
    """Writes the image of all contracts, with source information, to `image`. Raises LocalError when it cannot."""
    sources = sorted(str(path.relative_to(ROOT / "proto")) for path in (ROOT / "proto").rglob("*.proto"))
    with tempfile.NamedTemporaryFile(suffix=".binpb") as imports:
        imports.write(imported_descriptors().SerializeToString())
        imports.flush()
        arguments = [
            f"--descriptor_set_in={imports.name}", f"--proto_path={ROOT / 'proto'}", f"--descriptor_set_out={image}",
            "--include_imports", "--include_source_info", *sources, *EXTRA_FILES,
        ]  # fmt: skip
        if protoc.main(["protoc", *arguments]) != 0:
            raise LocalError("the contracts do not compile")


def strip(files: descriptor_pb2.FileDescriptorSet, stripped: Path) -> None:
    """Writes the image without comments and positions, the form that Envoy and the tests read."""
    for file in files.file:
        file.ClearField("source_code_info")
    stripped.parent.mkdir(parents=True, exist_ok=True)
    stripped.write_bytes(files.SerializeToString(deterministic=True))


def lint(image: Path) -> None:
    """Raises LocalError when the contracts break a rule of style."""
    buf("lint", str(image))
    buf("format", "proto", "--diff", "--exit-code")


def write(image: Path, out: Path, languages: Collection[str]) -> None:
    """Writes all that is made from the contracts, in place of what was there. Raises LocalError when it cannot."""
    for made in _made(languages):
        shutil.rmtree(out / made, ignore_errors=True)
    for language in languages:
        generate(language, image, out)
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    (out / "api.md").write_text(reference.render(files), encoding="utf-8")
    strip(files, out / "descriptors" / "cnop.binpb")


def check(image: Path, languages: Collection[str]) -> None:
    """Raises LocalError when gen/ is not what the contracts say."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write(image, fresh, languages)
        different = sorted(set(_differences(fresh, GEN, _made(languages))))
    if different:
        raise LocalError("\n  ".join(["gen/ is not what the contracts say (make gen puts it right):", *different]))


def _made(languages: Collection[str]) -> list[str]:
    return [*DOCUMENTS, *(tree for language in languages for tree in LANGUAGES[language].trees)]


def _differences(one: Path, other: Path, made: Collection[str]) -> Iterator[str]:
    for name in made:
        for path in (*_files(one / name), *_files(other / name)):
            inside = path.relative_to(one if path.is_relative_to(one) else other)
            pair = (one / inside, other / inside)
            if not all(file.is_file() for file in pair) or pair[0].read_bytes() != pair[1].read_bytes():
                yield str(inside)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    yield from (file for file in path.rglob("*") if file.is_file() and file.parent.name != "__pycache__")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.contracts", description=__doc__.partition("\n")[0])
    parser.add_argument("languages", nargs="*", metavar="language", help=f"of {', '.join(LANGUAGES)} (default: all)")
    parser.add_argument("--lint", action="store_true", help="check the contracts and write nothing")
    parser.add_argument("--check", action="store_true", help="check that gen/ is up to date and write nothing")
    options = parser.parse_args()
    languages = options.languages or list(LANGUAGES)
    if unknown := set(languages) - set(LANGUAGES):
        parser.error(f"no such language: {', '.join(sorted(unknown))}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            image = Path(folder) / "cnop.binpb"
            compile_image(image)
            if options.lint:
                lint(image)
            if options.check:
                check(image, languages)
            if not options.lint and not options.check:
                write(image, GEN, languages)
    except LocalError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
