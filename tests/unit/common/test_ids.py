from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import ids

parts = st.lists(st.text(st.characters(exclude_characters="\x1f", codec="utf-8")), min_size=1, max_size=4)


def test_the_ids_of_stored_effects_never_change() -> None:
    # Tables hold these: another value here means that a replay after an upgrade has its effect a second time.
    assert ids.derive("order", "11111111-2222-3333-4444-555555555555", "r-1") == "71f37216-7f08-53c1-807c-54c9fa47267c"
    assert ids.fingerprint("DEPOSIT", "10.00") == "76d0c90f0460e5c37b181b23c9a3cf29"  # pragma: allowlist secret


def test_a_derived_id_is_a_uuid_of_version_5() -> None:
    assert uuid.UUID(ids.derive("settle", "x")).version == 5


@given(parts, parts)
def test_different_parts_name_different_ids(one: list[str], other: list[str]) -> None:
    assert (ids.derive(*one) == ids.derive(*other)) == (one == other)
    assert (ids.fingerprint(*one) == ids.fingerprint(*other)) == (one == other)


def test_where_one_part_ends_and_the_next_begins_matters() -> None:
    assert ids.derive("a", "bc") != ids.derive("ab", "c")
    assert ids.derive("a", "") != ids.derive("a")


def test_random_ids_do_not_repeat() -> None:
    assert len({ids.random() for _ in range(1000)}) == 1000


since_1970 = st.timedeltas(timedelta(0), timedelta(days=2_900_000))
moments = since_1970.map(lambda since: datetime(1970, 1, 1, tzinfo=UTC) + since)


@given(moments)
def test_an_ordered_id_is_a_uuid_of_version_7_that_holds_its_moment(moment: datetime) -> None:
    made = ids.ordered(moment)
    assert (uuid.UUID(made).version, uuid.UUID(made).variant) == (7, uuid.RFC_4122)
    assert timedelta(0) <= moment - ids.moment_of(made) < timedelta(milliseconds=1)


@given(moments, moments)
def test_ordered_ids_sort_by_their_moments(one: datetime, other: datetime) -> None:
    first, second = sorted((one, other))
    if second - first >= timedelta(milliseconds=1):
        assert ids.ordered(first) < ids.ordered(second)


def test_ordered_ids_of_one_moment_do_not_repeat() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    assert len({ids.ordered(moment) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("text", ["", "x", "11111111-2222-4333-8444-555555555555", "f" * 12 + "7fff8fff" + "f" * 12])
def test_another_id_holds_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"UUID|hexadecimal|calendar"):
        ids.moment_of(text)
