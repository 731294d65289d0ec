"""The account cache: the accounts and holdings that this process wrote last."""

from __future__ import annotations

from cachetools import LRUCache

from services.user.ledger.account import Account
from services.user.ledger.domain import Holding

_ACCOUNTS_MAX = 10_000
_HOLDINGS_MAX = 10_000


class AccountCache:
    """Saves the read before a change.

    Another replica may have written since. A change that starts from the cache is therefore committed on the condition
    that nothing has changed, and no refusal is based on it.
    """

    def __init__(self) -> None:
        self._accounts: LRUCache[str, Account] = LRUCache(_ACCOUNTS_MAX)
        self._holdings: LRUCache[tuple[str, str], Holding] = LRUCache(_HOLDINGS_MAX)

    def get(self, user_id: str, asset_id: str) -> tuple[Account, Holding] | None:
        """Returns the account and the holding, None unless both are cached. The asset of a cash change is ""."""
        account = self._accounts.get(user_id)
        holding = self._holdings.get((user_id, asset_id)) if asset_id else Holding("")
        return None if account is None or holding is None else (account, holding)

    def account(self, user_id: str) -> Account | None:
        """Returns the account, None if it is not cached."""
        return self._accounts.get(user_id)

    def put(self, user_id: str, account: Account, holding: Holding | None) -> None:
        """Caches what was written."""
        self._accounts[user_id] = account
        if holding is not None:
            self._holdings[user_id, holding.asset_id] = holding

    def discard(self, user_id: str, asset_id: str) -> None:
        """Removes an account and a holding."""
        self._accounts.pop(user_id, None)
        self._holdings.pop((user_id, asset_id), None)
