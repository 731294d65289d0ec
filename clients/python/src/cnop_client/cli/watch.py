"""The command watch: shows prices as they change. The API has no stream of prices yet, so it polls the list."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator

import click
from cnop.inventory.v1 import asset_pb2
from grpc import StatusCode
from rich.live import Live

from cnop_client.cli.catalogue import ASSETS
from cnop_client.cli.completion import asset_ids, categories
from cnop_client.cli.failures import line
from cnop_client.cli.options import Seconds, first, settings
from cnop_client.cli.output import console, now, percent, plain, show_json, table
from cnop_client.errors import ApiError

_TEMPORARY = {StatusCode.UNAVAILABLE, StatusCode.DEADLINE_EXCEEDED, StatusCode.RESOURCE_EXHAUSTED}

Assets = list[asset_pb2.Asset]


@click.argument("asset", type=str.upper, nargs=-1, shell_complete=asset_ids)
@click.option("--search", default="", help="Only assets whose symbol or name contains this text.")
@click.option("--category", default="", shell_complete=categories, help="Only assets of this category.")
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="The largest number of assets."
)
@click.option("--interval", type=Seconds(0.5, 3600), default=2.0, show_default=True, metavar="SECONDS",
              help="The time between two polls.")  # fmt: skip
@click.option("--times", type=click.IntRange(1), default=None, help="The number of polls. By default until Ctrl-C.")
def watch(
    *, asset: tuple[str, ...], search: str, category: str, limit: int, interval: float, times: int | None
) -> None:
    """Watch the prices of ASSETs.

    By default, those with the largest market capitalisation. On a terminal it shows a live table. Elsewhere it prints a
    line for each price, then for each change.
    """
    client = settings().client
    for asset_id in asset:
        client.get_asset(asset_id)  # fails if the asset does not exist

    def ask() -> Assets:
        found = client.list_assets(search=search, category=category, page_size=200)
        chosen = (each for each in found if not asset or each.asset_id in asset)
        return list(first(chosen, len(asset) or limit))

    polls = _polls(ask, interval, times)
    screen = console()
    if settings().as_json or not screen.is_terminal:
        _lines(polls)
        return
    try:
        with Live(console=screen, auto_refresh=False) as live:
            for assets in polls:
                live.update(table(assets, ASSETS), refresh=True)
    except KeyboardInterrupt:
        click.echo()  # Ctrl-C is the normal end


def _lines(polls: Iterable[Assets]) -> None:
    last: dict[str, str] = {}
    for assets in polls:
        for each in assets:
            if last.get(each.asset_id) == each.price_usd:
                continue
            last[each.asset_id] = each.price_usd
            if settings().as_json:
                show_json(each)
            else:
                change = percent(each.price_change_percentage_24h)
                click.echo(plain(f"{now()}  {each.asset_id}  {each.price_usd}  {change}"))


def _polls(ask: Callable[[], Assets], interval: float, times: int | None) -> Iterator[Assets]:
    """Yields the assets at each poll. Prints temporary errors (UNAVAILABLE, rate limits) and continues."""
    for number in itertools.count(1):
        pause = interval
        try:
            yield ask()
        except ApiError as error:
            if error.code not in _TEMPORARY:
                raise
            click.echo(line(error), err=True)
            pause = max(interval, error.retry_after_seconds or 0.0)
        if number == times:
            return
        time.sleep(pause)
