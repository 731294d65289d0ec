"""What gRPC itself logs."""

from __future__ import annotations

import asyncio
import logging

import pytest

from services.common import logs


def test_what_callers_can_make_grpc_log_as_an_error_is_not_logged(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        logs.set_up("user", "INFO")
        logger = logging.getLogger("grpc._cython.cygrpc")
        logger.error("Invalid encoding on %s", b"Bearer canary\xff")
        logger.error("ExecuteBatchError raised in core by servicer method [/cnop.user.v1.AuthService/GetJwks]")
        logger.error("not handled", exc_info=asyncio.CancelledError())
        logger.error("something else")
    finally:
        root.handlers = before
    printed = capsys.readouterr().out
    assert "canary" not in printed
    assert "ExecuteBatchError" not in printed
    assert "not handled" not in printed
    assert "something else" in printed
