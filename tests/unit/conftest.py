from __future__ import annotations

import hypothesis
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

# The same examples in every run: a test that fails here fails everywhere.
hypothesis.settings.register_profile("cnop", deadline=None, derandomize=True, max_examples=60)
hypothesis.settings.load_profile("cnop")


@pytest.fixture(scope="session")
def private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@pytest.fixture(scope="session")
def other_private_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())
