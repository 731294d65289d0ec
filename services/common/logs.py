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
