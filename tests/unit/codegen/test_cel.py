from __future__ import annotations

import re

import pytest

from codegen.openapi.cel import UnsupportedError, schema


@pytest.mark.parametrize(
    ("expression", "keywords"),
    [
        ("this.matches('^[a-z]{1,3}$')", {"pattern": "^[a-z]{1,3}$"}),
        (r"this.matches('^\\p{L}\\.$')", {"pattern": r"^\p{L}\.$"}),
        (r"this.matches('^[é\']$')", {"pattern": "^[é']$"}),
        ("this == '' || this.matches('^a$')", {"pattern": "^(?:$|a$)"}),
        ("this == 'a.b' || this.matches('^c$')", {"pattern": r"^(?:a\.b$|c$)"}),
        ("this.size() >= 12", {"minLength": 12}),
        ("bytes(this).size() <= 72", {"maxLength": 72}),
        ("this.size() >= 1 && this.size() <= 5 && this.size() <= 9", {"minLength": 1, "maxLength": 5}),
        ("this in [1, 2]", {"in": [1, 2]}),
    ],
)
def test_a_rule_becomes_keywords_of_a_schema(expression: str, keywords: dict[str, object]) -> None:
    assert schema(expression) == keywords


@pytest.mark.parametrize(
    ("expression", "good", "bad"),
    [
        ("this.matches('^[0-9]{1,3}([.][0-9]{1,2})?$') && this.matches('[1-9]')", ["10", "0.01"], ["0", "0.00", "x1"]),
        ("this.matches('^(100|[0-9])([.][0-9])?$') && !this.matches('^100[.][1-9]')", ["100.0", "9.9"], ["100.1"]),
        (r"!this.contains('\u0000')", ["", "a\nb"], ["\0", "a\n\0b"]),
        (r"this.matches('^.{1,3}$') && !this.matches('[\u034F\U000E0100]')", ["abc"], ["a\u034f", "\U000e0100"]),
        ("this.matches('^[a-d]*$') && !this.matches('ab|c$')", ["ba", "cd"], ["ab", "dab", "c", "dc"]),
        ("this == '' || (this.matches('^[0-9]+$') && this.matches('[1-9]'))", ["", "01"], ["0", "a1"]),
        (
            "this.matches('^[a-zA-Z]{1,4}$') && (!this.matches('[A-Z]') || !this.matches('^[a-zA-Z]{2}$'))",
            ["a", "ab", "abC"],
            ["", "aB", "é", "abcde"],
        ),
    ],
)
def test_the_pattern_of_a_rule_with_several_parts_matches_the_same_texts(
    expression: str, good: list[str], bad: list[str]
) -> None:
    pattern = schema(expression)["pattern"]
    assert all(re.search(pattern, text) for text in good)
    assert not any(re.search(pattern, text) for text in bad)


@pytest.mark.parametrize(
    "expression",
    [
        "this > 1",
        "this.startsWith('a')",
        "this.matches('^a$') ? '' : 'no'",
        "this.size() >= 1 || this == 'a'",
        "this.matches('^[ab]{1,2}$') && (!this.matches('a') || this.matches('^ab$'))",
        "this in",
        "this.matches('a') && this.matches('b')",
        "size(this) < 3",
        "this.a.matches('^b$')",
        "'",
        "",
    ],
)
def test_what_cannot_be_told_is_not_told(expression: str) -> None:
    with pytest.raises(UnsupportedError):
        schema(expression)
