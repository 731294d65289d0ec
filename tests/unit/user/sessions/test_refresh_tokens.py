from __future__ import annotations

import base64
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.common.rpc.errors import Unauthenticated
from services.user.sessions import refresh_tokens
from services.user.sessions.refresh_tokens import RefreshTokens

TOKENS = RefreshTokens(b"a key")


def make_token(generation: int = 0) -> refresh_tokens.RefreshToken:
    return refresh_tokens.make(str(uuid.uuid4()), str(uuid.uuid4()), generation)


@pytest.mark.parametrize("generation", [0, 1, 2**32 - 1])
def test_a_sealed_token_can_be_opened(generation: int) -> None:
    token = make_token(generation)
    assert TOKENS.open(TOKENS.seal(token)) == token


def test_secrets_differ_and_do_not_appear_in_logs() -> None:
    one, other = make_token(), make_token()
    assert len(one.secret) == 32
    assert one.secret != other.secret
    assert one.secret_hash != one.secret
    assert repr(one.secret) not in repr(one)


@given(st.text(max_size=200))
def test_arbitrary_text_is_refused(text: str) -> None:
    with pytest.raises(Unauthenticated) as refusal:
        TOKENS.open(text)
    assert refusal.value.reason == "REFRESH_TOKEN_INVALID"


def test_a_token_with_any_changed_byte_is_refused() -> None:
    sealed = TOKENS.seal(make_token())
    data = base64.urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4))
    for at in range(len(data)):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(Unauthenticated):
            TOKENS.open(base64.urlsafe_b64encode(changed).decode().rstrip("="))
    for other in (data[:-1], data + b"\0", data + data):
        with pytest.raises(Unauthenticated):
            TOKENS.open(base64.urlsafe_b64encode(other).decode().rstrip("="))


def test_a_token_sealed_with_another_key_is_refused() -> None:
    with pytest.raises(Unauthenticated):
        RefreshTokens(b"another key").open(TOKENS.seal(make_token()))
