"""The grpcurl recipes of docs/grpcurl.md work. (For grpcui see tests/clients.)"""

from __future__ import annotations

import re

import pytest

from codegen.paths import DESCRIPTORS
from edge_config import routes
from local.paths import ROOT
from local.stack import Stack

from .recipes import in_this_run, run, sections

RECIPES = ROOT / "docs" / "grpcurl.md"
NOT_HERE = "grpcui"

# The texts that the output of each section contains, in this order.
SHOWN = {
    "Setup": ["cnop.order.v1.OrderService", "CreateOrder", "rpc CreateOrder", '"quantity": ""'],
    "AuthService": ['"username": "hedy"', '"isCurrent": true', '"keys"'],
    "UserService": ['"email": "hedy@example.com"', '"phone": "+14155550100"'],
    "InventoryService": ['"name": "Bitcoin"', '"maxSupply": "21000000"', '"effectiveAt"',
                         '"kind": "SNAPSHOT"', '"priceSource": "FIXED"', "Code: DeadlineExceeded", "exit code 68"],
    "AccountService": ['"balanceAfter": "10000.00"', '"balanceAfter": "10000.00"', '"amount": "-250.00"',
                       '"availableBalance": "9750.00"'],
    "OrderService": ['"totalAmount": "5000.00"', '"status": "COMPLETED"', '"side": "SELL"', '"orderId"', '"filledAt"',
                     '"side": "BUY"', "ORDER_SALE", "ORDER_PAYMENT", '"quantity": "0.0425"', '"totalValue": "9750.00"'],
    "AuditService": ["SESSION_REVOKED", "TOKEN_REFRESH", "SIGN_IN", "REGISTRATION"],
    "Errors": ["Code: FailedPrecondition",
               "999999.00 USD needed, but only 5500.00 USD available; deposit more or lower the amount",
               "INSUFFICIENT_FUNDS", "exit code 73", "INVALID_FIELD", '"field":"amount"', "exit code 67",
               "TOKEN_MISSING", "exit code 80", "IDEMPOTENCY_KEY_REUSED", "exit code 70",  "totalValue"],
    "The services' own ports": ["cnop.user.v1.AuthService", "cnop.inventory.v1.StockService",
                                "cnop.order.v1.OrderService", "rpc TakeStock", "message Order", '"assetId": "ETH"',
                                '"currency": "USD"', '"nextPageToken"', *["PermissionDenied", "exit code 71"] * 4],
    "Health": ["SERVING", "SERVING", "200"],
    "The admin services": ["hedy is an admin", '"assetId": "HEDY"', '"availableQuantity": "5000"', "Hops from",
                           '"priceUsd": "2.75"', "hedys_friend", '"isDisabled": true', '"username": "hedys_friend"',
                           "ORDER_NOT_QUARANTINED", "exit code 73", "USER_ENABLED"],
    "Changing the password": ["{", "{"],
}  # fmt: skip


def _plain(heading: str) -> str:
    return heading.replace("'", "")


async def test_the_output_of_the_recipes_is_as_documented(stack: Stack) -> None:
    recipes = sections(RECIPES)
    script = [f"echo; echo '## {_plain(name)}'\n{''.join(recipes[name])}" for name in recipes if name != NOT_HERE]
    out = await run(in_this_run(stack, "\n".join(script)), errors_too=True)
    parts = re.split(r"^## ", out, flags=re.MULTILINE)[1:]
    assert len(parts) == len(SHOWN)
    for part, (heading, shown) in zip(parts, SHOWN.items(), strict=True):
        assert part.startswith(_plain(heading))
        at = 0
        for text in shown:
            at = part.find(text, at) + 1
            assert at, f"{heading}: {text!r} is missing, or not after the previous text\n{part}"


@pytest.mark.parametrize("service", sorted({method.service for method in routes.read(DESCRIPTORS)}))
def test_every_service_has_a_recipe(service: str) -> None:
    assert f"{service}/" in RECIPES.read_text() or "ratelimit" in service
