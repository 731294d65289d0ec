"""What clients in TypeScript know about the methods is what the contracts and the service config say."""

from __future__ import annotations

import json

from codegen.paths import GEN
from tests.unit.contracts.test_service_config import CONFIG, idempotent_methods

FACTS = json.loads((GEN / "methods.json").read_text())
METHODS = FACTS["methods"]


def test_exactly_the_idempotent_methods_are_retried_by_the_policy_of_the_service_config() -> None:
    retried = {
        f"{service}/{name}" for streams in (False, True) for service, name in idempotent_methods(streams=streams)
    }
    assert {name for name, facts in METHODS.items() if facts.get("isRetried")} == retried
    policy = json.loads(CONFIG)["methodConfig"][1]["retryPolicy"]
    assert FACTS["retry"] == {
        "attemptsMax": policy["maxAttempts"],
        "firstPauseMs": 200,
        "pauseMsMax": 2000,
        "multiplier": policy["backoffMultiplier"],
        "codes": policy["retryableStatusCodes"],
    }


def test_every_path_of_the_rest_api_belongs_to_one_method_with_its_access_and_its_key() -> None:
    paths = json.loads((GEN / "openapi" / "cnop.json").read_text())["paths"]
    of_path = {path: facts for facts in METHODS.values() for path in facts["rest"]}
    operations = {f"{verb} {path}": one for path, at_path in paths.items() for verb, one in at_path.items()}
    assert set(of_path) == set(operations) - {"get /health"}
    for path, facts in of_path.items():
        operation = operations[path]
        keys = [one for one in operation["parameters"] if one.get("$ref", "").endswith("/idempotency-key")]
        assert facts.get("isPublic", False) == (operation["security"] == [])
        assert facts.get("isKeyed", False) == bool(keys)
        is_stream = "text/event-stream" in operation["responses"]["200"]["content"]
        assert facts.get("timeoutMs") == (None if is_stream else 10_000)
