from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from inventory_fakes import NOON

from services.common import money
from services.common.startup import StartupError
from services.inventory.catalogue.loader import CATALOGUE_FILE, Loader

ROWS: list[dict[str, Any]] = json.loads(CATALOGUE_FILE.read_text(encoding="utf-8"))


def test_there_are_at_least_a_hundred_assets() -> None:
    assert len(ROWS) >= 100


@pytest.mark.parametrize("field", ["asset_id", "name", "description"])
def test_no_two_assets_have_the_same(field: str) -> None:
    values = [row[field].casefold() for row in ROWS]
    assert sorted({value for value in values if values.count(value) > 1}) == []


def test_the_best_known_assets_are_listed() -> None:
    assert {"BTC", "ETH", "SOL", "XRP", "ADA", "DOGE", "USDT", "USDC"} <= {row["asset_id"] for row in ROWS}


RULES = {
    "asset_id": r"[A-Z0-9]{1,12}",
    "category": r"[a-z0-9-]{1,40}",
    "name": r"\S(.{0,60}\S)?",
    "description": r"\S.{18,498}\S",
    "price_usd": r"(0|[1-9][0-9]{0,8})[.][0-9]{2,8}",
    "price_increment": r"0[.]0{0,7}1|10{0,6}",
    "circulating_supply": r"[1-9][0-9]*",
    "max_supply": r"([1-9][0-9]*)?",
    "stock": r"[1-9][0-9]{0,14}",
}


@pytest.mark.parametrize("field", RULES)
def test_fields_follow_the_rules_of_the_contracts(field: str) -> None:
    assert [row["asset_id"] for row in ROWS if not re.fullmatch(RULES[field], row[field])] == []


def test_each_price_is_a_multiple_of_its_increment_and_many_of_them() -> None:
    steps = {row["asset_id"]: Decimal(row["price_usd"]) / Decimal(row["price_increment"]) for row in ROWS}
    assert [asset_id for asset_id, count in steps.items() if count % 1] == []
    assert [asset_id for asset_id, count in steps.items() if count < 100] == []


def test_every_price_is_positive() -> None:
    assert [row["asset_id"] for row in ROWS if Decimal(row["price_usd"]) <= 0] == []


def test_the_circulating_supply_is_at_most_the_maximum_supply() -> None:
    limited = [row for row in ROWS if row["max_supply"]]
    assert limited
    wrong = [row["asset_id"] for row in limited if int(row["circulating_supply"]) > int(row["max_supply"])]
    assert wrong == []


def test_the_stock_is_at_most_the_circulating_supply_and_enough_to_trade() -> None:
    overstocked = [row["asset_id"] for row in ROWS if int(row["stock"]) > int(row["circulating_supply"])]
    values = {row["asset_id"]: money.value_of(Decimal(row["stock"]), Decimal(row["price_usd"])) for row in ROWS}
    assert overstocked == []
    assert [asset_id for asset_id, value in values.items() if value < 1000] == []


class NothingLoaded:
    """A catalogue that no file was loaded into. It takes no assets: a file with an error adds none."""

    async def loaded(self) -> str:
        return ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "cannot be read: No such file or directory"),
        ("[{", "is no catalogue"),
        ('["BTC"]', "is no catalogue"),
        ('[{"asset_id": "BTC"}]', "is no catalogue"),
        (json.dumps([*ROWS, {**ROWS[0], "price_usd": "dear"}]), "is no catalogue"),
    ],
)
async def test_a_file_that_is_no_catalogue_is_named_and_adds_nothing(
    content: str | None, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "assets.json"
    if content is not None:
        file.write_text(content)
    nothing: Any = NothingLoaded()
    loader = Loader(nothing, nothing, nothing, lambda: NOON)
    with pytest.raises(StartupError, match=rf"^{re.escape(str(file))} {why}.*; --file names another"):
        await loader.load(file, lambda done, total: None)
