"""What gRPC itself logs."""

from __future__ import annotations

import logging

import pytest

from services.common import logs


def test_a_header_that_grpc_cannot_read_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        logs.set_up("user", "INFO")
        logger = logging.getLogger("grpc._cython.cygrpc")
        logger.error("Invalid encoding on %s", b"Bearer canary\xff")
        logger.error("something else")
    finally:
        root.handlers = before
    printed = capsys.readouterr().out
    assert "canary" not in printed
    assert "something else" in printed
