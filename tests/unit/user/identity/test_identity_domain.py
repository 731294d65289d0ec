from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.common.rpc.errors import InvalidArgument
from services.user.identity.domain import Role, check_date_of_birth, check_is_new, check_password
from tests.keyboards import full_width
from tests.unit.user.fakes import NOON
from tests.unit.user.identity.world import make_registration


@pytest.mark.parametrize("password", ["password1234", "PASSWORD1234", "aaaaaaaaaaaaa", "AaAaAaAaAaAaA", "            "])
def test_a_common_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^password is too common; choose another one$"):
        check_password(password, "somebody", frozenset({"password1234"}))


@pytest.mark.parametrize("password", ["alice-in-the-house", "the house of ALICE", "xxALiCexxxxxx"])
def test_a_password_that_contains_the_username_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^password must not contain the username$"):
        check_password(password, "Alice", frozenset())


@pytest.mark.parametrize(
    "password", ["correct horse battery", "åååååååååååä", "passwort1234!", "ab" * 36, "twelve chars"]
)
def test_any_other_password_is_allowed(password: str) -> None:
    check_password(password, "alice", frozenset({"password1234"}))


@pytest.mark.parametrize(
    ("password", "message"),
    [
        (full_width("password1234"), "too common"),
        ("CONTRASEN\u0303A123", "too common"),
        ("the house of " + full_width("ALICE"), "username"),
        ("e\u0301" * 11, "at least 12 characters"),
        ("½" * 20, "at most 72 bytes"),
    ],
)
def test_the_rules_of_a_password_are_those_of_its_normal_form(password: str, message: str) -> None:
    with pytest.raises(InvalidArgument, match=message):
        check_password(password, "alice", frozenset({"password1234", "contraseña123"}))


@pytest.mark.parametrize(
    "new", ["correct horse café", "correct horse cafe\u0301", full_width("c") + "orrect horse café"]
)
def test_a_new_password_must_differ_from_the_current_one(new: str) -> None:
    with pytest.raises(InvalidArgument, match="differ") as refusal:
        check_is_new(new, "correct horse café")
    assert [field for field, _ in refusal.value.violations] == ["new_password"]
    check_is_new(new + "s", "correct horse café")
    check_is_new(new.upper(), "correct horse café")


@pytest.mark.parametrize("born", ["", "1990-12-31", "2024-02-29", "2026-02-28"])
def test_a_date_in_the_past_is_a_date_of_birth(born: str) -> None:
    check_date_of_birth(born, date(2026, 3, 1), 0)


@pytest.mark.parametrize(
    ("born", "birthday"),
    [
        ("2013-03-01", date(2026, 3, 1)),
        ("2012-12-31", date(2025, 12, 31)),
        ("2012-02-29", date(2025, 3, 1)),
        ("2013-02-28", date(2026, 2, 28)),
    ],
)
def test_a_person_is_old_enough_from_the_birthday_on(born: str, birthday: date) -> None:
    check_date_of_birth(born, birthday, 13)
    with pytest.raises(InvalidArgument, match="date_of_birth must be at least 13 years ago"):
        check_date_of_birth(born, birthday - timedelta(days=1), 13)


def test_the_minimum_age_is_a_setting() -> None:
    check_date_of_birth("2008-03-01", date(2026, 3, 1), 18)
    with pytest.raises(InvalidArgument, match="18 years"):
        check_date_of_birth("2008-03-02", date(2026, 3, 1), 18)


@pytest.mark.parametrize("born", ["2026-03-01", "2026-03-02", "2099-01-01"])
def test_a_date_that_is_not_in_the_past_is_refused(born: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^date_of_birth must be in the past$"):
        check_date_of_birth(born, date(2026, 3, 1), 0)


@pytest.mark.parametrize("born", ["1990-02-30", "2025-02-29", "1990-04-31"])
def test_a_date_that_does_not_exist_is_refused(born: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^date_of_birth must be an existing date, like 1990-12-31$"):
        check_date_of_birth(born, date(2026, 3, 1), 0)


def test_a_new_user_is_a_customer_from_now_on() -> None:
    profile = make_registration().profile("u-1", b"a hash", NOON)
    assert (profile.user_id, profile.password_hash, profile.role) == ("u-1", b"a hash", Role.CUSTOMER)
    assert (profile.created_at, profile.updated_at, profile.version) == (NOON, NOON, 1)
