"""Walks along the links of the OpenAPI document: calls made from the responses to other calls."""

from __future__ import annotations

import asyncio
import time
from random import Random
from typing import Any

import httpx
import hypothesis
from hypothesis import HealthCheck, Phase
from schemathesis import Case, GenerationMode, Response
from schemathesis.generation.stateful import run_state_machine_as_test

from .rest_calls import Caller, schema
from .target import Target

STEPS = 12
SETTINGS = hypothesis.settings(
    max_examples=2,  # walks between two checks of the time
    stateful_step_count=STEPS,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


async def attack(target: Target, random: Random, seconds: float) -> None:
    """Makes walks for `seconds`, but at least one, however slow the machine is."""
    await asyncio.to_thread(_walks, target, random, time.monotonic() + seconds)


def _walks(target: Target, random: Random, until: float) -> None:
    read = schema()
    read.config.generation.update(modes=[GenerationMode.POSITIVE])
    is_first = True
    with httpx.Client(base_url=target.stack.settings.edge_url, timeout=20.0, trust_env=False) as client:
        caller = Caller(target, client, "along links")

        class Walk(read.as_state_machine()):  # type: ignore[misc]
            def call(self, case: Case, **_: Any) -> Response:
                response = caller.call(case, GenerationMode.POSITIVE)
                hypothesis.assume(response is not None and not target.is_spoilt)
                assert response is not None
                return Response.from_any(response)

            def validate_response(self, response: Response, case: Case, *_: Any, **__: Any) -> None:
                """Does nothing: the caller has checked the response."""

        while (is_first or time.monotonic() < until) and not target.is_spoilt:
            run_state_machine_as_test(hypothesis.seed(random.getrandbits(64))(Walk), settings=SETTINGS)
            is_first = False
