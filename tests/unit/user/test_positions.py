from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from services.user.ledger.domain import Account, Holding
from services.user.ledger.positions import Positions

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNT = Account(Decimal(1), Decimal(0), 1, "2026-03-01", Decimal(1), Decimal(0), NOON)
BITCOIN = Holding("BTC", Decimal(1), version=1)


def test_nothing_is_guessed_of_what_was_never_written() -> None:
    positions = Positions()
    assert positions.guess("u-1", "") is None
    positions.remember("u-1", ACCOUNT, None)
    assert positions.guess("u-2", "") is None
    assert positions.guess("u-1", "BTC") is None


def test_the_guess_is_what_was_written_last() -> None:
    positions = Positions()
    positions.remember("u-1", ACCOUNT, None)
    assert positions.guess("u-1", "") == (ACCOUNT, Holding(""))
    positions.remember("u-1", ACCOUNT, BITCOIN)
    assert positions.guess("u-1", "BTC") == (ACCOUNT, BITCOIN)
    assert positions.guess("u-1", "ETH") is None


def test_what_is_forgotten_is_not_guessed_again() -> None:
    positions = Positions()
    positions.remember("u-1", ACCOUNT, BITCOIN)
    positions.forget("u-1", "BTC")
    assert positions.guess("u-1", "BTC") is None
    assert positions.guess("u-1", "") is None
    positions.remember("u-1", ACCOUNT, None)
    assert positions.guess("u-1", "BTC") is None
    positions.forget("u-9", "BTC")  # never there


def test_of_more_users_than_fit_the_oldest_are_forgotten() -> None:
    positions = Positions()
    for number in range(10_000):
        positions.remember(f"u-{number}", ACCOUNT, BITCOIN)
    positions.remember("u-0", ACCOUNT, BITCOIN)  # in use again
    for number in range(10_000, 10_010):
        positions.remember(f"u-{number}", ACCOUNT, BITCOIN)
    assert positions.guess("u-0", "BTC") is not None
    assert positions.guess("u-1", "BTC") is None
    assert positions.guess("u-1", "") is None
    assert positions.guess("u-10009", "BTC") is not None
