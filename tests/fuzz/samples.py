"""A valid request for every method, where mutations start from."""

from __future__ import annotations

from typing import Any

import protovalidate
from google.protobuf import json_format
from google.protobuf.message import Message

from codegen.openapi.examples import table
from tests.e2e.contract import METHODS, Method
from tests.examples import example, request

# By the names of fields: what the examples of other messages set, and what none of them sets.
VALUES: dict[str, Any] = {
    **{name: value for one in table().values() for name, value in one.items()},
    "expected_price": "0.5",
    "hits_addend": 1,
    "max_slippage": "5",
    "preview_id": "",  # only the order service can make one
    "request_id": "fuzz-1",
}


def message(method: Method) -> Message:
    """The example of a request, with as many further fields set as there is a good value for."""
    unset = method.request.fields_by_name.keys() - example(method.request).keys()
    return request(method.request, **{name: VALUES[name] for name in unset & VALUES.keys() if fits(method, name)})


def fits(method: Method, field: str) -> bool:
    """Whether a value is good for a field here: the same name may stand for something else."""
    try:
        made = request(method.request, **{field: VALUES[field]})
    except json_format.ParseError:
        return False
    paths = [violation.proto.field for violation in protovalidate.collect_violations(made)]
    return not any(path and path.elements[0].field_name == field for path in paths)


SAMPLES = {method.path: message(method).SerializeToString() for method in METHODS}
