from __future__ import annotations

from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from services.inventory.stock.domain import (
    Step,
    out_of_stock,
    restock_step,
    return_step,
    seed_step,
    shard_of,
    spread,
    take_step,
    voided,
)


def test_steps_of_different_causes_have_different_ids_and_replays_have_the_same() -> None:
    one = Decimal(1)
    steps = [
        take_step("x", "BTC", one),
        return_step("x", "BTC", one),
        restock_step("x", "x", "BTC", one),
        restock_step("x", "y", "BTC", one),
        restock_step("y", "x", "BTC", one),
        seed_step("x", one),
    ]
    assert len({step.effect_id for step in steps}) == len(steps)
    assert take_step("x", "ETH", Decimal(2)).effect_id == steps[0].effect_id
    assert [step.change for step in steps] == [-1, 1, 1, 1, 1, 1]


def test_refusals_name_what_was_requested() -> None:
    step = Step("e", "o-1", "BTC", Decimal("-0.50"))
    assert out_of_stock(step).reason == "OUT_OF_STOCK"
    assert out_of_stock(step).metadata == {"needed": "0.5"}
    assert voided(step).reason == "STOCK_VOIDED"
    assert voided(step).metadata == {"order_id": "o-1"}


@given(st.integers(0, 10**20 - 1).map(lambda n: Decimal(n).scaleb(-8)), st.integers(1, 16))
@example(Decimal("0.00000009"), 16)  # less than a unit each, but more than half of one
def test_stock_is_spread_completely_in_nearly_equal_parts(quantity: Decimal, shards: int) -> None:
    parts = spread(quantity, shards)
    assert len(parts) == shards
    assert sum(parts) == quantity
    assert min(parts) >= 0
    assert max(parts) - min(parts) < Decimal("0.00000001") * shards


def test_an_order_always_starts_at_the_same_shard_and_orders_spread_over_all() -> None:
    steps = [Step(f"e-{n}", f"o-{n}", "BTC", Decimal(-1)) for n in range(400)]
    shards = [shard_of(step, 4) for step in steps]
    assert shards == [shard_of(step, 4) for step in steps]
    assert all(shards.count(shard) > 50 for shard in range(4))
    assert {shard_of(step, 1) for step in steps} == {0}
