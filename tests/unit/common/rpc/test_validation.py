"""What the errors of a request's fields say."""

from __future__ import annotations

import pytest
from cnop.user.v1 import audit_log_service_pb2

from services.common.rpc import validation
from services.common.rpc.errors import InvalidArgument


def test_an_error_in_a_map_names_the_field_but_not_the_key_which_is_a_value() -> None:
    request = audit_log_service_pb2.RecordEventRequest(facts={"a secret Key": "x" * 5000})
    with pytest.raises(InvalidArgument) as refused:
        validation.validate(request)
    assert "facts[*]" in [field for field, _ in refused.value.violations]
    assert "secret" not in refused.value.message
