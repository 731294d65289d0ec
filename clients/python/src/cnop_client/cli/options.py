"""The options that every command has, and what the commands share."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from cnop_client.cli.failures import INTERRUPTED, Failure
from cnop_client.cli.settings import Settings
from cnop_client.errors import ApiError

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
LIMIT = 50


def settings() -> Settings:
    """The settings of the command that runs."""
    return click.get_current_context().ensure_object(Settings)


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    """Takes an option wherever it stands, before or after the name of the command; the last one holds."""
    if value is not None:
        context.ensure_object(Settings).given[option.name or ""] = value


def _shared(*, is_root: bool) -> list[click.Option]:
    """The options that every command has. They are described at the root alone; the environment is read there."""

    def option(name: str, environment: str = "", **more: Any) -> click.Option:
        return click.Option(
            [name],
            envvar=environment if is_root and environment else None,
            show_envvar=bool(environment),
            expose_value=False,
            callback=_remember,
            hidden=not is_root and name != "--json",
            **more,
        )

    return [
        option("--json", is_flag=True, default=None, help="Write JSON: one line for each item."),
        option("--edge", "CNOP_EDGE", metavar="URL", help="Where the system is: http://HOST:PORT or https://HOST:PORT."),
        option("--ca", "CNOP_CA", metavar="FILE", help="Who may have signed the certificate of an https edge (PEM)."),
        option("--profile", "CNOP_PROFILE", metavar="NAME", help="Whose tokens and settings to use."),
        option("--timeout", "CNOP_TIMEOUT", type=click.FloatRange(0.1, 10), metavar="SECONDS",
               help="The deadline of each call."),
    ]  # fmt: skip


class Command(click.Command):
    """A command, with the options that every command has."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += _shared(is_root=False)


class Root(click.Group):
    """The command line as a whole. It turns errors of calls into a line and an exit code."""

    command_class = Command

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += _shared(is_root=True)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ApiError as error:
            raise Failure(error, as_json=context.ensure_object(Settings).as_json) from None
        except KeyboardInterrupt:
            context.exit(INTERRUPTED)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)  # in the order in which a user meets them


def limited(command: F) -> F:
    """Gives a command that lists things --limit and --all, as one argument `limit`: None for all."""

    @click.option("--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="The most items to list.")
    @click.option("--all", "is_all", is_flag=True, help="List all of them.")
    @functools.wraps(command)
    def taking(*arguments: Any, limit: int, is_all: bool, **more: Any) -> Any:
        return command(*arguments, limit=None if is_all else limit, **more)

    return taking  # type: ignore[return-value]  # click calls it by names


def first(items: Iterable[T], limit: int | None) -> Iterable[T]:
    return itertools.islice(items, limit)


def page_size(limit: int | None) -> int:
    """How many items to ask for at once."""
    return min(limit or 200, 200)


def request_id_option(command: F) -> F:
    option = click.option(
        "--request-id", default="", help="The id of the change: sent again with the same one it has no second effect."
    )
    return option(command)
