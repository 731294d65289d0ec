"""A valid request for every method, where mutations start from."""

from __future__ import annotations

from typing import Any

from google.protobuf import json_format
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass

from tests.e2e.contract import METHODS, PARAMETERS, Method

VALUES: dict[str, Any] = {
    "descriptors": [{"entries": [{"key": "class", "value": "AUTH"}, {"key": "user", "value": "fuzz"}]}],
    "domain": "cnop",
    "actor_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
    "client_address": "203.0.113.7",
    "event": "ASSET_PRICED",
    "event_id": "01a20e7e-ebd4-76b5-8e7f-d354bff25a08",
    "method": "/cnop.order.v1.OrderAdminService/ReleaseOrder",
    "outcome": "DONE",
    "subject": "asset:BTC",
    **PARAMETERS,
    "amount": "1.00",
    "asset_ids": ["BTC", "ADA"],
    "category": "layer-1",
    "current_password": "violet-anchor-47-lamp",
    "date_of_birth": "1990-12-31",
    "email": "fuzz@example.com",
    "expected_price": "0.5",
    "circulating_supply": "19000000",
    "first_name": "Ada",
    "image": "https://example.com/btc.png",
    "last_name": "Lovelace",
    "limit_price": "",
    "max_supply": "21000000",
    "price_usd": "65000.00",
    "marketing_emails_consent": True,
    "max_slippage": "5",
    "new_password": "violet-anchor-48-lamp",
    "page_size": 10,
    "page_token": "",
    "password": "violet-anchor-47-lamp",
    "phone": "+491701234567",
    "quantity": "1",
    "reason": 1,
    "refresh_token": "AQ" * 60,
    "request_id": "fuzz-1",
    "search": "bit",
    "side": 1,
    "since_ms": 1,
    "sort": 1,
    "status": 1,
    "type": 1,
    "user_id": "0b7e2a52-6a7b-4f5e-9d0a-3f2b1c4d5e6f",
    "username": "fuzz_user",
}
NUMERIC_DEFAULT = 1  # for fields that are not in this table
TEXT_DEFAULT = "text"


def message(method: Method) -> Message:
    """Returns a request with all fields set."""
    made: Message = GetMessageClass(method.request)()
    for one in method.request.fields:
        if one.type == one.TYPE_MESSAGE:
            if one.name in VALUES:
                json_format.ParseDict({one.name: VALUES[one.name]}, made)
            continue
        default = TEXT_DEFAULT if one.type == one.TYPE_STRING else NUMERIC_DEFAULT
        value = VALUES.get(one.name, default)
        if isinstance(value, str) != isinstance(default, str) and not isinstance(value, list):
            value = default  # a field name with different types in different messages
        if isinstance(value, list):
            getattr(made, one.name).extend(value)
        else:
            setattr(made, one.name, value)
    return made


SAMPLES = {method.path: message(method).SerializeToString() for method in METHODS}
