"""Logs that programs keep open while they are rotated."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from local import log_files

WRITER = """
import sys
out = {}
for number in sys.stdin:
    out.write(f"line {{int(number)}}\\n")
    out.flush()
    print("written", file=sys.stderr, flush=True)
"""
# As Python programs write, and as Envoy writes its access log.
OUTPUTS = ["sys.stdout", "open('/dev/stdout', 'a')"]


@pytest.mark.parametrize("output", OUTPUTS)
def test_a_program_continues_in_the_same_log_and_the_end_of_the_old_one_is_kept(tmp_path: Path, output: str) -> None:
    path = tmp_path / "program.log"
    with log_files.open_log(path) as log:
        program = subprocess.Popen(
            [sys.executable, "-c", WRITER.format(output)],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.PIPE,
            text=True,
        )
    assert program.stdin is not None
    assert program.stderr is not None

    def write(*numbers: int) -> None:
        for number in numbers:
            program.stdin.write(f"{number}\n")  # type: ignore[union-attr]
            program.stdin.flush()  # type: ignore[union-attr]
            program.stderr.readline()  # type: ignore[union-attr]

    write(*range(100))
    log_files.rotate(path, bytes_max=70)
    write(100, 101)
    program.communicate()
    assert path.read_text() == "line 100\nline 101\n"
    assert path.with_suffix(".log.1").read_text() == "".join(f"line {number}\n" for number in range(92, 100))


def test_a_short_log_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "program.log"
    path.write_text("line\n" * 10)
    log_files.rotate(path, bytes_max=50)
    assert path.read_text() == "line\n" * 10
    assert list(tmp_path.iterdir()) == [path]


def test_a_log_that_cannot_be_copied_is_emptied(tmp_path: Path) -> None:
    path = tmp_path / "program.log"
    path.write_text("line\n" * 100)
    path.with_suffix(".log.1").mkdir()
    log_files.rotate(path, bytes_max=50)
    assert path.read_text() == ""
    assert sorted(one.name for one in tmp_path.iterdir()) == ["program.log", "program.log.1"]


def test_who_follows_a_log_sees_each_complete_line_once_and_goes_on_when_it_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "program.log"
    path.write_text("one\ntwo\nthr")
    lines, position = log_files.new_lines(path, 0)
    assert lines == ["one", "two"]
    path.write_text("one\ntwo\nthree\n")
    lines, position = log_files.new_lines(path, position)
    assert lines == ["three"]
    assert log_files.new_lines(path, position) == ([], position)
    path.write_text("four\n")
    assert log_files.new_lines(path, position) == (["four"], 5)


def test_the_last_lines_are_those_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "program.log"
    path.write_text("of the process before\n")
    begin = log_files.end(path)
    with path.open("a") as log:
        log.write("one\ntwo\nthree\n")
    assert list(log_files.last_lines(path, begin, 2, 1000)) == ["two", "three"]
    assert list(log_files.last_lines(path, begin, 9, 1000)) == ["one", "two", "three"]
    path.write_text("anew\n")
    assert list(log_files.last_lines(path, begin, 9, 1000)) == ["anew"]
