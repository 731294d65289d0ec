from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services.user.sessions.domain import RevocationReason, Session

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SESSION = Session("u-1", "s-1", "cnop/1", "10.0.0.1", NOON, NOON, NOON + timedelta(days=30), b"one")


def test_a_session_is_live_until_the_moment_at_which_it_expires() -> None:
    assert SESSION.is_live(SESSION.expires_at - timedelta(microseconds=1))
    assert not SESSION.is_live(SESSION.expires_at)
    assert not replace(SESSION, revoked=RevocationReason.DISABLED).is_live(NOON)


def test_a_refresh_records_from_where_and_when_it_came_and_changes_nothing_else() -> None:
    later = NOON + timedelta(hours=1)
    refreshed = SESSION.refreshed(b"two", "10.0.0.2", later)
    assert refreshed == replace(SESSION, secret_hash=b"two", generation=1, address="10.0.0.2", last_used_at=later)
