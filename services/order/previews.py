"""Preview ids: they bind an order to the worst price that its preview has shown."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from itsdangerous import BadSignature, URLSafeSerializer

from services.common import money
from services.common.rpc.errors import InvalidArgument
from services.order import amounts
from services.order.ticket import SLIPPAGE_DEFAULT, Quote, Side, Ticket

_LIFE = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Bound:
    """The worst price (dollars per unit) that a preview has shown, and the time at which its id ends."""

    worst_price: Decimal
    expires_at: datetime

    @classmethod
    def at(cls, quote: Quote, side: Side) -> Bound:
        """Returns the bound of a preview at a quote.

        The time is that of the prices, so it does not matter whether the clocks of the replicas agree.
        """
        worst = amounts.worse(quote.price, SLIPPAGE_DEFAULT, is_buy=side is Side.BUY)
        return cls(max(money.SATOSHI, worst.quantize(money.SATOSHI, context=money.EXACT)), quote.as_of + _LIFE)


class Previews:
    """Signs preview ids. All replicas share the key. An id is of no use to another user or for another order."""

    def __init__(self, key: bytes) -> None:
        signing = {"key_derivation": "none", "digest_method": hashlib.sha256}
        self._serializer = URLSafeSerializer(key, signer_kwargs=signing)

    def seal(self, ticket: Ticket, bound: Bound) -> str:
        """Returns the preview id of a ticket."""
        facts = [*ticket.terms(), money.price(bound.worst_price), bound.expires_at.isoformat()]
        return str(self._serializer.dumps(facts))

    def open(self, ticket: Ticket) -> Bound | None:
        """Returns the bound of the preview that a ticket names, None if it names none.

        Raises InvalidArgument if the id was altered, or made for another order.
        """
        if not ticket.preview_id:
            return None
        try:
            *terms, worst_price, expires_at = self._serializer.loads(ticket.preview_id)
        except BadSignature:
            terms = []
        if tuple(terms) != ticket.terms():
            raise InvalidArgument(("preview_id", "must be the preview_id of a preview of the same order"))
        return Bound(money.parse(worst_price), datetime.fromisoformat(expires_at))
