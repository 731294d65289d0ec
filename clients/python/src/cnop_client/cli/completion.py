"""Shell completion: the script for each shell, and completion of assets, orders and sessions from the system.

When the edge cannot be reached, or nobody is signed in, there are no completions and no errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import cast

import click
from click.shell_completion import CompletionItem, ShellComplete, get_completion_class
from cnop.order.v1 import order_pb2

from cnop_client.cli.output import enum, plain
from cnop_client.cli.settings import Settings
from cnop_client.errors import ApiError
from cnop_client.sync import Client

_SECONDS_MAX = 1.5
_ITEMS_MAX = 200

# Values with their descriptions.
Candidates = Callable[[Client], Iterable[tuple[str, str]]]
Complete = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completing(candidates: Candidates) -> Complete:
    def complete(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
        taken = context.params.get(parameter.name or "") or ()
        try:
            client = context.ensure_object(Settings).client.within(_SECONDS_MAX)
            return [
                CompletionItem(value, help=plain(description))
                for value, description in islice(candidates(client), _ITEMS_MAX)
                if value.lower().startswith(incomplete.lower()) and value not in taken
            ]
        except (ApiError, click.UsageError, OSError):
            return []

    return complete


def _assets(client: Client) -> Iterator[tuple[str, str]]:
    return ((asset.asset_id, asset.name) for asset in client.list_assets(page_size=_ITEMS_MAX))


def _categories(client: Client) -> Iterable[tuple[str, str]]:
    return sorted({(asset.category, "") for asset in client.list_assets(page_size=_ITEMS_MAX)})


def _holdings(client: Client) -> Iterator[tuple[str, str]]:
    return ((holding.asset_id, holding.quantity) for holding in client.list_holdings(page_size=_ITEMS_MAX))


def _orders(client: Client) -> Iterator[tuple[str, str]]:
    for order in client.list_orders(page_size=_ITEMS_MAX):
        side, status = enum(order_pb2.Order.Side, order.side), enum(order_pb2.Order.Status, order.status)
        yield order.order_id, f"{side} {order.quantity} {order.asset_id} {status}"


def _sessions(client: Client) -> Iterator[tuple[str, str]]:
    return ((session.session_id, session.device) for session in client.list_sessions())


asset_ids, categories = _completing(_assets), _completing(_categories)
held_asset_ids, order_ids, session_ids = _completing(_holdings), _completing(_orders), _completing(_sessions)


@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    bash: eval "$(cnop completion bash)"             in ~/.bashrc
    zsh:  eval "$(cnop completion zsh)"              in ~/.zshrc
    fish: cnop completion fish | source              in ~/.config/fish/config.fish
    """
    kind = cast(type[ShellComplete], get_completion_class(shell))  # click supports all shells of the choice
    root = click.get_current_context().find_root()
    try:
        click.echo(kind(root.command, {}, "cnop", "_CNOP_COMPLETE").source())
    except OSError as error:  # click runs bash to get its version
        raise click.ClickException(f"{shell}: {error.strerror}") from None
