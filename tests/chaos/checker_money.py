"""Invariants 1 to 3: balances are the sums of the entries, and nothing is created or lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from services.common import ids

from .checker_lines import lines
from .checker_model import CENT, ZERO, Entry, Finding, Holding, StoredAccount, Violation, derive, share, violations
from .checker_view import View

# The signs of the changes of cash and of a holding, by the kind of the entry.
_SIGNS = {"DEPOSIT": (1, 0), "WITHDRAWAL": (-1, 0), "ORDER_PAYMENT": (-1, 1), "ORDER_SALE": (1, -1)}


def balances(view: View) -> list[Violation]:
    """1. Each account and each holding is the sum of its entries; nothing is held or negative."""
    return violations(
        1,
        list(_kinds(view)),
        list(_accounts(view)),
        list(lines(view)),
        list(_holdings(view)),
        list(_held(view.accounts, view.holdings)),
    )


def _kinds(view: View) -> Iterator[Finding]:
    for entry in view.entries.values():
        if entry.refusal is not None:
            continue
        signs = _SIGNS.get(entry.kind)
        if signs is None:
            yield str(entry), "has a kind that changes no account"
        elif signs != (_sign(entry.amount), _sign(entry.quantity)) and not _is_dust(entry):
            yield str(entry), f"has the amount {entry.amount} and the quantity {entry.quantity}"
        if entry.amount != entry.amount.quantize(CENT):
            yield str(entry), f"has an amount that is not in whole cents: {entry.amount}"
        if entry.fee and not entry.order_id:
            yield str(entry), f"has the fee {entry.fee} of a trade"


def _is_dust(entry: Entry) -> bool:
    """Tells whether an entry is a sale that brings nothing: it is worth less than a cent, or not more than the fee."""
    return entry.kind == "ORDER_SALE" and entry.amount == 0 and entry.quantity < 0


def _sign(value: Decimal) -> int:
    return (value > 0) - (value < 0)


def _accounts(view: View) -> Iterator[Finding]:
    for user, account in view.accounts.items():
        ledger = view.ledgers.get(user, [])
        where = f"the account of {user}"
        numbers = [entry.seq for entry in ledger]
        if len(numbers) != account.version or numbers != list(range(1, account.version + 1)):
            odd = sorted(set(numbers) ^ set(range(1, account.version + 1))) or "some twice"
            yield where, f"has had {account.version} changes, but its entries have the numbers {odd}"
        yield from _chain(ledger)
        total = sum((entry.amount for entry in ledger), ZERO)
        if account.available + account.held != total:
            yield where, f"has {account.available + account.held} dollars, but its entries sum to {total}"
        yield from _days(where, account, ledger)


def _chain(ledger: list[Entry]) -> Iterator[Finding]:
    balance = ZERO
    for entry in ledger:
        balance += entry.amount
        if entry.balance_after != balance:
            yield str(entry), f"has the balance {entry.balance_after}, but it should be {balance}"
        if balance < 0:
            yield str(entry), f"takes the balance to {balance}"


def _days(where: str, account: StoredAccount, ledger: list[Entry]) -> Iterator[Finding]:
    """Checks the deposits and withdrawals of the last four dates, the one used last first."""
    days: dict[str, tuple[Decimal, Decimal]] = {}
    for entry in ledger:
        if entry.kind in ("DEPOSIT", "WITHDRAWAL"):
            date = entry.created_at[:10]
            deposited, withdrawn = days.pop(date, (ZERO, ZERO))  # goes to the end
            if entry.kind == "DEPOSIT":
                days[date] = deposited + entry.amount, withdrawn
            else:
                days[date] = deposited, withdrawn - entry.amount
    expected = [(date, *sums) for date, sums in reversed(days.items())][:4]
    if account.days != expected:
        yield where, f"has the deposits and withdrawals {account.days}, but its entries give {expected}"


def _holdings(view: View) -> Iterator[Finding]:
    trades: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for user, ledger in view.ledgers.items():
        for entry in ledger:
            if entry.asset_id:
                trades[user, entry.asset_id].append(entry)
    for key in view.holdings.keys() | trades.keys():
        where = "the holding of {} in {}".format(*key)
        expected = _replay(trades[key])
        stored = view.holdings.get(key)
        if stored is None:
            yield where, f"does not exist, but has {len(trades[key])} entries"
        elif expected is None:
            yield where, "becomes negative by its entries"
        elif (stored.quantity, stored.cost, stored.version) != expected:
            has = f"{stored.quantity} for {stored.cost} dollars after {stored.version} changes"
            yield where, "is {}, but its entries give {} for {} dollars after {} changes".format(has, *expected)
        elif stored.version < 1:
            yield where, "exists, but nothing was ever bought"


def _replay(trades: list[Entry]) -> tuple[Decimal, Decimal, int] | None:
    """Returns the quantity, its cost (a sale removes its share: average cost) and the number of trades."""
    quantity = cost = ZERO
    for entry in trades:
        after = quantity + entry.quantity
        if after < 0:
            return None
        cost = cost - entry.amount if entry.quantity > 0 or not quantity else share(after, quantity, cost)
        quantity = after
    return quantity, cost, len(trades)


def _held(accounts: Mapping[str, StoredAccount], holdings: Mapping[tuple[str, str], Holding]) -> Iterator[Finding]:
    """No kind of order places holds yet, so `held` is 0."""
    for user, account in accounts.items():
        if account.available < 0 or account.held != 0:
            yield f"the account of {user}", f"has {account.available} available and {account.held} held"
    for (user, asset_id), holding in holdings.items():
        if holding.quantity < 0 or holding.held != 0:
            yield f"the holding of {user} in {asset_id}", f"has {holding.quantity}, of it {holding.held} held"


@dataclass
class _Flow:
    """The changes of the stock of an asset, by its steps and by the orders."""

    moved: Decimal = ZERO
    sold: Decimal = ZERO
    bought_back: Decimal = ZERO
    restocked: Decimal = ZERO
    under_way: Decimal = ZERO


def stock(view: View, seeded: Mapping[str, Decimal] | None) -> list[Violation]:
    """2. For each asset, stock on hand + sold - bought back = seeded + restocked.

    `seeded` is the first stock of each asset, if known from elsewhere.
    """
    flows: dict[str, _Flow] = defaultdict(_Flow)
    for step in view.steps.values():
        flows[step.asset_id].moved += step.change if step.refusal is None else 0
        flows[step.asset_id].restocked += step.change if step.restock is not None else 0
    for order in view.orders.values():
        flow = flows[order.asset_id]
        if not order.is_final:
            flow.under_way -= view.moved(order)
        elif order.state == "COMPLETED" and order.is_buy:
            flow.sold += order.quantity
        elif order.state == "COMPLETED":
            flow.bought_back += order.quantity
    assets = {*flows, *view.catalogue, *view.shards, *view.prices, *(seeded or ())}
    findings = [finding for asset_id in sorted(assets) for finding in _asset(view, asset_id, flows[asset_id])]
    if seeded is not None:
        findings += _seeds(view, assets, seeded)
    return violations(2, findings)


def _asset(view: View, asset_id: str, flow: _Flow) -> Iterator[Finding]:
    where = f"the stock of {asset_id}"
    price, prices, seed = view.catalogue.get(asset_id), view.prices.get(asset_id), _seed(view, asset_id)
    if price is None or not prices or asset_id not in view.shards:
        yield where, "belongs to an asset that is not listed, or has no price or no stock"
    elif price != prices[max(prices)]:
        yield where, f"has the price {price} in the catalogue, but the newest price is {prices[max(prices)]}"
    yield from _set_prices(view, asset_id)
    for number, shard in view.shards.get(asset_id, {}).items():
        if shard.available < 0:
            yield where, f"is {shard.available} in shard {number}"
    on_hand = view.stock(asset_id)
    if on_hand != flow.moved:
        yield where, f"is {on_hand}, but its movements sum to {flow.moved}"
    if seed is None:
        yield where, "was never seeded"
    elif on_hand + flow.sold - flow.bought_back + flow.under_way != seed + flow.restocked:
        told = f"{flow.sold} are sold, {flow.bought_back} bought back, {flow.under_way} under way"
        yield where, f"is {on_hand}, {told}, but {seed} were seeded and {flow.restocked} restocked"


def _set_prices(view: View, asset_id: str) -> Iterator[Finding]:
    """Checks that an admin has set each price of an asset but the first."""
    for time, price in sorted(view.prices.get(asset_id, {}).items())[1:]:
        if ids.fingerprint(asset_id, "ASSET_PRICED", f"price={price.normalize():f}") not in view.changes.values():
            yield f"the price of {asset_id} at {time}", f"is {price}, but no admin set it"


def _seeds(view: View, assets: Iterable[str], seeded: Mapping[str, Decimal]) -> Iterator[Finding]:
    for asset_id in assets:
        stored, known = _seed(view, asset_id), seeded.get(asset_id)
        if stored != known:
            yield f"the stock of {asset_id}", f"was seeded with {stored}, but should have been with {known}"


def _seed(view: View, asset_id: str) -> Decimal | None:
    seed = view.steps.get(derive("seed", asset_id))
    return None if seed is None or seed.refusal is not None else seed.change


def zero_sums(view: View) -> list[Violation]:
    """3. For each asset and for dollars, what users, the house and the outside world have sums to 0.

    The house's side of a trade comes from the order, not from the user's entry; that of a pending order comes from the
    steps done so far. The fees are a leg of their own.
    """
    return violations(3, list(_asset_sums(view)), list(_dollar_sum(view)))


def _asset_sums(view: View) -> Iterator[Finding]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    restocked: dict[str, Decimal] = defaultdict(Decimal)
    for step in view.steps.values():
        if step.restock is not None:
            restocked[step.asset_id] += step.change
    for (_, asset_id), holding in view.holdings.items():
        sums[asset_id] += holding.quantity
    for asset_id in view.shards:
        sums[asset_id] += view.stock(asset_id)
    for order in view.orders.values():
        if not order.is_final:
            in_holding = sum((leg.quantity for leg in view.legs.get(order.order_id, ())), ZERO)
            sums[order.asset_id] -= view.moved(order) + in_holding
    for asset_id, total in sums.items():
        from_outside = (_seed(view, asset_id) or ZERO) + restocked[asset_id]
        if total != from_outside:
            yield asset_id, f"totals {total} with all owners, but {from_outside} came in"


def _dollar_sum(view: View) -> Iterator[Finding]:
    with_users = sum((account.available + account.held for account in view.accounts.values()), ZERO)
    from_outside = from_house = to_fees = ZERO
    for entry in view.entries.values():
        if not entry.order_id:
            from_outside += entry.amount
    for order in view.orders.values():
        if order.state == "COMPLETED":
            from_house += -order.amount if order.is_buy else order.amount
            to_fees += order.fee
        elif not order.is_final:
            from_house += sum((leg.amount + leg.fee for leg in view.legs.get(order.order_id, ())), ZERO)
            to_fees += sum((leg.fee for leg in view.legs.get(order.order_id, ())), ZERO)
    if with_users + to_fees != from_outside + from_house:
        yield (
            "all users",
            f"have {with_users} dollars and paid {to_fees} of fees, but {from_outside} came from outside, {from_house} "
            "from the house",
        )
