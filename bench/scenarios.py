"""The requests that are measured, and what is expected of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.load import Request

ORDER = '{"side":"BUY","asset_id":"ADA","quantity":"2"}'
DEPOSIT = '{"amount":"0.01"}'
PING = Request("GET", "/health")  # answered by the edge itself


@dataclass(frozen=True)
class Scenario:
    """One kind of request, with its marks: the least rate per second and the most CPU time per request."""

    name: str
    request: Request
    rate_min: float | None = None
    cpu_ms_max: float | None = None

    @property
    def is_order(self) -> bool:
        return self.request.path == "/api/v1/orders"


def scenarios(tokens: Sequence[str]) -> list[Scenario]:
    """Returns all scenarios, for users with these access tokens."""
    all_users, one_user = tuple(tokens), tuple(tokens[:1])
    return [
        Scenario("50 assets", Request("GET", "/api/v1/inventory/assets?page_size=50"), 1500),
        Scenario("balance", Request("GET", "/api/v1/balance", tokens=all_users), 1000),
        Scenario("deposit, 50 users", Request("POST", "/api/v1/balance/deposit", DEPOSIT, all_users), 450),
        Scenario("order, 50 users", Request("POST", "/api/v1/orders", ORDER, all_users), 150, cpu_ms_max=12.0),
        Scenario("balance, 1 user", Request("GET", "/api/v1/balance", tokens=one_user)),
        Scenario("deposit, 1 user", Request("POST", "/api/v1/balance/deposit", DEPOSIT, one_user)),
        Scenario("order, 1 user", Request("POST", "/api/v1/orders", ORDER, one_user)),
    ]
