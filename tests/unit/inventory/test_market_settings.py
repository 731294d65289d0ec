from __future__ import annotations

from decimal import Decimal

import pytest

from services.common import settings
from services.common.startup import StartupError
from services.inventory.settings import Settings, percents
from services.prices.frame import Source

REQUIRED = {"CNOP_MESH_CERTS_DIR": "/certs", "CNOP_MESH_SECRET_FILE": "/secret"}


def load(**variables: str) -> Settings:
    return settings.load(Settings, REQUIRED | variables)


def test_prices_are_simulated_unless_another_source_is_set() -> None:
    assert load().source is Source.SIMULATED
    assert load(CNOP_PRICE_SOURCE="fixed").source is Source.FIXED


def test_a_category_may_have_a_spread_of_its_own() -> None:
    config = load(CNOP_SPREAD_PERCENT="0.1", CNOP_SPREADS="stablecoin=0.01, meme=0.20")
    assert config.spread_percent == Decimal("0.1")
    assert percents(config.spreads) == {"stablecoin": Decimal("0.01"), "meme": Decimal("0.20")}
    assert percents(load().spreads) == {}


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("CNOP_PRICE_SOURCE", "guess"),
        ("CNOP_SPREAD_PERCENT", "51"),
        ("CNOP_SPREADS", "meme"),
        ("CNOP_SPREADS", "meme=many"),
        ("CNOP_SPREADS", "meme=51"),
        ("CNOP_SPREADS", "meme=-1"),
        ("CNOP_SPREADS", "meme=NaN"),
        ("CNOP_SPREADS", "=1"),
        ("CNOP_SPREADS", "a=1=2"),
    ],
)
def test_an_impossible_value_is_refused_with_the_name_of_the_variable(variable: str, value: str) -> None:
    with pytest.raises(StartupError, match=f"{variable} must be"):
        load(**{variable: value})
