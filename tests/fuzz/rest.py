"""REST calls that schemathesis generates from the OpenAPI document: valid ones and invalid ones."""

from __future__ import annotations

import asyncio
import time
from random import Random
from typing import Any

import httpx
import hypothesis
from hypothesis import HealthCheck, Phase
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from .rest_calls import Caller, schema
from .target import Target

EXAMPLES = 4  # of each operation in each round
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


async def attack(target: Target, random: Random, seconds: float) -> None:
    """Makes rounds over all operations for `seconds`, but at least one, however slow the machine is."""
    await asyncio.to_thread(_rounds, target, random, time.monotonic() + seconds)


def _rounds(target: Target, random: Random, until: float) -> None:
    operations = [found.ok() for found in schema().get_all_operations()]
    tries = [(operation, mode) for operation in operations for mode in GenerationMode]
    is_first = True
    with httpx.Client(base_url=target.stack.settings.edge_url, timeout=20.0, trust_env=False) as client:
        while is_first or time.monotonic() < until:
            for operation, mode in random.sample(tries, len(tries)):
                if target.is_spoilt or not (is_first or time.monotonic() < until):
                    return
                caller = Caller(target, client, f"{mode.value} data")
                try:
                    _examples(target, caller, operation, mode, random.getrandbits(64))
                except hypothesis.errors.Unsatisfiable:  # an operation without parameters has no invalid calls
                    continue
            is_first = False


def _examples(
    target: Target, caller: Caller, operation: APIOperation[Any, Any, Any], mode: GenerationMode, seed: int
) -> None:
    @hypothesis.seed(seed)
    @SETTINGS
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Case) -> None:
        if not target.is_spoilt:
            caller.call(case, mode)

    call()
