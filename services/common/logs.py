"""Logs to standard output: one JSON object per line."""

from __future__ import annotations

import asyncio
import logging
import sys

from pythonjsonlogger.json import JsonFormatter

# gRPC logs these as errors, but they are none: a header that is not UTF-8 (its value may be a secret), and an answer
# to a client that has disconnected.
_NOT_ERRORS = ("Invalid encoding on", "ExecuteBatchError raised in core by servicer method")


def set_up(service: str, level: str) -> None:
    """Configures logging for the process. Call it once, at the start."""
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
    logging.getLogger("grpc._cython.cygrpc").addFilter(_is_error)


def _is_error(record: logging.LogRecord) -> bool:
    if record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError):
        return False  # the process ended while a call was still running
    return not str(record.msg).startswith(_NOT_ERRORS)
