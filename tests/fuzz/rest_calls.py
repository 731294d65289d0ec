"""Sends the calls that schemathesis generates to the edge, and checks the responses against the OpenAPI document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import protovalidate
import schemathesis
from google.protobuf import json_format
from google.protobuf.message_factory import GetMessageClass
from schemathesis import Case, GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.schemas import BaseSchema

from codegen.paths import OPENAPI
from tests.e2e.contract import METHODS
from tests.e2e.openapi import OPERATIONS, Operation, problem
from tests.e2e.rest import EVENTS

from .target import Target

# The parts of a call that can be invalid. Headers are left out: any text is a valid x-request-id, and a wrong
# idempotency-key is not sent with an id in the body.
_PLACES = (ParameterLocation.PATH, ParameterLocation.QUERY, ParameterLocation.BODY)
_REQUESTS = {f"{method.path.split('/')[1].rpartition('.')[2]}_{method.name}": method.request for method in METHODS}


def schema() -> BaseSchema:
    """Returns the document, parsed by schemathesis."""
    read = schemathesis.openapi.from_path(OPENAPI)
    read.config.generation.update(with_security_parameters=False)  # Caller chooses the token
    return read


class Caller:
    """Sends calls with a token of a permitted user, and records findings."""

    def __init__(self, target: Target, client: httpx.Client, what: str) -> None:
        self._target = target
        self._client = client
        self._what = what

    def call(self, case: Case, mode: GenerationMode) -> httpx.Response | None:
        """Sends a call. Returns the response, None if there is none. Adds findings to the target."""
        operation = OPERATIONS[case.operation.definition.raw["operationId"]]
        asked = case.as_transport_kwargs(base_url=str(self._client.base_url))
        more = {"json": asked["json"]} if "json" in asked else {"content": asked.get("data")}
        self._target.count(f"REST, {self._what}")
        try:
            response = _request(
                self._client,
                asked["method"],
                asked["url"],
                params=asked.get("params"),
                headers={**_headers(asked), **self._token(operation)},
                **more,
            )
        except httpx.InvalidURL:
            return None
        except httpx.HTTPError as error:
            self._target.found(f"no answer: {error!r}, for {asked}")
            return None
        found = problem(operation, response)
        if response.is_server_error:  # never correct here, as no call sets a deadline that could be too short
            found = "a 5xx"
        elif mode is GenerationMode.NEGATIVE and response.is_success and _is_wrong(case, operation):
            found = "it was accepted"
        if found:
            self._target.found(f"{found}: {response.status_code} {response.text[:300]}, for {mode.value} {asked}")
        return response

    def _token(self, operation: Operation) -> Mapping[str, str]:
        if operation.caller == "public":
            return {}
        role = "admin" if operation.caller == "admin" else "customer"
        return {"authorization": f"Bearer {self._target.token(role)}"}


def _request(client: httpx.Client, method: str, url: str, **options: Any) -> httpx.Response:
    """Makes a call. Of a stream it returns the first event."""
    with client.stream(method, url, **options) as response:
        if response.headers.get("content-type") != EVENTS:
            response.read()
            return response
        line = next(line for line in response.iter_lines() if line.startswith("data:"))
        content = line.removeprefix("data:").encode()
        first = httpx.Response(200, headers=response.headers, content=content, request=response.request)
        first.elapsed = timedelta()  # schemathesis reads it
        return first


def _headers(asked: Mapping[str, Any]) -> dict[str, str]:
    """Returns the headers of a call: without the idempotency key if the body has one, as two of them are refused."""
    body = asked.get("json")
    has_id = isinstance(body, dict) and body.get("request_id")
    return {name: value for name, value in asked["headers"].items() if not has_id or name.lower() != "idempotency-key"}


def _is_wrong(case: Case, operation: Operation) -> bool:
    """Tells whether a negative case is invalid indeed: protobuf's JSON has two forms of some values ("5" for 5)."""
    if case.meta is not None and not any(case.meta.is_negative_at(place) for place in _PLACES):
        return False
    request = _REQUESTS.get("_".join(operation.id.split("_")[:2]))  # without the words of further bindings
    if request is None:
        return False
    query = {name: value for name, value in (case.query or {}).items() if value != []}  # an empty list sends nothing
    fields: dict[str, Any] = {**(case.path_parameters or {}), **query}
    if isinstance(case.body, dict):
        fields = {**case.body, **fields}
    message = GetMessageClass(request)()
    try:
        json_format.ParseDict(fields, message)
    except (json_format.ParseError, TypeError, ValueError):
        return True
    return bool(protovalidate.collect_violations(message))
