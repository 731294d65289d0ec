from __future__ import annotations

from typing import Any

import pytest

from bench.write_units import Index, Table, item_bytes, value_bytes


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"S": "abc"}, 3),
        ({"S": "é"}, 2),
        ({"N": "0"}, 1),
        ({"N": "1"}, 2),
        ({"N": "-1"}, 3),
        ({"N": "100000"}, 2),
        ({"N": "0.00012"}, 2),
        ({"N": "123.45"}, 4),
        ({"B": "AAAA"}, 3),
        ({"BOOL": True}, 1),
        ({"NULL": True}, 1),
        ({"L": []}, 3),
        ({"L": [{"S": "ab"}, {"N": "1"}]}, 3 + 1 + 2 + 1 + 2),
        ({"M": {"a": {"S": "bc"}}}, 3 + 1 + 1 + 2),
    ],
)
def test_values_have_the_sizes_of_the_developer_guide(value: dict[str, Any], size: int) -> None:
    assert value_bytes(value) == size
    assert item_bytes({"name": value}) == 4 + size


def item(**texts: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": "p"}, "sk": {"S": "s"}, **{name: {"S": text} for name, text in texts.items()}}


def index(kind: str, *more: str) -> dict[str, Any]:
    projection = {"ProjectionType": kind} | ({"NonKeyAttributes": list(more)} if more else {})
    keys = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "at", "KeyType": "RANGE"}]
    return {"IndexName": "by_at", "KeySchema": keys, "Projection": projection}


KEYS = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
PLAIN = Table.of({"KeySchema": KEYS})
LARGE = "x" * 1100


def indexed(kind: str, *more: str) -> Index:
    [made] = Table.of({"KeySchema": KEYS, "LocalSecondaryIndexes": [index(kind, *more)]}).indexes
    return made


def test_an_item_costs_a_unit_per_started_kib_of_its_larger_state() -> None:
    small, large = item(), item(a=LARGE)
    assert PLAIN.units(None, small, in_transaction=False) == {"": 1}
    assert PLAIN.units(None, large, in_transaction=False) == {"": 2}
    assert PLAIN.units(large, small, in_transaction=False) == {"": 2}
    assert PLAIN.units(large, None, in_transaction=False) == {"": 2}
    assert PLAIN.units(None, None, in_transaction=False) == {"": 1}  # a condition failed
    exact = item(a="x" * (1024 - item_bytes(item(a=""))))
    assert PLAIN.units(None, exact, in_transaction=False) == {"": 1}


def test_a_transaction_costs_twice() -> None:
    table = Table.of({"KeySchema": KEYS, "GlobalSecondaryIndexes": [index("ALL")]})
    assert table.units(None, item(at="1"), in_transaction=True) == {"": 2, "by_at": 2}


@pytest.mark.parametrize(
    ("before", "after", "kind", "units"),
    [
        (None, item(), "ALL", 0),
        (None, item(at="1"), "ALL", 1),
        (item(at="1"), None, "ALL", 1),
        (item(at="1"), item(), "ALL", 1),
        (item(at="1"), item(at="1"), "ALL", 0),
        (item(at="1"), item(at="2"), "ALL", 2),
        (item(at="1"), item(at="1", a="new"), "ALL", 1),
        (item(at="1"), item(at="1", a=LARGE), "ALL", 2),
        (item(at="1"), item(at="1", a=LARGE), "KEYS_ONLY", 0),
        (item(at="1", a=LARGE), item(at="2", a=LARGE), "KEYS_ONLY", 2),
        (item(at="1", a=LARGE), item(at="2", a=LARGE), "ALL", 4),
    ],
)
def test_an_index_costs_what_changes_in_it(before: Any, after: Any, kind: str, units: int) -> None:
    assert indexed(kind).units(before, after) == units


def test_an_index_with_some_attributes_costs_nothing_for_the_others() -> None:
    some = indexed("INCLUDE", "a")
    assert some.units(item(at="1", a="1", b="1"), item(at="1", a="1", b="2")) == 0
    assert some.units(item(at="1", a="1", b="1"), item(at="1", a="2", b="1")) == 1
