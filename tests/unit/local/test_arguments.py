from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from local import arguments


@pytest.mark.parametrize("text", ["-1", "65536", "99999", "1e3", "", " 80", "\uff18\uff10", "http"])
def test_what_is_no_port_is_refused_with_what_to_use(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"use a number from 1 to 65535, or 0 for a free one$"):
        arguments.port(text)


@pytest.mark.parametrize(("text", "port"), [("0", 0), ("1", 1), ("65535", 65535), ("08080", 8080)])
def test_a_port_is_a_number(text: str, port: int) -> None:
    assert arguments.port(text) == port


def test_a_running_program_has_no_port_0() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"use a number from 1 to 65535$"):
        arguments.used_port("0")
    assert arguments.used_port("8000") == 8000


def test_levels_are_those_of_logging_in_any_case() -> None:
    assert arguments.log_level("warning") == "WARNING"
    with pytest.raises(argparse.ArgumentTypeError, match="'LOUD' is no level: use DEBUG, INFO, WARNING, ERROR or CRIT"):
        arguments.log_level("LOUD")


def test_a_path_is_absolute_and_never_empty() -> None:
    assert arguments.path("some where") == Path.cwd() / "some where"
    with pytest.raises(argparse.ArgumentTypeError, match="empty"):
        arguments.path(" ")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "nan", "many", ""])
def test_a_count_is_a_whole_number_of_at_least_the_least(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"use a whole number, at least 1$"):
        arguments.whole(1)(text)
    assert arguments.whole(0)("0") == 0


def test_an_error_is_one_line_and_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    parser = arguments.Parser(prog="python -m this")
    parser.add_argument("--port", type=arguments.port)
    with pytest.raises(SystemExit) as ended:
        parser.parse_args(["--port", "99999"])
    assert ended.value.code == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("python -m this: argument --port: '99999' is no port")


@pytest.mark.parametrize("text", ["0", "0.05", "50"])
def test_a_percentage_is_kept_as_it_is_written(text: str) -> None:
    assert arguments.percent(text) == text


@pytest.mark.parametrize("text", ["", "-1", "50.1", "1e1", "5%"])
def test_what_is_no_percentage_of_a_trade_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="use a number from 0 to 50"):
        arguments.percent(text)
