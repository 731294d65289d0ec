"""The Containerfiles: what they copy exists and reaches the context, and how they install."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from containers.images import IMAGES
from containers.tools import ROOT
from local import page

FILES = [ROOT / "containers" / f"{image}.Containerfile" for image in IMAGES]
INCLUDED = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]


def instructions(file: Path) -> Iterator[tuple[str, str]]:
    """Returns the instructions, with their arguments on one line."""
    lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
    for line in "\n".join(lines).replace("\\\n", "").splitlines():
        if line:
            name, _, arguments = line.partition(" ")
            yield name, arguments


def copied(file: Path) -> list[str]:
    """Returns the paths of this repository that a Containerfile copies."""
    copies = [arguments.split() for name, arguments in instructions(file) if name == "COPY"]
    return [path for words in copies if not words[0].startswith("--from") for path in words[:-1]]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_copied_path_exists_and_reaches_the_context(file: Path) -> None:
    assert copied(file)
    for path in copied(file):
        assert (ROOT / path).exists(), path
        parts = [Path(path), *Path(path).parents]
        assert any(part.match(pattern) for part in parts for pattern in INCLUDED), f"{path} is in .dockerignore"


def test_nothing_else_reaches_the_context() -> None:
    needed = [path for file in FILES for path in copied(file)]
    for pattern in INCLUDED:
        found = [str(path.relative_to(ROOT)) for path in ROOT.glob(pattern)]
        assert any(path.startswith(tuple(found)) for path in needed), pattern


def test_the_stage_of_the_page_has_all_that_a_build_is_made_from_at_the_same_places() -> None:
    found = list(instructions(ROOT / "containers" / "edge.Containerfile"))
    begin = found.index(("FROM", "${NODE} AS page"))
    end = next(at for at, (name, _) in enumerate(found) if name == "FROM" and at > begin)
    [folder] = [text for name, text in found[begin:end] if name == "WORKDIR"]
    copies = [text.split() for name, text in found[begin:end] if name == "COPY"]
    for source in page.SOURCES:
        [target] = [words[1] for words in copies if words[0] == source]
        place = os.path.normpath(f"{folder}/{target}" + ("" if (ROOT / source).is_dir() else Path(source).name))
        assert place == f"{Path(folder).parent}/{source}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_bases_come_from_arguments_with_a_tag(file: Path) -> None:
    found = list(instructions(file))
    arguments = dict(text.split("=", 1) for name, text in found if name == "ARG")
    assert {text.split()[0] for name, text in found if name == "FROM"} == {f"${{{name}}}" for name in arguments}
    assert all(re.search(r":[\w.-]+(@sha256:[0-9a-f]{64})?$", base) for base in arguments.values())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_packages_are_installed_by_hash_as_wheels(file: Path) -> None:
    [install] = [text for name, text in instructions(file) if name == "RUN" and "pip install" in text]
    assert {"--require-hashes", "--only-binary", ":all:", "--no-deps"} <= set(install.split())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_process_is_no_user_of_the_host_and_writes_no_bytecode(file: Path) -> None:
    text = file.read_text()
    assert "\nUSER 65532:65532\n" in text.rpartition("FROM")[2]
    assert "PYTHONDONTWRITEBYTECODE=1" in text
    assert "compileall" in text
