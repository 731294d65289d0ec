"""The output of the command line: tables for people, lines of JSON for programs."""

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
_WIDTH_PIPED = 4096  # without a terminal nothing is cut or wrapped


@dataclass(frozen=True)
class Column(Generic[M]):
    """A column of a table, or a line of a card."""

    title: str
    value: Callable[[M], str]
    is_number: bool = False
    is_signed: bool = False  # green above 0, red below


def console(*, stderr: bool = False) -> Console:
    """A console with colours (unless NO_COLOR is set) and the width of the terminal; elsewhere plain text."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    return (
        made
        if made.is_terminal
        else Console(stderr=stderr, highlight=False, markup=False, emoji=False, width=_WIDTH_PIPED)
    )


def show_list(items: Iterable[M], columns: Sequence[Column[M]], *, as_json: bool) -> None:
    """Shows a table with a row per item; with --json a line of JSON per item, as it arrives."""
    if as_json:
        for item in items:
            show_json(item)
    else:
        write(table(items, columns))


def show_one(item: M, columns: Sequence[Column[M]], *, as_json: bool) -> None:
    """Shows a card with a line per column; with --json one line of JSON."""
    if as_json:
        show_json(item)
    else:
        write(card(item, columns))


def show_json(item: Message, **more: str) -> None:
    click.echo(json_line(item, **more))


def json_line(item: Message, **more: str) -> str:
    """A message as one line of JSON, with the field names of the contract, and `more` fields."""
    fields = MessageToDict(item, preserving_proto_field_name=True, always_print_fields_with_no_presence=True)
    return json.dumps(fields | more, ensure_ascii=False)


def write(made: Table, *, stderr: bool = False) -> None:
    """Prints a table, without trailing blanks if the output is not a terminal.

    The terminal wraps a list that is wider, so numbers and ids are never cut.
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
    """Replaces control characters, which a terminal would interpret."""
    return "".join(each if each.isprintable() else "?" for each in text)


def moment(timestamp: Timestamp) -> str:
    """A time in the local time zone; empty if it is not set."""
    if not timestamp.seconds:
        return ""
    return timestamp.ToDatetime(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def now() -> str:
    return datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def percent(number: str) -> str:
    """A percentage with its sign; empty if there is none."""
    if not number:
        return ""
    return f"{number}%" if number.startswith("-") else f"+{number}%"


def enum(values: Any, number: int) -> str:
    """The name of an enum value; its number if a newer system has added it."""
    try:
        return str(values.Name(number))
    except ValueError:
        return str(number)
