"""What the throttle needs: the repository of attempts, and what only its callers know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol

from services.common.unit_of_work import UnitOfWork
from services.user.identity.login_attempts.budgets import Bucket, Budget
from services.user.identity.login_attempts.domain import AttemptHistory

# Returns the session that the owner began on this device if the client proved it, else "".
Device = Callable[[], Awaitable[str]]
# Adds the record of a refusal to a unit of work, with the same calls whether or not the account exists.
AddRefusal = Callable[[UnitOfWork], Awaitable[None]]


class AttemptRepository(Protocol):
    """Stores login attempts. `account` and `address` are digests."""

    async def history(self, account: str) -> AttemptHistory:
        """Returns the attempts on an account; an empty history if there is none."""
        ...

    def replace(self, tx: UnitOfWork, account: str, after: AttemptHistory, now_ms: int) -> None:
        """Writes the next version of a history, on the condition that the one before is current (else Conflict)."""
        ...

    def mark_refusal_recorded(self, tx: UnitOfWork, account: str) -> None:
        """Marks that a refusal is recorded, on the condition that none is (else Conflict)."""
        ...

    async def bucket(self, address: str) -> Bucket:
        """Returns what is spent of the budget of an address."""
        ...

    async def charge(self, address: str, budget: Budget, now_ms: int) -> None:
        """Charges an address for a wrong password."""
        ...
