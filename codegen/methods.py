"""What a client must know about each method that the edge serves, as JSON: gen/methods.json.

It is the service config and the access policies in a form that needs no descriptors, for clients in browsers.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from google.protobuf import descriptor_pb2

from codegen import service_config
from codegen.openapi.contract import Contract, Method


def render(image: descriptor_pb2.FileDescriptorSet) -> str:
    """Returns the facts as JSON."""
    retried = {f"{service}/{method}" for service, method, _ in service_config.safe_to_repeat(image)}
    methods = {
        f"{service}/{method.name}": _facts(method, f"{service}/{method.name}" in retried)
        for service, methods in sorted(Contract(image).services().items())
        for method in methods
    }
    return json.dumps({"retry": _retry(service_config.RETRY_POLICY), "methods": methods}, indent=2) + "\n"


def _facts(method: Method, is_retried: bool) -> dict[str, Any]:
    """Returns the REST paths of a method and what is true of it. What is left out is false, or no deadline."""
    facts = {
        "isPublic": method.caller == "PUBLIC",
        "isKeyed": method.takes_request_id,  # a replay with the same request_id has no second effect
        "isRetried": is_retried,
    }
    return {
        "rest": [f"{binding.verb} {binding.template}" for binding in method.bindings],
        **{name: True for name, holds in facts.items() if holds},
        **({} if method.is_stream else {"timeoutMs": _milliseconds(service_config.TIMEOUT)}),
    }


def _retry(policy: dict[str, Any]) -> dict[str, int | Collection[str]]:
    return {
        "attemptsMax": policy["maxAttempts"],
        "firstPauseMs": _milliseconds(policy["initialBackoff"]),
        "pauseMsMax": _milliseconds(policy["maxBackoff"]),
        "multiplier": policy["backoffMultiplier"],
        "codes": policy["retryableStatusCodes"],
    }


def _milliseconds(duration: str) -> int:
    return round(float(duration.removesuffix("s")) * 1000)
