from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from services.common import ids

parts = st.lists(st.text(st.characters(exclude_characters="\x1f", codec="utf-8")), min_size=1, max_size=4)


def test_the_ids_of_stored_effects_never_change() -> None:
    # Tables hold these: another value here means that a replay after an upgrade has its effect a second time.
    assert ids.derive("order", "11111111-2222-3333-4444-555555555555", "r-1") == "71f37216-7f08-53c1-807c-54c9fa47267c"
    assert ids.fingerprint("DEPOSIT", "10.00") == "76d0c90f0460e5c37b181b23c9a3cf29"


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
