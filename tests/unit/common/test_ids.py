from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import ids

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

parts = st.lists(st.text(st.characters(exclude_characters="\x1f", codec="utf-8")), min_size=1, max_size=4)


def test_the_ids_of_stored_effects_never_change() -> None:
    # Tables hold these ids. If they changed, a replay after an upgrade would have its effect a second time.
    assert ids.derive("order", "11111111-2222-3333-4444-555555555555", "r-1") == "71f37216-7f08-53c1-807c-54c9fa47267c"
    assert ids.fingerprint("DEPOSIT", "10.00") == "76d0c90f0460e5c37b181b23c9a3cf29"  # pragma: allowlist secret


def test_a_derived_id_is_a_uuid_of_version_5() -> None:
    assert uuid.UUID(ids.derive("settle", "x")).version == 5


@given(parts, parts)
def test_different_parts_determine_different_ids(one: list[str], other: list[str]) -> None:
    assert (ids.derive(*one) == ids.derive(*other)) == (one == other)
    assert (ids.fingerprint(*one) == ids.fingerprint(*other)) == (one == other)


def test_the_boundaries_between_parts_matter() -> None:
    assert ids.derive("a", "bc") != ids.derive("ab", "c")
    assert ids.derive("a", "") != ids.derive("a")


def test_random_ids_do_not_repeat() -> None:
    assert len({ids.random() for _ in range(1000)}) == 1000


moments = st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - given its zone


@given(moments)
def test_an_ordered_id_is_a_uuid_of_version_7_that_holds_its_moment_in_milliseconds(moment: datetime) -> None:
    made = uuid.UUID(ids.ordered(moment))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == (moment - EPOCH) // timedelta(milliseconds=1)


@given(moments, moments)
def test_ordered_ids_sort_by_their_moments(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    if second - first >= timedelta(milliseconds=1):
        assert ids.ordered(first) < ids.ordered(second)


def test_ordered_ids_of_one_moment_do_not_repeat_and_have_no_order() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    made = [ids.ordered(moment) for _ in range(1000)]
    assert len(set(made)) == 1000
    assert made != sorted(made), "documented: within a millisecond, order is random"


def test_an_ordered_id_depends_on_no_earlier_one() -> None:
    ids.ordered(datetime.max.replace(tzinfo=UTC))
    now = datetime(2026, 3, 1, tzinfo=UTC)
    before = now - timedelta(hours=1)  # the clock was set back
    assert uuid.UUID(ids.ordered(now)).int >> 80 == (now - EPOCH) // timedelta(milliseconds=1)
    assert uuid.UUID(ids.ordered(before)).int >> 80 == (before - EPOCH) // timedelta(milliseconds=1)


def test_there_is_no_ordered_id_of_a_moment_before_1970() -> None:
    with pytest.raises(OverflowError):
        ids.ordered(EPOCH - timedelta(milliseconds=1))


def test_a_uuid_in_upper_case_is_stored_in_lower_case() -> None:
    stored = "7db51c22-d5e3-5f51-890d-8bb1ea6ea4d5"
    assert {ids.canonical(one) for one in (stored, stored.upper(), stored.replace("d", "D"))} == {stored}
    for other in (
        "",
        "BTC",
        "First-Order",
        stored.upper().replace("-", ""),
        f"{stored.upper()} ",
        f"X{stored.upper()}",
    ):
        assert ids.canonical(other) == other
