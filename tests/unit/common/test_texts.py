from __future__ import annotations

import unicodedata

import pytest

from services.common import texts
from tests.keyboards import full_width


@pytest.mark.parametrize("text", ["café", "Nguyễn Thị Ánh", "각하", "Ångström", "plain"])
def test_composed_and_decomposed_text_is_the_same(text: str) -> None:
    forms = [unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD")]
    assert {texts.normal(form) for form in forms} == {text}


@pytest.mark.parametrize(
    ("typed", "meant"), [(full_width("ada1"), "ada1"), ("ada\u00a0lovelace", "ada lovelace"), ("ada\u3000l", "ada l")]
)
def test_full_width_letters_and_other_spaces_are_plain_ones(typed: str, meant: str) -> None:
    assert texts.normal(typed) == meant


@pytest.mark.parametrize(
    ("one", "other"), [("ADA", "ada"), (full_width("ADA"), "ada"), ("E\u0301", "é"), ("Maß", "MASS")]
)
def test_folded_text_has_no_case(one: str, other: str) -> None:
    assert texts.folded(one) == texts.folded(other)


def test_the_normal_form_keeps_case() -> None:
    assert texts.normal("Ada") == "Ada"
