from __future__ import annotations

import pytest

from services.common.rpc.errors import InvalidArgument
from services.user.identity.domain import check_password


@pytest.mark.parametrize("password", ["password1234", "PASSWORD1234", "aaaaaaaaaaaaa", "AaAaAaAaAaAaA", "            "])
def test_a_common_password_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="too common"):
        check_password(password, "somebody", frozenset({"password1234"}))


@pytest.mark.parametrize("password", ["alice-in-the-house", "the house of ALICE", "xxALiCexxxxxx"])
def test_a_password_with_the_username_in_it_is_refused(password: str) -> None:
    with pytest.raises(InvalidArgument, match="username"):
        check_password(password, "Alice", frozenset())


@pytest.mark.parametrize("password", ["correct horse battery", "åååååååååååä", "passwort1234!"])
def test_any_other_password_is_good(password: str) -> None:
    check_password(password, "alice", frozenset({"password1234"}))
