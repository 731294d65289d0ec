from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.bootstrap import signing_keys
from services.bootstrap.signing_keys import Lifetimes, kids, rotated, with_first, with_new
from services.user.sessions.signing import made_at

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
LIFETIMES = Lifetimes(activation=timedelta(seconds=120), token=timedelta(seconds=900))


def kid(age: float) -> str:
    """Returns the id of a key that was made so many minutes ago."""
    return f"{NOW - timedelta(minutes=age):%Y%m%dT%H%M%SZ}-aa"


def keys(*ages: float) -> dict[str, bytes]:
    return {f"{kid(age)}.pem": b"" for age in ages}


def test_the_id_of_a_new_key_holds_its_time() -> None:
    [added] = kids(with_new({}, NOW))
    assert made_at(added) == NOW


def test_a_first_key_is_made_only_if_there_is_none() -> None:
    first = with_first({}, NOW)
    assert len(kids(first)) == 1
    assert with_first(first, NOW) == first


@pytest.mark.parametrize(
    ("ages", "removed"),
    [
        ([40], 0),
        ([60, 40], 1),
        ([80, 60, 40], 2),
        ([60, 10], 0),
        ([80, 60, 10, 0], 1),
        ([10, 0], 0),
    ],
    ids=str,
)
def test_a_key_is_removed_after_a_newer_one_has_signed_for_longer_than_tokens_live(
    ages: list[float], removed: int
) -> None:
    before = keys(*ages)
    left = kids(rotated(before, NOW, LIFETIMES))
    assert [kid for kid in left if f"{kid}.pem" in before] == kids(before)[removed:]


def test_a_key_outlives_its_tokens_even_if_the_next_one_came_late_to_the_signer() -> None:
    """A mounted Secret is up to two minutes late, so the old key signs for so much longer."""
    lifetimes = Lifetimes(activation=timedelta(seconds=300), token=timedelta(seconds=900))
    last_signed = timedelta(minutes=2) + lifetimes.activation
    token_expires = last_signed + lifetimes.token
    before = keys(600, token_expires / timedelta(minutes=1))
    assert f"{kid(600)}.pem" in rotated(before, NOW, lifetimes)


def test_a_key_with_the_old_name_format_is_removed_first() -> None:
    before = {"20991231-ab12cd34.pem": b"", **keys(40)}
    assert "20991231-ab12cd34.pem" not in rotated(before, NOW, LIFETIMES)


def test_a_rotation_adds_one_key_however_often_it_is_repeated() -> None:
    once = rotated(keys(40), NOW, LIFETIMES)
    assert len(kids(once)) == 2
    assert rotated(once, NOW + timedelta(seconds=100), LIFETIMES) == once
    assert len(kids(rotated(once, NOW + timedelta(seconds=120), LIFETIMES))) == 3


def test_a_key_from_the_far_future_does_not_stop_rotations() -> None:
    assert len(kids(rotated(keys(-60 * 24 * 365, 40), NOW, LIFETIMES))) == 3


def test_a_leaked_key_is_removed_at_once_and_never_the_last_one() -> None:
    leaked = kid(40)
    [left] = kids(rotated(keys(40), NOW, LIFETIMES, [leaked]))
    assert made_at(left) == NOW
    assert kids(rotated(keys(40, 0), NOW, LIFETIMES, [leaked])) == [kid(0)]


def test_other_files_stay() -> None:
    others = {"README": b"about these keys"}
    assert rotated({**others, **keys(40)}, NOW, LIFETIMES).items() >= others.items()
    assert signing_keys.kids(others) == []
