from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from google.protobuf.timestamp_pb2 import Timestamp

from services.common import times


def test_now_is_in_utc() -> None:
    assert times.now().utcoffset() == timedelta(0)


def test_a_time_on_the_wire_is_exact_to_the_microsecond() -> None:
    moment = datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=timezone(timedelta(hours=-5)))
    assert times.timestamp(moment).ToDatetime(UTC) == moment
    assert times.timestamp(moment).ToJsonString() == "2026-03-01T04:59:59.999999Z"


def test_a_time_from_the_wire_is_rounded_up_to_the_microsecond() -> None:
    second = datetime(2026, 3, 1, 12, tzinfo=UTC)
    moments = [
        times.moment(Timestamp(seconds=int(second.timestamp()), nanos=nanos))
        for nanos in (0, 1, 1000, 1001, -1, 2**31 - 1)
    ]
    assert moments == [second + timedelta(microseconds=number) for number in (0, 1, 1, 2, 0, 2_147_484)]
