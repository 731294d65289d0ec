"""Calls of the REST face that schemathesis makes from the OpenAPI document: as it says, and against it."""

from __future__ import annotations

import asyncio
import time
from random import Random
from typing import Any

import httpx
import hypothesis
import schemathesis
from hypothesis import HealthCheck, Phase
from schemathesis import Case, GenerationMode
from schemathesis.schemas import APIOperation

from local.paths import OPENAPI
from tests.e2e.rest import refusal

from .target import Target

EXAMPLES = 8  # of an operation in a round
TRIES_MIN = 20  # however slow the machine is
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


async def attack(target: Target, random: Random, seconds: float) -> None:
    """Makes rounds over all operations until the time is over."""
    await asyncio.to_thread(_rounds, target, random, time.monotonic() + seconds)


def _rounds(target: Target, random: Random, until: float) -> None:
    schema = schemathesis.openapi.from_path(OPENAPI)
    schema.config.generation.update(with_security_parameters=False)  # who calls is chosen here
    operations = [found.ok() for found in schema.get_all_operations()]
    base = target.stack.settings.edge_url
    with httpx.Client(base_url=base, timeout=20.0, trust_env=False) as client:
        tries = 0
        while (time.monotonic() < until or tries < TRIES_MIN) and not target.is_spoilt:
            tries += 1
            operation, mode = random.choice(operations), random.choice(list(GenerationMode))
            try:
                _examples(target, client, operation, mode, random.getrandbits(64))
            except hypothesis.errors.Unsatisfiable:  # nothing can be wrong with a call that holds nothing
                continue


def _examples(
    target: Target, client: httpx.Client, operation: APIOperation[Any, Any, Any], mode: GenerationMode, seed: int
) -> None:
    @hypothesis.seed(seed)
    @SETTINGS
    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    def call(case: Case) -> None:
        if not target.is_spoilt:
            _call(target, client, case, mode)

    call()


def _call(target: Target, client: httpx.Client, case: Case, mode: GenerationMode) -> None:
    asked = case.as_transport_kwargs(base_url=str(client.base_url))
    headers = {**dict(asked["headers"]), "authorization": f"Bearer {target.token()}"}
    more = {"json": asked["json"]} if "json" in asked else {"content": asked.get("data")}
    target.count(f"REST, {mode.value} data")
    try:
        response = client.request(asked["method"], asked["url"], params=asked.get("params"), headers=headers, **more)
    except httpx.InvalidURL:
        return
    except httpx.HTTPError as error:
        target.found(f"no answer: {error!r}, for {asked}")
        return
    problem = _problem(response, mode)
    if problem:
        target.found(f"{problem}: {response.status_code} {response.text[:300]}, for {mode.value} {asked}")


def _problem(response: httpx.Response, mode: GenerationMode) -> str:
    if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
        return "a 5xx"
    if response.status_code < httpx.codes.BAD_REQUEST:
        return "it was accepted" if mode is GenerationMode.NEGATIVE else ""
    try:
        refusal(response)
    except (AssertionError, ValueError, KeyError) as error:
        return f"not an error in the form of the contract ({error!r})"
    return ""
