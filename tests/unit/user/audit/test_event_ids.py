from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common import ids
from services.user.audit.event_ids import moment_of

moments = st.datetimes(datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - Hypothesis adds the zone


@given(moments)
def test_an_event_id_holds_the_moment_of_the_event(moment: datetime) -> None:
    assert timedelta(0) <= moment - moment_of(ids.ordered(moment)) < timedelta(milliseconds=1)


@pytest.mark.parametrize("text", ["", "x", "11111111-2222-4333-8444-555555555555", "f" * 12 + "7fff8fff" + "f" * 12])
def test_an_id_of_another_kind_holds_no_moment(text: str) -> None:
    with pytest.raises(ValueError, match=r"UUID|hexadecimal|calendar"):
        moment_of(text)
