"""The checker: a correct run passes, and each of 1,000 falsifications of its tables or its history is detected."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, zip_longest
from pathlib import Path

import pytest
from aiodynamo.client import Client as Database

from services.inventory.schema import TABLE as INVENTORY
from services.order.schema import TABLE as ORDERS
from services.user.schema import TABLE as USERS
from tests.stores.conftest import MakeTable, aws, client, clients, endpoint, make_table  # noqa: F401 - fixtures

from . import checker_forgeries, checker_mutants_market, checker_mutants_told, checker_scenario
from . import history as histories
from .checker import Market, Told, Violation, check, in_quarantine
from .checker_mutants import Mutant, World, altered, extra, gone, rewritten, twice
from .checker_scenario import SEEDED
from .checker_system import Client, System
from .dump import Dump
from .history import Call, Outcome

MUTANTS = 1_000
INVARIANTS = set(range(1, 12))


@dataclass(frozen=True)
class Good:
    """A correct run: its final dump, its history, and a dump from when orders were pending."""

    dump: Dump
    history: list[Call]
    earlier: Dump
    market: Market


@pytest.fixture(scope="module")
async def good(
    client: Database,  # noqa: F811
    endpoint: str,  # noqa: F811
    make_table: MakeTable,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Good:
    tables = {"user": make_table(USERS), "inventory": make_table(INVENTORY), "order": make_table(ORDERS)}
    path = tmp_path_factory.mktemp("run") / "history.jsonl"
    with histories.History(path) as history:
        system = System.over(client, tables)
        read = partial(asyncio.to_thread, Dump.read, endpoint, tables)
        earlier, dump = await checker_scenario.play(system, Client(system, history), read)
    return Good(dump, histories.read(path), earlier, system.exchange.published())


def test_a_good_run_passes(good: Good) -> None:
    assert check(good.dump, good.history, good.earlier, SEEDED, market=good.market) == []
    assert check(good.dump, None) == []


def test_pending_orders_are_violations_only_after_the_system_has_healed(good: Good) -> None:
    assert check(good.earlier, None, None, SEEDED, healed=False) == []
    waiting = check(good.earlier, None, None, SEEDED)
    assert [violation.invariant for violation in waiting] == [9] * 5


def test_orders_in_quarantine_are_listed_separately(good: Good) -> None:
    listed = in_quarantine(good.dump)
    assert len(listed) == 2
    assert all("persistent" in one for one in listed)


def test_unknown_outcomes_are_no_violations(good: Good) -> None:
    nothing = [replace(call, outcome=Outcome.UNKNOWN, answer={}, reason="") for call in good.history]
    assert check(good.dump, nothing) == []


def test_effects_without_a_call_are_detected(good: Good) -> None:
    found = check(good.dump, [])
    assert {violation.invariant for violation in found} == {8}
    assert any("was not requested by any call" in str(one) or "at most 0 calls" in str(one) for one in found)


def test_an_item_that_cannot_be_read_is_a_violation(good: Good) -> None:
    world = World(good.dump, good.history).with_item("users", None, {"pk": "USER#1", "sk": "SURPRISE"})
    [violation] = check(world.dump, world.history)
    assert str(violation) == "invariant 6: the item USER#1 SURPRISE is malformed: unknown key"


def test_a_dump_is_saved_and_loaded(good: Good, tmp_path: Path) -> None:
    good.dump.save(tmp_path / "dump.json")
    assert Dump.load(tmp_path / "dump.json") == good.dump


def test_all_mutants_are_detected(good: Good) -> None:
    world = World(good.dump, good.history, market=good.market)
    kinds = by_kind(
        chain(
            *(make(world) for make in (gone, twice, altered, extra)),
            rewritten(world, good.earlier),
            checker_mutants_told.mutants(world),
            checker_forgeries.mutants(world),
            checker_mutants_market.mutants(world),
        )
    )
    chosen = some_of_each(kinds, MUTANTS)
    assert len(chosen) == MUTANTS
    assert {mutant.kind for mutant in chosen} == kinds.keys()

    survivors = []
    told = Told(good.history)
    detections: Counter[int] = Counter()  # how many mutants each invariant detected
    for mutant in chosen:
        found = violations_of(mutant.make(), told)
        detections.update({violation.invariant for violation in found})
        if not found:
            survivors.append(f"{mutant.kind}: {mutant.what}")
    assert survivors == []
    assert set(detections) == INVARIANTS


def by_kind(mutants: Iterable[Mutant]) -> dict[str, list[Mutant]]:
    """Groups the mutants by kind, each shuffled with a fixed seed."""
    kinds: dict[str, list[Mutant]] = defaultdict(list)
    for mutant in mutants:
        kinds[mutant.kind].append(mutant)
    for kind in kinds.values():
        random.Random(2026).shuffle(kind)  # noqa: S311
    return kinds


def some_of_each(kinds: dict[str, list[Mutant]], count: int) -> list[Mutant]:
    """Returns `count` mutants, of each kind in turn."""
    turns = chain.from_iterable(zip_longest(*kinds.values()))
    return [mutant for mutant in turns if mutant is not None][:count]


def violations_of(world: World, told: Told) -> list[Violation]:
    """Returns what the checker finds. An unchanged history is not parsed again."""
    history = told if world.history is told.calls else world.history
    return check(world.dump, history, world.earlier, SEEDED, market=world.market)
