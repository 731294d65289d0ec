from __future__ import annotations

import json

from google.protobuf import descriptor_pb2, descriptor_pool

from services.common.mesh import channels
from services.inventory.__main__ import SERVICES as INVENTORY
from services.order.__main__ import SERVICES as ORDER
from services.user.app import SERVICES as USER


def test_only_idempotent_methods_are_retried() -> None:
    services = USER + INVENTORY + ORDER
    [config] = json.loads(channels.service_config(services))["methodConfig"]
    retried = {(name["service"], name["method"]) for name in config["name"]}
    unknown = descriptor_pb2.MethodOptions.IDEMPOTENCY_UNKNOWN
    idempotent = {
        (service, method.name)
        for service in services
        for method in descriptor_pool.Default().FindServiceByName(service).methods
        if method.GetOptions().idempotency_level != unknown
    }
    assert retried == idempotent
    assert ("cnop.user.v1.SettlementService", "SettleTrade") in retried
    assert not {method for _, method in retried} & {"CreateOrder", "Deposit", "Withdraw", "Register", "Login"}
    assert config["retryPolicy"]["retryableStatusCodes"] == ["UNAVAILABLE"]


def test_retries_are_throttled() -> None:
    assert json.loads(channels.service_config(ORDER))["retryThrottling"] == {"maxTokens": 100, "tokenRatio": 0.1}
