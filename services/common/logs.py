"""Logs as JSON, one object a line, to standard output."""

from __future__ import annotations

import asyncio
import logging
import sys

from pythonjsonlogger.json import JsonFormatter


def set_up(service: str, level: str) -> None:
    """Sends everything that is logged to standard output as JSON. Call it once, at the start of the process."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        JsonFormatter(
            "{levelname}{name}{message}",
            style="{",
            timestamp="time",
            rename_fields={"levelname": "level", "name": "logger"},
            static_fields={"service": service},
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in ("aiodynamo", "botocore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("grpc._cython.cygrpc").addFilter(_is_ours_to_know)


# What gRPC logs as an error of its own and is none: the value of a header that is no UTF-8, which may be a secret; and
# that whom it answers has gone.
_NO_ERRORS = ("Invalid encoding on", "ExecuteBatchError raised in core by servicer method")


def _is_ours_to_know(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError):
        return False  # a call that ran to the end of the process
    return not str(record.msg).startswith(_NO_ERRORS)
