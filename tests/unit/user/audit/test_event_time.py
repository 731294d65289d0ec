from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.common import ids
from services.common.rpc.errors import InvalidArgument
from services.user.audit import domain

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
EVENT = ids.ordered(NOON)
SKEW = domain._CLOCK_SKEW_MAX  # noqa: SLF001 - the limit itself is not under test


@pytest.mark.parametrize("offset", [-SKEW, timedelta(0), SKEW])
def test_the_time_of_an_event_may_be_off_by_the_skew_of_clocks(offset: timedelta) -> None:
    domain.check_time(EVENT, NOON + offset)


@pytest.mark.parametrize("offset", [-SKEW, SKEW])
def test_but_by_no_more(offset: timedelta) -> None:
    beyond = timedelta(milliseconds=1) if offset > timedelta(0) else timedelta(milliseconds=-1)
    with pytest.raises(InvalidArgument, match=r"^event_id must hold the current time$"):
        domain.check_time(EVENT, NOON + offset + beyond)


@pytest.mark.parametrize("event_id", ["", "nonsense", "6f1d3f0e-6c7e-4b0a-9a35-0d5a1c0c7d11"])
def test_an_id_without_a_time_is_refused(event_id: str) -> None:
    with pytest.raises(InvalidArgument, match="must hold the current time"):
        domain.check_time(event_id, NOON)
