"""What this process last wrote of accounts and holdings, so that the next change need not read it again."""

from __future__ import annotations

from collections import OrderedDict

from services.user.ledger.domain import Account, Holding

_USERS_MAX = 10_000


class Positions:
    """A guess, never a fact: another replica may have written since.

    A change that is made from a guess is written on the condition that the guess was right, and nothing is refused on
    the ground of one.
    """

    def __init__(self) -> None:
        self._accounts: OrderedDict[str, Account] = OrderedDict()
        self._holdings: OrderedDict[tuple[str, str], Holding] = OrderedDict()

    def guess(self, user_id: str, asset_id: str) -> tuple[Account, Holding] | None:
        """The account and the holding as they were last written; "" is the asset of a change of cash alone."""
        account = self._accounts.get(user_id)
        holding = self._holdings.get((user_id, asset_id)) if asset_id else Holding("")
        return None if account is None or holding is None else (account, holding)

    def remember(self, user_id: str, account: Account, holding: Holding | None) -> None:
        """Takes note of what was written."""
        self._accounts[user_id] = account
        self._accounts.move_to_end(user_id)
        if len(self._accounts) > _USERS_MAX:
            self._accounts.popitem(last=False)
        if holding is not None:
            self._holdings[user_id, holding.asset_id] = holding
            self._holdings.move_to_end((user_id, holding.asset_id))
            if len(self._holdings) > _USERS_MAX:
                self._holdings.popitem(last=False)

    def forget(self, user_id: str, asset_id: str) -> None:
        """Drops a guess that was wrong, or that a refusal would rest on."""
        self._accounts.pop(user_id, None)
        self._holdings.pop((user_id, asset_id), None)
