from __future__ import annotations

from datetime import date

import pytest

from services.common.rpc.errors import InvalidArgument
from services.user.identity.domain import check_date_of_birth, check_password


@pytest.mark.parametrize("password", ["password1234", "PASSWORD1234", "aaaaaaaaaaaaa", "AaAaAaAaAaAaA", "            "])
def test_a_common_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="too common"):
        check_password(password, "somebody", frozenset({"password1234"}))


@pytest.mark.parametrize("password", ["alice-in-the-house", "the house of ALICE", "xxALiCexxxxxx"])
def test_a_password_that_contains_the_username_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="username"):
        check_password(password, "Alice", frozenset())


@pytest.mark.parametrize("password", ["correct horse battery", "åååååååååååä", "passwort1234!"])
def test_any_other_password_is_allowed(password: str) -> None:
    check_password(password, "alice", frozenset({"password1234"}))


@pytest.mark.parametrize("born", ["", "1990-12-31", "2024-02-29", "2026-02-28"])
def test_a_date_in_the_past_is_a_date_of_birth(born: str) -> None:
    check_date_of_birth(born, date(2026, 3, 1))


@pytest.mark.parametrize("born", ["2026-03-01", "2026-03-02", "2099-01-01", "1990-02-30", "2025-02-29", "1990-04-31"])
def test_a_date_that_does_not_exist_or_is_not_in_the_past_is_refused(born: str) -> None:
    with pytest.raises(InvalidArgument) as refusal:
        check_date_of_birth(born, date(2026, 3, 1))
    assert [field for field, _ in refusal.value.violations] == ["date_of_birth"]
