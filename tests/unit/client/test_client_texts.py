"""Conversions to text: amounts, limit prices, percentages, and text that is safe for a terminal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import click
import pytest
from cnop_client.cli.output import percent, plain
from cnop_client.cli.trade import Size, worst_price
from cnop_client.operations import decimal_text, timestamp


@pytest.mark.parametrize(
    ("amount", "text"), [("0.05", "0.05"), (10, "10"), (Decimal("1E-8"), "0.00000001"), (Decimal("1E+3"), "1000")]
)
def test_an_amount_is_formatted_as_the_contract_wants_it(amount: str | int | Decimal, text: str) -> None:
    assert decimal_text(amount) == text


@pytest.mark.parametrize("amount", [0.1, True, None])
def test_an_inexact_amount_is_refused(amount: Any) -> None:
    with pytest.raises(TypeError):
        decimal_text(amount)


def test_the_limit_price_is_one_percent_off() -> None:
    assert worst_price("BUY", Decimal("100000.00")) == "101000.00"
    assert worst_price("SELL", Decimal("100000.00")) == "99000.00"
    assert worst_price("BUY", Decimal("0.00001234")) == "0.00001246"
    assert worst_price("SELL", Decimal("0.00000001")) == "0.00000001"


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (("0.05", ""), "0.05 BTC"),
        (("", "100"), "BTC for 100 USD"),
        ((None, "", True), "all BTC"),
        ((None, ""), ""),
        (("1", "100"), ""),
        (("1", "", True), ""),
    ],
)
def test_an_order_has_one_size(given: tuple[Any, ...], text: str) -> None:
    quantity, quote_amount, *sell_all = given
    if text:
        assert Size.of(quantity, quote_amount, sell_all=bool(sell_all)).text("BTC") == text
        return
    with pytest.raises(click.UsageError):
        Size.of(quantity, quote_amount, sell_all=bool(sell_all))


def test_text_from_the_system_cannot_control_the_terminal() -> None:
    assert plain("a\x1b[31mb\nc\u202e") == "a?[31mb?c?"


def test_a_percentage_has_its_sign() -> None:
    assert [percent(text) for text in ("1.20", "-0.01", "")] == ["+1.20%", "-0.01%", ""]


def test_a_time_needs_a_time_zone() -> None:
    moment = datetime(2026, 3, 1, 13, tzinfo=timezone(timedelta(hours=1)))
    assert timestamp(None) is None
    assert timestamp(moment) == timestamp(moment.astimezone(UTC))
    with pytest.raises(ValueError, match="time zone"):
        timestamp(moment.replace(tzinfo=None))
