from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.inventory.catalogue.domain import Asset
from services.inventory.market.publication.guard import AGREEING_MAX, Judged, JumpGuard
from tests.unit.inventory.market.assets import asset

HUNDRED = Decimal(100)


@pytest.fixture
def guard() -> JumpGuard:
    guard = JumpGuard()
    guard.start({"BTC": HUNDRED})
    guard.judge(asset("BTC"), HUNDRED)
    return guard


def test_a_price_may_move_by_a_fifth(guard: JumpGuard) -> None:
    assert guard.judge(asset("BTC"), Decimal(120)) == Judged(Decimal(120), is_halted=False)
    assert guard.judge(asset("BTC"), Decimal(96)) == Judged(Decimal(96), is_halted=False)


@pytest.mark.parametrize("middle", ["120.00000001", "79.99999999"])
def test_an_asset_whose_price_jumps_is_halted_at_the_price_before(guard: JumpGuard, middle: str) -> None:
    assert guard.judge(asset("BTC"), Decimal(middle)) == Judged(HUNDRED, is_halted=True)


def test_an_asset_stays_halted_when_its_price_comes_back(guard: JumpGuard) -> None:
    guard.judge(asset("BTC"), Decimal(150))
    assert guard.judge(asset("BTC"), HUNDRED).is_halted


def test_a_new_level_is_believed_after_frames_that_agree_on_it(guard: JumpGuard) -> None:
    guard.judge(asset("BTC"), Decimal(150))
    judged = [guard.judge(asset("BTC"), Decimal(151)) for _ in range(AGREEING_MAX)]
    assert [one.is_halted for one in judged] == [True] * (AGREEING_MAX - 1) + [False]
    assert judged[-1].middle == Decimal(151)


def test_frames_that_do_not_agree_begin_the_count_anew(guard: JumpGuard) -> None:
    for _ in range(AGREEING_MAX):
        guard.judge(asset("BTC"), Decimal(150))
        assert guard.judge(asset("BTC"), Decimal(160)).is_halted


def _priced(one: Asset) -> Asset:
    return replace(one, priced_at=one.priced_at + timedelta(seconds=1))


def test_a_price_that_an_admin_sets_may_be_any(guard: JumpGuard) -> None:
    assert guard.judge(_priced(asset("BTC")), Decimal(1000)) == Judged(Decimal(1000), is_halted=False)


def test_a_change_by_an_admin_ends_the_halt(guard: JumpGuard) -> None:
    guard.judge(asset("BTC"), Decimal(150))
    changed = replace(asset("BTC"), updated_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert guard.judge(changed, Decimal(150)) == Judged(Decimal(150), is_halted=False)


def test_a_change_of_other_facts_does_not_excuse_a_jump(guard: JumpGuard) -> None:
    changed = replace(asset("BTC"), updated_at=datetime(2026, 4, 1, tzinfo=UTC))
    assert guard.judge(changed, Decimal(150)).is_halted


def test_an_asset_without_a_price_is_halted_at_the_last_one(guard: JumpGuard) -> None:
    assert guard.judge(asset("BTC"), None) == Judged(HUNDRED, is_halted=True)
    assert guard.judge(asset("BTC"), Decimal(101)) == Judged(Decimal(101), is_halted=False)


def test_an_asset_that_never_had_a_price_is_halted_at_the_one_that_was_set(guard: JumpGuard) -> None:
    assert guard.judge(asset("ETH", price=Decimal(7)), None) == Judged(Decimal(7), is_halted=True)


def test_the_next_publisher_judges_by_the_last_frame() -> None:
    guard = JumpGuard()
    guard.start({"BTC": HUNDRED})
    assert guard.judge(asset("BTC"), Decimal(150)) == Judged(HUNDRED, is_halted=True)
