from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from services.user.ledger.account import Account
from services.user.ledger.cache import AccountCache
from services.user.ledger.domain import Holding

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ACCOUNT = Account(Decimal(1), Decimal(0), 1, (), NOON)
BITCOIN = Holding("BTC", Decimal(1), version=1)


def test_a_key_that_was_never_put_is_not_cached() -> None:
    cache = AccountCache()
    assert cache.get("u-1", "") is None
    cache.put("u-1", ACCOUNT, None)
    assert cache.get("u-2", "") is None
    assert cache.get("u-1", "BTC") is None


def test_the_cache_returns_the_latest_value() -> None:
    cache = AccountCache()
    cache.put("u-1", ACCOUNT, None)
    assert cache.get("u-1", "") == (ACCOUNT, Holding(""))
    cache.put("u-1", ACCOUNT, BITCOIN)
    assert cache.get("u-1", "BTC") == (ACCOUNT, BITCOIN)
    assert cache.get("u-1", "ETH") is None


def test_a_discarded_key_is_not_cached() -> None:
    cache = AccountCache()
    cache.put("u-1", ACCOUNT, BITCOIN)
    cache.discard("u-1", "BTC")
    assert cache.get("u-1", "BTC") is None
    assert cache.get("u-1", "") is None
    cache.put("u-1", ACCOUNT, None)
    assert cache.get("u-1", "BTC") is None
    cache.discard("u-9", "BTC")  # was never cached


def test_the_least_recently_used_are_evicted() -> None:
    cache = AccountCache()
    for number in range(10_000):
        cache.put(f"u-{number}", ACCOUNT, BITCOIN)
    cache.put("u-0", ACCOUNT, BITCOIN)  # used again
    for number in range(10_000, 10_010):
        cache.put(f"u-{number}", ACCOUNT, BITCOIN)
    assert cache.get("u-0", "BTC") is not None
    assert cache.get("u-1", "BTC") is None
    assert cache.get("u-1", "") is None
    assert cache.get("u-10009", "BTC") is not None
