from __future__ import annotations

import json
import subprocess
import sys

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
