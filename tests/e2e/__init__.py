"""Tests of the whole system: real services, the real Envoy, DynamoDB Local and Valkey."""

import pytest

# What these helpers assert is reported as in a test.
pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in ("rest", "rpc", "users", "grpcurl")))
