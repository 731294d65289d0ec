"""Helpers for tests of invalid input: the calls that send it, and a valid body for each.

Every invalid input gets a client error in JSON that names the field, and has no effect.
"""

from __future__ import annotations

import pytest
from google.api import field_behavior_pb2
from google.protobuf.descriptor import FieldDescriptor

from tests.examples import example

from .contract import FOR_USERS, PUBLIC, Method
from .rest import Json
from .users import registration

BINDINGS = [(method, binding) for method in PUBLIC + FOR_USERS for binding in method.bindings]
READS = [(method, binding) for method, binding in BINDINGS if binding.verb == "GET"]
WRITES = [(method, binding) for method, binding in BINDINGS if binding.verb in ("POST", "PATCH", "PUT")]

each_read = pytest.mark.parametrize(("method", "binding"), READS, ids=str)
each_write = pytest.mark.parametrize(("method", "binding"), WRITES, ids=str)

INVISIBLE = ["1\0", "1\u200b", "\u202e1", "1\u200e", "\ufeff1", "1\n", " 1", "1\t", "1\u00a0"]


# One of several is required: another size of the order, or a cookie.
_ONE_OF = {"CreateOrder": {"quantity"}, "PreviewOrder": {"quantity"}, "RefreshToken": {"refresh_token"}}


def valid(method: Method) -> Json:
    """Returns a valid body without optional fields: the example of the method."""
    if method.name == "Register":
        return registration()  # an unused name
    one_of = _ONE_OF.get(method.name, set())
    return {name: value for name, value in example(method.request).items() if name in required(method) | one_of}


def required(method: Method) -> set[str]:
    """Returns the names of the required fields."""
    return {field.name for field in method.request.fields if is_required(field)}


def is_required(field: FieldDescriptor) -> bool:
    return field_behavior_pb2.REQUIRED in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
