"""Tests of the whole system: real services, the real Envoy, DynamoDB Local and Valkey."""

import pytest

# pytest reports failed assertions of these helpers in detail, as in tests.
pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in ("rest", "rpc", "users", "grpcurl")))
