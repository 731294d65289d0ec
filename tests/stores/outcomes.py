"""What becomes of a call."""

from __future__ import annotations

from collections.abc import Awaitable

from services.common.rpc.errors import ServiceError


async def outcome(call: Awaitable[object]) -> str:
    """Returns the reason if a call is refused, otherwise ""."""
    try:
        await call
    except ServiceError as error:
        return error.reason
    return ""
