from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import base64_decode, base64_encode

from services.common.rpc.errors import InvalidArgument
from services.common.rpc.pages import PageTokens, page_size

KEY = b"k" * 32
CURSOR = {"cursor": "2026-01-01T00:00:00.000000+00:00#11111111-2222-5333-8444-555555555555"}
QUERY = ("orders", "user-1", "PENDING", "BTC", "BUY")


def tokens(key: bytes = KEY) -> PageTokens:
    return PageTokens(key)


def test_an_empty_token_is_that_of_the_first_page() -> None:
    assert tokens().open("", *QUERY) is None


def test_the_last_page_has_no_token() -> None:
    assert tokens().seal(None, *QUERY) == ""


@given(
    st.dictionaries(st.text(max_size=8), st.text(max_size=40), min_size=1, max_size=3),
    st.lists(st.text(max_size=10), max_size=4),
)
def test_a_token_opens_to_the_cursor_that_it_seals(cursor: dict[str, str], query: list[str]) -> None:
    assert tokens().open(tokens().seal(cursor, *query), *query) == cursor


def test_another_replica_with_the_same_key_opens_a_token() -> None:
    assert PageTokens(bytes(KEY)).open(tokens().seal(CURSOR, *QUERY), *QUERY) == CURSOR


def test_a_token_is_safe_in_a_url() -> None:
    assert set(tokens().seal({"k": "ÿþ~~??>>"}, "q")) <= set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."  # pragma: allowlist secret
    )


def test_a_token_with_one_changed_character_is_refused_or_has_the_same_meaning() -> None:
    token = tokens().seal(CURSOR, *QUERY)
    for at, was in enumerate(token):
        for now in {"A", "B", "_", "."} - {was}:
            try:
                opened = tokens().open(token[:at] + now + token[at + 1 :], *QUERY)
            except InvalidArgument:
                continue
            assert opened == CURSOR  # the last character of base64 has unused bits
            assert at in {token.index("."), len(token) - 1}


@pytest.mark.parametrize("flip", [0x01, 0x80, 0xFF])
@pytest.mark.parametrize("part", [0, 1], ids=["cursor", "signature"])
def test_a_change_of_any_byte_is_refused(part: int, flip: int) -> None:
    parts = [base64_decode(encoded) for encoded in tokens().seal(CURSOR, *QUERY).split(".")]
    for at in range(len(parts[part])):
        changed = list(parts)
        changed[part] = parts[part][:at] + bytes([parts[part][at] ^ flip]) + parts[part][at + 1 :]
        with pytest.raises(InvalidArgument):
            tokens().open(b".".join(base64_encode(content) for content in changed).decode(), *QUERY)


def test_a_truncated_or_extended_token_is_refused() -> None:
    token = tokens().seal(CURSOR, *QUERY)
    for changed in [*(token[:length] for length in range(1, len(token))), token + "A", "A" + token, token + "."]:
        with pytest.raises(InvalidArgument):
            tokens().open(changed, *QUERY)


@pytest.mark.parametrize("position", range(len(QUERY)))
def test_a_token_of_another_query_is_refused(position: int) -> None:
    other = [*QUERY]
    other[position] += "x"
    with pytest.raises(InvalidArgument):
        tokens().open(tokens().seal(CURSOR, *QUERY), *other)


def test_a_token_of_another_user_is_refused() -> None:
    with pytest.raises(InvalidArgument) as refusal:
        tokens().open(tokens().seal(CURSOR, "transactions", "user-1"), "transactions", "user-2")
    assert [field for field, _ in refusal.value.violations] == ["page_token"]


def test_the_boundaries_between_parts_of_a_query_matter() -> None:
    with pytest.raises(InvalidArgument):
        tokens().open(tokens().seal(CURSOR, "ab", "c"), "a", "bc")


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(InvalidArgument):
        tokens(b"x" * 32).open(tokens().seal(CURSOR, *QUERY), *QUERY)


@pytest.mark.parametrize("token", ["=", "!", "A", "AAAA", "é", "\0", " ", "A" * 1024, "null", "{}"])
def test_garbage_is_refused(token: str) -> None:
    with pytest.raises(InvalidArgument):
        tokens().open(token, *QUERY)


@pytest.mark.parametrize(("requested", "size"), [(0, 50), (1, 1), (200, 200)])
def test_the_default_page_size_is_fifty(requested: int, size: int) -> None:
    assert page_size(requested) == size
