"""Holdings and ledger entries, and how effects change them and the account."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from services.common import ids, money
from services.common.money import ZERO
from services.common.rpc.errors import FailedPrecondition, InvalidArgument
from services.prices.frame import Source
from services.user.ledger import ratios
from services.user.ledger.account import Account
from services.user.ledger.lines import Kind, Line


@dataclass(frozen=True, slots=True)
class Holding:
    """The quantity that a user owns of an asset, and its cost in dollars. `version` is the number of changes so far."""

    asset_id: str
    quantity: Decimal = ZERO
    held: Decimal = ZERO
    cost: Decimal = ZERO
    version: int = 0

    @property
    def available(self) -> Decimal:
        """The quantity that can be sold."""
        return self.quantity - self.held

    @property
    def average_cost(self) -> Decimal:
        """The cost of one unit, in dollars."""
        return ratios.per_unit(self.cost, self.quantity) if self.quantity else ZERO

    def buy(self, quantity: Decimal, amount: Decimal) -> Holding:
        """Returns the holding after `quantity` was bought for `amount` dollars, with the fee."""
        return replace(self, quantity=self.quantity + quantity, cost=self.cost + amount, version=self.version + 1)

    def sell(self, quantity: Decimal) -> Holding:
        """Returns the holding after `quantity` was sold; the cost falls in proportion (average cost).

        Raises FailedPrecondition INSUFFICIENT_HOLDINGS.
        """
        if self.available < quantity:
            needed, available = money.quantity(quantity), money.quantity(self.available)
            raise FailedPrecondition(
                "INSUFFICIENT_HOLDINGS",
                f"{needed} {self.asset_id} needed, but only {available} available; lower the quantity",
                needed=needed,
                available=available,
            )
        left = self.quantity - quantity
        cost = ratios.share(left, self.quantity, self.cost)
        return replace(self, quantity=left, cost=cost, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class Quote:
    """The name of an asset and its price, in dollars per unit: where it comes from, and whether it is too old."""

    name: str
    price: Decimal
    source: Source | None = None
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """A change that a request asks for, named by an id that the request determines.

    `fingerprint` is that of the request: it tells a replay from another request with the same id.
    """

    effect_id: str
    fingerprint: str
    kind: Kind
    order_id: str = ""
    asset_id: str = ""

    @property
    def line(self) -> Line:
        """The line of the ledger that names the effect."""
        return Line(self.effect_id, self.kind)


@dataclass(frozen=True, slots=True)
class Posting:
    """The account after an effect, and the holding if it is a trade.

    `amount` and `quantity` are signed changes. The amount includes the fee.
    """

    account: Account
    amount: Decimal
    holding: Holding | None = None
    quantity: Decimal = ZERO
    fee: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Entry:
    """The outcome of an effect, final once it is stored: posted (`seq` is above 0) or refused (`refusal` is set)."""

    effect: Effect
    created_at: datetime
    seq: int = 0
    amount: Decimal = ZERO
    balance_after: Decimal = ZERO
    quantity: Decimal = ZERO
    fee: Decimal = ZERO
    refusal: FailedPrecondition | None = None

    @classmethod
    def posted(cls, effect: Effect, posting: Posting) -> Entry:
        """Returns the entry of an effect that changes an account."""
        account = posting.account
        return cls(
            effect,
            created_at=account.updated_at,
            seq=account.version,
            amount=posting.amount,
            balance_after=account.current,
            quantity=posting.quantity,
            fee=posting.fee,
        )


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Selects entries; None selects any. They were made at `start_time` or later, and before `end_time`."""

    kind: Kind | None = None
    start_time: datetime | None = None
    end_time: datetime | None = None

    def includes(self, entry: Entry) -> bool:
        """Whether an entry matches."""
        return (
            self.kind in {None, entry.effect.kind}
            and (self.start_time is None or self.start_time <= entry.created_at)
            and (self.end_time is None or entry.created_at < self.end_time)
        )


class Span(NamedTuple):
    """The sequence numbers from `first` on that are below `end`."""

    first: int = 1
    end: int = 10**15


@dataclass(frozen=True, slots=True)
class Trade:
    """The account's side of an order. For both sides, `quantity` is above 0, and `amount` and `fee` are not below 0.

    Both are dollars. A buy pays the fee on top of the amount. A sell brings the amount less the fee.
    """

    order_id: str
    is_buy: bool
    asset_id: str
    quantity: Decimal
    amount: Decimal
    fee: Decimal = ZERO

    def __post_init__(self) -> None:
        if not self.is_buy and self.fee > self.amount:
            raise InvalidArgument(("fee", "must not be above the amount of a sell"))

    @property
    def net_amount(self) -> Decimal:
        """What a buy pays or a sell brings in all, in dollars."""
        return self.amount + self.fee if self.is_buy else self.amount - self.fee

    def effect(self) -> Effect:
        """Returns the effect of the trade: one per order."""
        kind = Kind.ORDER_PAYMENT if self.is_buy else Kind.ORDER_SALE
        quantity, amount = money.quantity(self.quantity), money.dollars(self.amount)
        fee = [money.dollars(self.fee)] if self.fee else []  # without one, as before there were fees
        fingerprint = ids.fingerprint(kind.value, self.asset_id, quantity, amount, *fee)
        return Effect(ids.derive("settle", self.order_id), fingerprint, kind, self.order_id, self.asset_id)

    def settle(self, account: Account, holding: Holding, now: datetime) -> Posting:
        """Moves the cash and the asset.

        Raises FailedPrecondition INSUFFICIENT_FUNDS or INSUFFICIENT_HOLDINGS.
        """
        if self.is_buy:
            paid, bought = account.pay(self.net_amount, now), holding.buy(self.quantity, self.net_amount)
            return Posting(paid, -self.net_amount, bought, self.quantity, self.fee)
        sold, paid = holding.sell(self.quantity), account.receive(self.net_amount, now)
        return Posting(paid, self.net_amount, sold, -self.quantity, self.fee)


def cash_effect(user_id: str, kind: Kind, amount: Decimal, request_id: str) -> Effect:
    """Returns the effect of a deposit or a withdrawal. A request id names either one or the other, never both."""
    effect_id = ids.derive("cash", user_id, request_id)
    return Effect(effect_id, fingerprint=ids.fingerprint(kind.value, money.dollars(amount)), kind=kind)
