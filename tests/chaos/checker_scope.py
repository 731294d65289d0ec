"""The attributes that could have other values in a correct run, so that no mutants change them, and why.

The checker covers every attribute of every item, except for those in `_OUT_OF_SCOPE`, and those of outcomes that
nothing else depends on and that the client never learned of (`is_untold`).
"""

from __future__ import annotations

from collections.abc import Sequence

from .checker_requests import Told, Verdict, cash_stored, orders_stored
from .checker_view import View
from .dump import Dump, Item
from .history import Call

SURE = (Verdict.DONE, Verdict.PENDING, Verdict.REFUSED)

_CLOCK = "any time is possible (but it must not change between two dumps: see `rewritten`)"
_UNSEEN = "only a failed order repeats it, and the order may still be pending"
_ADMIN = "an admin may change it at any time"
_TEXT = "only for people"

_OUT_OF_SCOPE = {
    "PROFILE": {"disabled": _ADMIN, "password_hash": "never shown", "created_at": _CLOCK, "updated_at": _CLOCK},
    "ACCOUNT": {"updated_at": _CLOCK},
    "ENTRY": {"created_at": f"{_CLOCK}; the sums of the account show the day"},
    "STEP": {"created_at": _CLOCK, "refusal.metadata": _UNSEEN},
    "PRICE": {"sk": _CLOCK},
    "ORDER": {
        "updated_at": _CLOCK, "due_at": _CLOCK,
        "failures": _TEXT, "quarantine_reason": _TEXT, "releases": _ADMIN,
    },
    "CATALOGUE": dict.fromkeys(
        ("name", "description", "category", "circulating_supply", "max_supply", "is_active", "image", "updated_at",
         "priced_at", "quantity_increment", "price_increment", "order_value_min", "order_value_max", "trading_status"),
        "describes the asset, and an admin may change it at any time",
    ),
}  # fmt: skip


# The items of the users table that are not part of the books.
_NO_BOOKS = {"#SCHEMA", "AUDIT", "AUDITDAY", "AUDITDAYS", "AUDITNOBODY", "AUDITKIND", "CHANGE", "GUESSES"}


def sort_of(table: str, item: Item) -> str:
    """Returns the kind of an item, "" if it is not part of the books."""
    owner = str(item["pk"].partition("#")[0]) or "#SCHEMA"
    if table == "orders":
        return "ORDER" if owner == "USER" else ""
    if table == "users":
        what = str(item["sk"].partition("#")[0])
        return owner if owner == "USERNAME" else "" if owner in _NO_BOOKS else what
    no_books = owner in {"CHANGE", "PRICES", "VOLUME", "CANDLE", "#SCHEMA"} or item["sk"] in {"#LOADED", "#VERSION"}
    return "" if no_books else "STEP" if owner == "ENTRY" else owner


def is_out_of_scope(sort: str, name: str) -> bool:
    return any(name == one or name.startswith(f"{one}.") for one in _OUT_OF_SCOPE.get(sort, ()))


class Knowledge:
    """What the client knows, so that it cannot have another value."""

    def __init__(self, dump: Dump, history: Sequence[Call]) -> None:
        told, view = Told(history), View(dump)
        self.named = {effect for (_, effect), _ in told.groups()}
        self.sure = {effect for (_, effect), group in told.groups() if any(one.verdict in SURE for one in group)}
        nameless = [*told.cash.nameless, *told.orders.nameless]
        refused = {(one.call.user, one.body) for one in nameless if one.verdict is Verdict.REFUSED}
        for stored in (*cash_stored(view), *orders_stored(view)):
            if (stored.user, stored.body) in refused:
                self.sure.add(stored.effect)
        self.first_prices = {(f"PRICE#{asset_id}", min(prices)) for asset_id, prices in view.prices.items()}
        self.current_prices = {(f"PRICE#{asset_id}", max(prices)) for asset_id, prices in view.prices.items()}
        self.users = {call.answer["user_id"] for call in history if "user_id" in call.answer}


def effect_of(item: Item) -> str:
    return str(item["sk"].removeprefix("ENTRY#").removeprefix("ORDER#"))


def is_empty(sort: str, item: Item) -> bool:
    return sort == "STOCK" and not any(item.get(name) for name in ("available", "turnover", "fees"))


def stands_alone(sort: str, item: Item) -> bool:
    """Tells whether nothing else in the tables depends on an item: a refusal of cash, an order refused at once."""
    if sort == "ENTRY":
        return "refusal" in item and not item["order_id"]
    return sort == "ORDER" and item["state"] == "FAILED" and item["version"] == 1


def is_untold(sort: str, item: Item, name: str, known: Knowledge) -> bool:
    """Tells whether an attribute could have another value: nothing depends on it, and the client does not know it."""
    effect = effect_of(item)
    if sort in ("PRICE", "PROFILE"):
        is_first = (item["pk"], item["sk"]) in known.first_prices  # another one was set since, or the catalogue has it
        return (name == "price" and is_first) or (name == "role" and item["user_id"] not in known.users)
    if sort == "ENTRY" and item["order_id"]:
        return name.startswith("refusal.metadata.")  # only a failed order repeats it
    if sort == "ENTRY" and name == "sk":
        return effect not in known.named  # made up by the server, and the response was lost
    if sort == "ENTRY" and name.startswith("refusal."):
        return effect not in known.sure
    if stands_alone(sort, item):
        return name.startswith("failure_") and effect not in known.sure
    return False
