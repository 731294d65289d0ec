from __future__ import annotations

import pytest

from services.common.rpc.errors import InvalidArgument
from services.user.identity import details
from tests import cultures


@pytest.mark.parametrize(("typed", "stored"), cultures.NAMES.items())
def test_a_name_is_stored_without_spaces_around_it(typed: str, stored: str) -> None:
    assert details.name(typed) == stored


@pytest.mark.parametrize(("typed", "stored"), cultures.PHONES.items())
def test_a_telephone_number_is_stored_in_one_format(typed: str, stored: str) -> None:
    assert details.phone(typed) == stored


@pytest.mark.parametrize(
    "typed",
    [
        *("030 123456", "(415) 555-0100", "14155550100", "+0415 555 0100", "0000 30 123456", "+123456"),
        *(
            "+1234567890123456",
            "+",
            "00",
            "+1 415 CALL ME",
            "+1 415X555X0100",
            "+1 415 555 0100 ext. 5",
            "1+415 555 0100",
            "+44 (0)20 7946 0018",
        ),
        *("+44 ( 0 ) 20 7946 0018", "+44\uff080\uff0920 7946 0018", "+966 (\u0660)50 1234567"),
    ],
)
def test_any_other_number_is_refused_with_the_form_that_is_expected(typed: str) -> None:
    with pytest.raises(InvalidArgument, match=r"^phone must be an international number like \+1 415 555 0100"):
        details.phone(typed)


def test_only_what_is_stated_is_converted() -> None:
    assert details.stored({"first_name": " Ann ", "email": " a@b.co"}) == {"first_name": "Ann", "email": " a@b.co"}
