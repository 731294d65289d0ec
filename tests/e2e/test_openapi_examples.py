"""Calls every operation with its example from the OpenAPI document and checks the response against the document."""

from __future__ import annotations

import secrets
from typing import Any

import httpx
import pytest

from .openapi import OPERATIONS, Operation, problem
from .rest import Json, request
from .tokens import Forge

# In this order, because later calls use the results of earlier ones. All other operations follow.
FIRST = (
    "AuthService_Register", "AuthService_Login", "AuthService_RefreshToken", "AuthService_ListSessions",
    "AuthService_RevokeSession", "UserService_GetProfile", "AccountService_Deposit", "OrderService_PreviewOrder",
    "OrderService_CreateOrder", "AssetAdminService_CreateAsset",
)  # fmt: skip
LAST = ("UserAdminService_DisableUser", "UserAdminService_EnableUser", "AuthService_ChangePassword")
# These end the session, so sign in again.
ENDS_SESSION = ("AuthService_RevokeSession", "AuthService_Logout", "UserAdminService_EnableUser")
# Examples that cannot succeed: the order is not in quarantine.
REFUSED = {
    "OrderAdminService_ReleaseOrder": "ORDER_NOT_QUARANTINED",
    "OrderAdminService_FailOrder": "ORDER_NOT_QUARANTINED",
}


class Player:
    """Makes the calls of the examples, with real ids and tokens and unused names."""

    def __init__(self, http: httpx.AsyncClient, forge: Forge) -> None:
        suffix = secrets.token_hex(4)
        self.others = {
            "ada": f"ada_{suffix}",
            "ad": f"ada_{suffix}",
            "ada@example.com": f"ada_{suffix}@example.com",
            "NEW": f"NEW{suffix.upper()}",
        }
        self.known: Json = {}
        self.signed_in_by: Json = {}
        self._http = http
        self._admin = forge.good("0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f", role="admin")

    async def play(self, operation: Operation) -> httpx.Response:
        """Makes a call and keeps the values that later calls need."""
        path, query = operation.template, {}
        for parameter in operation.spec.get("parameters", []):
            if "example" not in parameter:
                continue
            value = self.filled(parameter["name"], parameter["example"])
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", value)
            else:
                query[parameter["name"]] = value
        body = operation.spec.get("requestBody", {}).get("content", {}).get("application/json", {}).get("example")
        if body is not None:
            body = {name: self.filled(name, value) for name, value in body.items()}
        token = {"public": "", "user": self.known.get("access_token", ""), "admin": self._admin}[operation.caller]
        headers = {"authorization": f"Bearer {token}"} if token else {}
        response = await request(self._http, operation.verb, path, params=query, json=body, headers=headers)
        if response.status_code == httpx.codes.OK:
            self._remember(operation.id, response.json(), body)
        return response

    def filled(self, name: str, value: Any) -> Any:
        if isinstance(value, list):
            return value
        known = self.known.get(name)
        return self.others.get(value, value) if known is None else known

    def _remember(self, operation_id: str, answer: Json, body: Json | None) -> None:
        kept = answer["sessions"][0] if operation_id == "AuthService_ListSessions" else answer
        self.known |= {name: value for name, value in kept.items() if value and _varies(name)}
        if operation_id == "OrderService_CreateOrder":
            self.others["first-order"] = answer["request_id"]
        if operation_id == "AuthService_Register":
            self.signed_in_by = {name: (body or {})[name] for name in ("username", "password")}

    async def sign_in(self) -> None:
        response = await self._http.post("/api/v1/auth/login", json=self.signed_in_by)
        self._remember("AuthService_Login", response.json(), None)


def _varies(name: str) -> bool:
    """Tells whether a field differs from run to run: a token, or an id other than that of an asset or a request."""
    return name.endswith(("_id", "_token")) and name not in {"asset_id", "request_id", "next_page_token"}


@pytest.fixture(scope="module")
async def answers(http: httpx.AsyncClient, forge: Forge) -> dict[str, httpx.Response]:
    """Returns the responses to the examples, by operation."""
    player = Player(http, forge)
    others = sorted(set(OPERATIONS) - set(FIRST) - set(LAST))
    made = {}
    for name in (*FIRST, *others, *LAST):
        made[name] = await player.play(OPERATIONS[name])
        if name in ENDS_SESSION:
            await player.sign_in()
    return made


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=str)
def test_the_response_to_an_example_matches_the_document(
    answers: dict[str, httpx.Response], operation: Operation
) -> None:
    response = answers[operation.id]
    what = f"{response.status_code} {response.text[:500]}"
    assert not problem(operation, response), what
    if operation.id in REFUSED:
        assert REFUSED[operation.id] in response.text
    else:
        assert response.status_code == httpx.codes.OK, what
