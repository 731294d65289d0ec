from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from cnop.inventory.v1 import asset_pb2
from hypothesis import given
from hypothesis import strategies as st

from services.prices.frame import AssetPrice, Frame, Source, Status, frame_message, pack, unpack

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

prices = st.integers(0, 9 * 10**18).map(lambda units: Decimal(units).scaleb(-8))
frames = st.builds(
    Frame,
    seq=st.integers(0, 2**53),
    as_of=st.integers(0, 4 * 10**15).map(lambda moment: EPOCH + timedelta(microseconds=moment)),
    source=st.sampled_from(Source),
    is_halted=st.booleans(),
    catalogue_version=st.integers(0, 2**53),
    prices=st.dictionaries(
        st.text("ABC123", min_size=1, max_size=5),
        st.builds(AssetPrice, prices, prices, prices, st.sampled_from(Status)),
        max_size=5,
    ),
)


@given(frames)
def test_a_frame_survives_the_wire(frame: Frame) -> None:
    assert unpack(pack(frame)) == frame


def test_prices_are_sorted_by_asset() -> None:
    price = AssetPrice(Decimal(1), Decimal(1), Decimal(1), Status.TRADING)
    frame = Frame(1, datetime.now(UTC), Source.FIXED, False, 0, {"ETH": price, "BTC": price})
    assert [one.asset_id for one in frame_message(frame).prices] == ["BTC", "ETH"]


def test_what_is_no_frame_is_refused() -> None:
    frame = Frame(1, datetime.now(UTC), Source.FIXED, False, 0, {})
    message = frame_message(frame)
    message.source = asset_pb2.PRICE_SOURCE_UNSPECIFIED
    for data in (b"\xff", message.SerializeToString()):
        with pytest.raises(ValueError, match="not a frame"):
            unpack(data)


def test_a_frame_of_200_assets_fits_into_8_kilobytes() -> None:
    price = AssetPrice(Decimal("123456.12345678"), Decimal("123455.12345678"), Decimal("123457.1"), Status.TRADING)
    frame = Frame(2**40, datetime.now(UTC), Source.FIXED, False, 1000, {f"ASSET{n:03}": price for n in range(200)})
    assert len(pack(frame)) <= 8 * 1024
