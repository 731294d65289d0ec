"""Which users may call a method: with a good token, of a session that goes on, in the role that the policy wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from services.common.auth.refusals import Refusal, Refusals, try_to_record
from services.common.auth.tokens import TokenVerifier
from services.common.rpc.call import Call, Principal
from services.common.rpc.errors import PermissionDenied, ServiceError, Unauthenticated
from services.common.rpc.policy import Policy


class EndedSessions(Protocol):
    """Who knows which sessions have ended."""

    async def check(self, session_id: str) -> None:
        """Raises Unauthenticated TOKEN_REVOKED for one that has, Unavailable when nobody can tell."""
        ...


@dataclass(frozen=True)
class UserAccess:
    """Admits users, and has it recorded when one that is known is refused."""

    tokens: TokenVerifier
    ended: EndedSessions
    refusals: Refusals

    async def admit(self, call: Call, method: str, policy: Policy, metadata: Mapping[str, str | bytes]) -> None:
        """Tells the call who calls.

        Raises Unauthenticated with TOKEN_MISSING, TOKEN_EXPIRED, TOKEN_INVALID or TOKEN_REVOKED, PermissionDenied
        ROLE_REQUIRED, and Unavailable when nobody can tell whether the session has ended.
        """
        user = call.principal = await self.tokens.verify(str(metadata.get("authorization", "")))
        try:
            await self.ended.check(user.session_id)
        except Unauthenticated as refused:
            await self._record(user, method, refused, actor_id="")  # nobody knows who has the token now
            raise
        if policy.caller == Policy.USER or (policy.caller == Policy.ADMIN and user.role == "admin"):
            return
        missing = PermissionDenied("ROLE_REQUIRED", "this method is for admins")
        await self._record(user, method, missing, actor_id=user.user_id)
        raise missing

    async def _record(self, user: Principal, method: str, refused: ServiceError, actor_id: str) -> None:
        refusal = Refusal(user.user_id, actor_id, user.session_id, method, refused.reason)
        await try_to_record(self.refusals.record_refusal(refusal))
