"""Compiles the contracts: `python -m codegen.contracts` (make gen, make lint, make gen-check).

Everything comes from one image, a descriptor set with source information: buf checks it, the stubs are generated from
it, and Envoy transcodes with a copy without comments.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

from google.protobuf import descriptor_pb2

from codegen import methods, overview, service_config
from codegen.errors import CodegenError
from codegen.image import compile_image
from codegen.languages import LANGUAGES, buf, generate
from codegen.openapi import document
from codegen.paths import GEN
from codegen.services import services

# Generated files other than code, and folders that contain nothing else.
DOCUMENTS = ("api.md", "descriptors", "methods.json", "openapi", "service-config.json")


def lint(image: Path) -> None:
    """Raises CodegenError if the contracts violate a lint or format rule."""
    buf("lint", str(image))
    buf("format", "proto", "--diff", "--exit-code")


def write(image: Path, out: Path, languages: Collection[str]) -> None:
    """Writes everything that is generated from the contracts to an empty folder. Raises CodegenError if it cannot."""
    for language in languages:
        generate(language, image, out)
    files = descriptor_pb2.FileDescriptorSet.FromString(image.read_bytes())
    (out / "api.md").write_text(overview.render(services(files)), encoding="utf-8")
    (out / "openapi").mkdir()
    (out / "openapi" / "cnop.json").write_text(document.render(files), encoding="utf-8")
    (out / "methods.json").write_text(methods.render(files), encoding="utf-8")
    (out / "service-config.json").write_text(service_config.render(files), encoding="utf-8")
    (out / "descriptors").mkdir()
    compile_image(out / "descriptors" / "cnop.binpb")  # without comments, for Envoy and the tests


def replace(image: Path, languages: Collection[str]) -> None:
    """Regenerates gen/. Raises CodegenError and leaves gen/ unchanged if anything fails."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write(image, fresh, languages)
        for name in made(languages):
            shutil.rmtree(GEN / name, ignore_errors=True)
            shutil.move(fresh / name, GEN / name)


def check(image: Path, languages: Collection[str]) -> None:
    """Raises CodegenError if gen/ is out of date."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write(image, fresh, languages)
        different = sorted(set(differences(fresh, GEN, made(languages))))
    if different:
        raise CodegenError("\n  ".join(["gen/ is out of date; run make gen. These files differ:", *different]))


def made(languages: Collection[str]) -> list[str]:
    """Returns the generated files and folders in gen/."""
    return [*DOCUMENTS, *(tree for language in languages for tree in LANGUAGES[language].trees)]


def differences(one: Path, other: Path, names: Collection[str]) -> Iterator[str]:
    """Yields the generated files that differ between two folders."""
    for name in names:
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
    parser = argparse.ArgumentParser(prog="python -m codegen.contracts", description=__doc__.partition("\n")[0])
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
            compile_image(image, with_comments=True)
            if options.lint:
                lint(image)
            if options.check:
                check(image, languages)
            if not options.lint and not options.check:
                replace(image, languages)
    except CodegenError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
