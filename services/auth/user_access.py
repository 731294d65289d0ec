"""Admits signed-in users: a valid token, of a session that was not revoked, with the role that the policy requires.

A method with `session_cookie` authenticates some calls itself, by a cookie instead of a token.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from services.auth.refusals import Refusal, Refusals, try_to_record
from services.auth.tokens import TokenVerifier
from services.common.rpc.access import CallMetadata, Policy
from services.common.rpc.call import Call, Principal
from services.common.rpc.errors import PermissionDenied, ServiceError, Unauthenticated

_SESSION_HEADER, _COOKIE = "x-cnop-session", "cookie"


class RevocationCheck(Protocol):
    """Knows which sessions were revoked."""

    async def check(self, session_id: str) -> None:
        """Raises Unauthenticated TOKEN_REVOKED, or Unavailable if that cannot be known."""
        ...


@dataclass(frozen=True)
class UserAccess:
    """Admits users, and records the refusals of known ones."""

    tokens: TokenVerifier
    revocations: RevocationCheck
    refusals: Refusals

    async def admit(self, call: Call, method: str, policy: Policy, metadata: CallMetadata) -> None:
        """Sets the principal of the call, except of one that the method itself authenticates by a cookie.

        Raises Unauthenticated with TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID or TOKEN_REVOKED, PermissionDenied
        ROLE_REQUIRED, and Unavailable if it cannot be known whether the session was revoked.
        """
        if _is_by_cookie(policy, metadata):
            return
        user = call.principal = await self.tokens.verify(str(metadata.get("authorization", "")))
        try:
            await self.revocations.check(user.session_id)
        except Unauthenticated as refused:
            await self._record(user, method, refused, actor_id="")  # the token may be in anyone's hands
            raise
        if policy.caller == Policy.USER or (policy.caller == Policy.ADMIN and user.role == "admin"):
            return
        missing = PermissionDenied("ROLE_REQUIRED", "this method is for admins; sign in as one")
        await self._record(user, method, missing, actor_id=user.user_id)
        raise missing

    async def confirm(self, user: Principal) -> None:
        """Checks a user again while a call of theirs goes on.

        Raises Unauthenticated with TOKEN_EXPIRED, TOKEN_INVALID or TOKEN_REVOKED, and Unavailable if it cannot be known
        whether the session was revoked.
        """
        await self.tokens.verify(f"Bearer {user.token}")
        await self.revocations.check(user.session_id)

    async def _record(self, user: Principal, method: str, refused: ServiceError, actor_id: str) -> None:
        refusal = Refusal(user.user_id, actor_id, user.session_id, method, refused.reason)
        await try_to_record(self.refusals.record_refusal(refusal))


def _is_by_cookie(policy: Policy, metadata: CallMetadata) -> bool:
    is_taken = policy.session_cookie and policy.caller == Policy.USER
    return is_taken and metadata.get(_SESSION_HEADER) == _COOKIE
