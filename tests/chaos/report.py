"""The report of a run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from . import history
from .checker import Market, check, in_quarantine
from .dump import Dump
from .load import ASSETS

_SHOWN_MAX = 30


@dataclass(frozen=True)
class Report:
    """The figures of a run, and the violations."""

    seconds: float
    pending: int  # orders at the end of the faults
    heal_seconds: float
    orders: int
    replays: int
    answers: dict[str, int]  # calls, by outcome
    processes: dict[str, int]  # kills and pauses, by process
    requests: dict[str, int]  # to DynamoDB, by operation
    faults: dict[str, int]  # of these requests, by kind
    errors: dict[str, int]  # in the logs of the services
    prices: str
    violations: list[str]

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1))

    def show(self, console: Console) -> None:
        """Prints the report."""
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_row("orders", f"{self.orders} in {self.seconds:.0f} s, and {self.replays} replays")
        table.add_row("calls", _counts(self.answers))
        table.add_row("processes", _counts(self.processes))
        table.add_row("to DynamoDB", _counts(self.requests))
        table.add_row("faults there", _counts(self.faults))
        table.add_row("prices", self.prices)
        table.add_row("errors logged", _counts(self.errors) or "none")
        table.add_row(
            "healed in", f"{self.heal_seconds:.1f} s, with {self.pending} orders under way when the faults ended"
        )
        table.add_row("violations", str(len(self.violations)) if self.violations else "none")
        console.print(table)
        for violation in self.violations[:_SHOWN_MAX]:
            console.print(f"  {violation}", style="red", markup=False, highlight=False)


def _counts(counts: Mapping[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda one: -one[1])
    text = ", ".join(f"{what} {count}" for what, count in ordered)
    return escape(f"{sum(counts.values())}: {text}") if counts else ""


def findings(dump: Dump, history_file: Path, earlier: Dump | None = None, market: Market | None = None) -> list[str]:
    """Returns the violations after healing. An order in quarantine is one: no order in a run deserves it."""
    seeded = {asset.asset_id: asset.stock for asset in ASSETS}
    violations = check(dump, history.read(history_file), earlier, seeded, market=market)
    return [*map(str, violations), *in_quarantine(dump)]


def logged_errors(logs: Path) -> dict[str, int]:
    """Counts the errors in the logs of the services, by message. They are bugs that a fault exposed."""
    errors: Counter[str] = Counter()
    for log in logs.glob("*.log"):
        for line in log.read_text(errors="replace").splitlines():
            if line.startswith("{") and '"ERROR"' in line:
                entry = json.loads(line)
                if entry["logger"].startswith("cnop"):  # those of gRPC itself are about clients that disconnected
                    errors[f"{log.stem}: {entry['message']} {entry.get('why', '')}".strip()] += 1
    return dict(errors)
