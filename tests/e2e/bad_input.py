"""Helpers of the tests of invalid input: the calls that send it, and a valid body for each.

Every invalid input gets a client error in JSON that names the field, and has no effect.
"""

from __future__ import annotations

import pytest

from .contract import FOR_USERS, PUBLIC, Method
from .rest import Json
from .users import registration

BINDINGS = [(method, binding) for method in PUBLIC + FOR_USERS for binding in method.bindings]
READS = [(method, binding) for method, binding in BINDINGS if binding.verb == "GET"]
WRITES = [(method, binding) for method, binding in BINDINGS if binding.verb in ("POST", "PATCH")]

each_read = pytest.mark.parametrize(("method", "binding"), READS, ids=str)
each_write = pytest.mark.parametrize(("method", "binding"), WRITES, ids=str)

INVISIBLE = ["1\0", "1\u200b", "\u202e1", "1\u200e", "\ufeff1", "1\n", " 1", "1\t", "1\u00a0"]


def valid(method: Method) -> Json:
    """A valid body for a method."""
    bodies: dict[str, Json] = {
        "Register": registration(),
        "Login": {"username": "nobody_here", "password": "wrong"},
        "RefreshToken": {"refresh_token": "none"},
        "ChangePassword": {"current_password": "wrong", "new_password": "another secret 5"},
        "Deposit": {"amount": "1.00"},
        "Withdraw": {"amount": "1.00"},
        "CreateOrder": {"side": "BUY", "asset_id": "ADA", "quantity": "1"},
        "PreviewOrder": {"side": "BUY", "asset_id": "ADA", "quantity": "1"},
    }
    return bodies.get(method.name, {})
