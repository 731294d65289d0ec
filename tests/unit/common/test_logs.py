from __future__ import annotations

import asyncio
import json
import logging
import subprocess
import sys

import pytest

from services.common import logs

PROGRAM = """
import logging
from services.common import logs
logs.set_up("order", "info")
logging.getLogger("cnop.access").info("call", extra={"method": "/x/Y", "ms": 1.5})
logging.getLogger("cnop.access").debug("unwanted")
logging.getLogger("aiodynamo").info("unwanted")
try:
    raise ValueError("two\\nlines")
except ValueError:
    logging.getLogger("cnop.access").exception("unhandled")
"""


def test_every_record_is_one_line_of_json() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    call, unhandled = (json.loads(line) for line in done.stdout.splitlines())
    assert (call["level"], call["logger"], call["message"]) == ("INFO", "cnop.access", "call")
    assert (call["service"], call["method"], call["ms"]) == ("order", "/x/Y", 1.5)
    assert call["time"]
    assert "two\nlines" in unhandled["exc_info"]
    assert done.stderr == ""


def test_errors_that_callers_can_make_grpc_log_are_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        logs.set_up("user", "INFO")
        logger = logging.getLogger("grpc._cython.cygrpc")
        logger.error("Invalid encoding on %s", b"Bearer canary\xff")
        logger.error("ExecuteBatchError raised in core by servicer method [/cnop.user.v1.AuthService/GetJwks]")
        logger.error("not handled", exc_info=asyncio.CancelledError())
        logger.error("something else")
    finally:
        root.handlers = handlers
        root.setLevel(level)
    logged = capsys.readouterr().out
    assert "canary" not in logged
    assert "ExecuteBatchError" not in logged
    assert "not handled" not in logged
    assert "something else" in logged
