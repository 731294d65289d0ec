"""The DynamoDB write units of each kind of order, counted at a running system."""

from __future__ import annotations

import statistics
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table

from bench import people, write_units
from bench.recorder import Recorder, Write, recording
from local import ports
from local.programs import TABLES
from local.stack import StackSettings, running
from services.inventory.schema import TABLE as INVENTORY
from services.order.schema import TABLE as ORDERS
from services.user.schema import TABLE as USERS

TITLE = "write units"
REPEATS = 40
DOLLARS = "500000.00"
# Written without any order: who publishes the prices, and what was traded until each hour.
_BACKGROUND = ("PRICES", "VOLUME")


@dataclass(frozen=True)
class Kind:
    """A kind of request, and the most units that it may cost."""

    name: str
    path: str
    body: dict[str, str]
    units_max: int | None = None
    status: int = 200


KINDS = (
    Kind("market buy", "/api/v1/orders", {"side": "BUY", "asset_id": "ADA", "quantity": "3"}, 16),
    Kind("market sell", "/api/v1/orders", {"side": "SELL", "asset_id": "ADA", "quantity": "2"}, 16),
    Kind("buy for an amount", "/api/v1/orders", {"side": "BUY", "asset_id": "ADA", "quote_amount": "2.50"}, 16),
    Kind(
        "refused for lack of funds",
        "/api/v1/orders",
        {"side": "BUY", "asset_id": "BTC", "quantity": "9"},
        4,
        status=400,
    ),
    Kind("deposit", "/api/v1/balance/deposit", {"amount": "0.01"}),
)


@dataclass(frozen=True)
class Count:
    """The units of several requests of a kind, and how many each of their writes cost in all."""

    kind: Kind
    totals: Sequence[int]
    parts: Counter[str]

    @property
    def usual(self) -> int:
        return statistics.mode(self.totals)

    @property
    def mean(self) -> float:
        return statistics.fmean(self.totals)


async def run(console: Console) -> None:
    """Counts the units of each kind at a system of its own, and prints them."""
    [port] = ports.claim(1)
    with tempfile.TemporaryDirectory() as folder:
        settings = StackSettings.on_free_ports(log_dir=Path(folder))
        tables = {
            TABLES[name]: write_units.Table.of(schema)
            for name, schema in (("inventory", INVENTORY), ("order", ORDERS), ("user", USERS))
        }
        async with recording(settings.dynamodb_url, tables, port) as recorder:
            env = {"CNOP_BCRYPT_COST": "4", "CNOP_DYNAMODB_ENDPOINT": f"http://127.0.0.1:{port}"}
            async with running(replace(settings, service_env=env)) as stack:
                console.print(_table(await count(stack.settings.edge_url, recorder)))


async def count(edge: str, recorder: Recorder) -> list[Count]:
    """Makes requests of each kind, one after the other, and counts the units of each."""
    [token] = await people.sign_up(edge, 1, dollars=DOLLARS)
    headers = {"authorization": f"Bearer {token}"}
    async with httpx.AsyncClient(base_url=edge, timeout=30.0, headers=headers, trust_env=False) as client:
        (await client.post(KINDS[0].path, json=KINDS[0].body)).raise_for_status()  # so that the holding exists
        return [await _count(client, recorder, kind) for kind in KINDS]


async def _count(client: httpx.AsyncClient, recorder: Recorder, kind: Kind) -> Count:
    totals, parts = [], Counter[str]()
    for _ in range(REPEATS):
        recorder.take()
        response = await client.post(kind.path, json=kind.body)
        if response.status_code != kind.status:
            raise RuntimeError(f"{kind.name} was answered with {response.status_code}: {response.text}")
        writes = [write for write in recorder.take() if not _is_background(write)]
        totals.append(sum(write.total for write in writes))
        for write in writes:
            parts.update(_named(write))
    return Count(kind, totals, parts)


def _is_background(write: Write) -> bool:
    return str(write.item["pk"]["S"]).startswith(_BACKGROUND)


def _named(write: Write) -> dict[str, int]:
    """Returns the units of a write by what was written, such as "ENTRY" or "ENTRY.ledger" for an index."""
    pk, sk = (str(write.item[name]["S"]).partition("#")[0] for name in ("pk", "sk"))
    what = sk if pk == "USER" else f"{pk} of stock" if pk == "ENTRY" else pk
    return {f"{what}{'.' if index else ''}{index}": units for index, units in write.units.items()}


def _table(counts: Sequence[Count]) -> Table:
    table = Table(title=f"DynamoDB {TITLE} per request, by AWS's rules ({REPEATS} requests of each kind)")
    for column in ("", "usual", "mean", "max", "mark", "of which, on average"):
        table.add_column(column, justify="left" if column in {"", "of which, on average"} else "right")
    for one in counts:
        mark = one.kind.units_max
        style = "red" if mark is not None and one.usual > mark else ""
        table.add_row(
            one.kind.name,
            f"[{style}]{one.usual}[/{style}]" if style else str(one.usual),
            f"{one.mean:.2f}",
            str(max(one.totals)),
            "" if mark is None else str(mark),
            ", ".join(f"{what} {units / len(one.totals):.3g}" for what, units in one.parts.most_common()),
        )
    return table
