"""What the command line writes: tables for people, lines of JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import click
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp
from rich.console import Console
from rich.table import Table
from rich.text import Text

M = TypeVar("M", bound=Message)

_STYLES = {
    "COMPLETED": "green", "BUY": "green", "FAILED": "red", "SELL": "red", "PENDING": "yellow",
}  # fmt: skip
_WIDTH_PIPED = 4096  # what is no terminal has no width: nothing is cut or wrapped


@dataclass(frozen=True)
class Column(Generic[M]):
    """A column of a table, or a line of the table of one thing."""

    title: str
    value: Callable[[M], str]
    is_number: bool = False
    is_signed: bool = False  # green above 0, red below


def console(*, stderr: bool = False) -> Console:
    """A console: colours and the terminal's width on a terminal (not with NO_COLOR), plain text elsewhere."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    return (
        made
        if made.is_terminal
        else Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=_WIDTH_PIPED)
    )


def show_list(items: Iterable[M], columns: Sequence[Column[M]], *, as_json: bool) -> None:
    """A table with a row for each item; with --json a line of JSON for each, as it comes."""
    if as_json:
        for item in items:
            show_json(item)
    else:
        write(table(items, columns))


def show_one(item: M, columns: Sequence[Column[M]], *, as_json: bool) -> None:
    """A line for each column; with --json one line of JSON."""
    if as_json:
        show_json(item)
    else:
        write(card(item, columns))


def show_json(item: Message) -> None:
    click.echo(json_line(item))


def json_line(item: Message) -> str:
    """A message as one line of JSON, with the names of the contract."""
    fields = MessageToDict(item, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    return json.dumps(fields, ensure_ascii=False)


def write(made: Table, *, stderr: bool = False) -> None:
    """Writes to a console; without the blanks at the ends of lines where nobody looks at colours.

    A list that is wider than the terminal is left to it to wrap: numbers and ids stay whole.
    """
    to = console(stderr=stderr)
    if to.is_terminal:
        if made.show_header:
            to.width = max(to.width, to.measure(made, options=to.options.update(width=_WIDTH_PIPED)).maximum)
        to.print(made)
        return
    with to.capture() as captured:
        to.print(made)
    for line in captured.get().splitlines():
        click.echo(line.rstrip(), err=stderr)


def table(items: Iterable[M], columns: Sequence[Column[M]]) -> Table:
    made = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        made.add_column(column.title, justify="right" if column.is_number else "left", overflow="fold")
    for item in items:
        made.add_row(*(cell(column, item) for column in columns))
    return made


def card(item: M, columns: Sequence[Column[M]]) -> Table:
    made = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    made.add_column(style="bold")
    made.add_column(overflow="fold")
    for column in columns:
        made.add_row(column.title, cell(column, item))
    return made


def cell(column: Column[M], item: M) -> Text:
    text = plain(column.value(item))
    if column.is_signed and text.strip("-0."):
        return Text(text, "red" if text.startswith("-") else "green")
    return Text(text, _STYLES.get(text, ""))


def plain(text: str) -> str:
    """A text without what a terminal would obey."""
    return "".join(each if each.isprintable() else "?" for each in text)


def moment(timestamp: Timestamp) -> str:
    """A time, on the clock of the user; empty when it is not set."""
    if not timestamp.seconds:
        return ""
    return timestamp.ToDatetime(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def now() -> str:
    return datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def percent(number: str) -> str:
    """A number of percent, with its sign; empty stays empty."""
    if not number:
        return ""
    return f"{number}%" if number.startswith("-") else f"+{number}%"


def enum(values: Any, number: int) -> str:
    """The name of an enum's value; its number when a newer system has one that is not known here."""
    try:
        return str(values.Name(number))
    except ValueError:
        return str(number)
