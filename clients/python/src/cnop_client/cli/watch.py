"""The command watch: shows prices as they change."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import closing
from itertools import islice

import click
from cnop.inventory.v1 import asset_pb2, inventory_service_pb2
from rich.live import Live

from cnop_client.cli.catalogue import ASSETS
from cnop_client.cli.completion import asset_ids, categories
from cnop_client.cli.options import Seconds, first, settings
from cnop_client.cli.output import console, enum, now, plain, show_json, table
from cnop_client.cli.sources import source

_STREAM_ASSETS_MAX = 50  # a stream of more shows all assets

Message = inventory_service_pb2.WatchPricesResponse


@click.argument("asset", type=str.upper, nargs=-1, shell_complete=asset_ids)
@click.option("--search", default="", help="Only assets whose symbol or name contains this text.")
@click.option("--category", default="", shell_complete=categories, help="Only assets of this category.")
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="The largest number of assets."
)
@click.option("--interval", type=Seconds(0.25, 60), default=1.0, show_default=True, metavar="SECONDS",
              help="The least time between two messages.")  # fmt: skip
@click.option("--times", type=click.IntRange(1), default=None, help="The number of messages. By default until Ctrl-C.")
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
    found = client.list_assets(search=search, category=category, page_size=200)
    chosen = (each for each in found if not asset or each.asset_id in asset)
    assets = {each.asset_id: each for each in first(chosen, len(asset) or limit)}
    # Closed here: a call that still runs keeps the program from ending, wherever Ctrl-C has met it.
    with closing(_news(assets, interval)) as news:
        _show(assets, islice(news, times))


def _show(assets: dict[str, asset_pb2.Asset], news: Iterable[Message]) -> None:
    screen = console()
    if settings().as_json or not screen.is_terminal:
        _lines(news)
        return
    try:
        with Live(table(assets.values(), ASSETS), console=screen, auto_refresh=False) as live:
            for message in news:
                for each in message.prices:
                    assets[each.asset_id].price_usd = each.price_usd
                    assets[each.asset_id].price_source = message.price_source
                live.update(table(assets.values(), ASSETS), refresh=True)
    except KeyboardInterrupt:
        click.echo()  # Ctrl-C is the normal end


def _news(assets: dict[str, asset_pb2.Asset], interval: float) -> Generator[Message, None, None]:
    """Yields messages with the prices that have changed; first all."""
    watched = sorted(assets) if len(assets) <= _STREAM_ASSETS_MAX else []
    last: dict[str, str] = {}
    for message in settings().client.watch_prices(watched, min_interval_ms=round(interval * 1000)):
        changed = [each for each in message.prices if each.asset_id in assets]
        changed = [each for each in changed if last.get(each.asset_id) != each.price_usd]
        last |= {each.asset_id: each.price_usd for each in changed}
        if changed:
            yield Message(price_source=message.price_source, prices=changed)


def _lines(news: Iterable[Message]) -> None:
    for message in news:
        origin = source(message.price_source)
        name = enum(asset_pb2.PriceSource, message.price_source)
        for each in message.prices:
            if settings().as_json:
                show_json(each, price_source=name)
            else:
                click.echo(plain(f"{now()}  {each.asset_id}  {each.price_usd}  {each.bid}  {each.ask}  {origin}"))
