"""Options and helpers that the commands share."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

import click

from cnop_client.cli.failures import INTERRUPTED, Failure
from cnop_client.cli.settings import Settings
from cnop_client.errors import ApiError

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")
LIMIT = 50


def settings() -> Settings:
    """The settings of the current command."""
    return click.get_current_context().ensure_object(Settings)


def _remember(context: click.Context, option: click.Parameter, value: object) -> None:
    """Stores an option, given before or after the command's name. The last one wins."""
    if value is not None:
        context.ensure_object(Settings).given[option.name or ""] = value


def _shared(*, is_root: bool) -> list[click.Option]:
    """The options of every command. Only the root shows them in its help, and reads them from the environment."""

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
        option("--json", is_flag=True, default=None, help="Print JSON, one line per item."),
        option("--edge", "CNOP_EDGE", metavar="URL", help="The address of the edge: http://HOST:PORT or https://HOST:PORT."),
        option("--ca", "CNOP_CA", metavar="FILE", help="The certificate authorities to trust for an https edge (PEM)."),
        option("--profile", "CNOP_PROFILE", metavar="NAME", help="The profile with the tokens and settings to use."),
        option("--timeout", "CNOP_TIMEOUT", type=Seconds(0.1, 10), metavar="SECONDS",
               help="The deadline of each call."),
    ]  # fmt: skip


class Seconds(click.FloatRange):
    """A number of seconds within a range, which "nan" is not."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        seconds: float = super().convert(value, param, ctx)
        if math.isnan(seconds):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return seconds


class Command(click.Command):
    """A command with the shared options."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += _shared(is_root=False)


class Root(click.Group):
    """The root of the command line. Turns errors of calls into a line and an exit code."""

    command_class = Command

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.params += _shared(is_root=True)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except ApiError as error:
            raise Failure(error, as_json=context.ensure_object(Settings).as_json) from None
        except UnicodeEncodeError:  # Python keeps bytes that are not UTF-8 as surrogates
            raise click.ClickException("an argument or the password is not valid UTF-8; check the locale") from None
        except BrokenPipeError:
            raise  # click ends silently
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'the output'}: {error.strerror}") from None
        except KeyboardInterrupt:
            context.exit(INTERRUPTED)

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)  # in the order of registration: by use, not by name


def limited(command: F) -> F:
    """Adds --limit and --all to a command; passes them as one argument `limit`, None for all."""

    @click.option(
        "--limit", type=click.IntRange(1), default=LIMIT, show_default=True, help="The largest number of items."
    )
    @click.option("--all", "is_all", is_flag=True, help="List all items.")
    @functools.wraps(command)
    def with_limit(*arguments: Any, limit: int, is_all: bool, **more: Any) -> Any:
        return command(*arguments, limit=None if is_all else limit, **more)

    return with_limit  # type: ignore[return-value]  # click passes arguments by name


def windowed(command: F) -> F:
    """Adds --since and --until to a command; passes them as `start_time` and `end_time`."""
    kind = click.DateTime(["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"])

    @click.option(
        "--since", type=kind, metavar="TIME", help="Only from this time on, like 2026-03-01 or 2026-03-01T09:30:00."
    )
    @click.option(
        "--until", type=kind, metavar="TIME", help="Only before this time. Without an offset it is local time."
    )
    @functools.wraps(command)
    def with_window(*arguments: Any, since: datetime | None, until: datetime | None, **more: Any) -> Any:
        start_time, end_time = (moment and moment.astimezone() for moment in (since, until))
        return command(*arguments, start_time=start_time, end_time=end_time, **more)

    return with_window  # type: ignore[return-value]  # click passes arguments by name


def first(items: Iterable[T], limit: int | None) -> Iterable[T]:
    return itertools.islice(items, limit)


def page_size(limit: int | None) -> int:
    """The page size for a limit."""
    return min(limit or 200, 200)


def request_id_option(command: F) -> F:
    option = click.option(
        "--request-id", default="", help="The id of the change: a replay with the same id has no second effect."
    )
    return option(command)
