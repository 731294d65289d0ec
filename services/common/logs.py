"""Logs as JSON, one object a line, to standard output."""

from __future__ import annotations

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
    logging.getLogger("grpc._cython.cygrpc").addFilter(_is_no_header)


def _is_no_header(record: logging.LogRecord) -> bool:
    """gRPC logs the value of a header that is no UTF-8, as an error of its own: an authorization header as well."""
    return not str(record.msg).startswith("Invalid encoding on")
