"""Which calls are admitted without an access token, for their method to authenticate by a cookie."""

from __future__ import annotations

from typing import cast

import pytest
from cnop.access.v1 import access_pb2

from services.auth.refusals import Refusals
from services.auth.tokens import TokenVerifier
from services.auth.user_access import RevocationCheck, UserAccess
from services.common.rpc.call import Call
from services.common.rpc.errors import Unauthenticated

Policy = access_pb2.Policy


class NoTokens:
    """Refuses every token."""

    async def verify(self, authorization: str) -> None:
        raise Unauthenticated("TOKEN_MISSING", "sign in first")


ACCESS = UserAccess(cast(TokenVerifier, NoTokens()), cast(RevocationCheck, None), cast(Refusals, None))


async def test_a_call_by_cookie_is_admitted_without_a_principal_where_the_policy_says_so() -> None:
    call = Call("r", 0.0)
    await ACCESS.admit(call, "/m", Policy(caller=Policy.USER, session_cookie=True), {"x-cnop-session": "cookie"})
    assert call.principal is None


@pytest.mark.parametrize(
    ("policy", "mode"),
    [
        (Policy(caller=Policy.USER), "cookie"),
        (Policy(caller=Policy.ADMIN, session_cookie=True), "cookie"),
        (Policy(caller=Policy.USER, session_cookie=True), "Cookie"),
        (Policy(caller=Policy.USER, session_cookie=True), "cookie,cookie"),
        (Policy(caller=Policy.USER, session_cookie=True), ""),
    ],
)
async def test_every_other_call_needs_a_token(policy: access_pb2.Policy, mode: str) -> None:
    with pytest.raises(Unauthenticated):
        await ACCESS.admit(Call("r", 0.0), "/m", policy, {"x-cnop-session": mode, "cookie": "__Host-Http-cnop=a"})
