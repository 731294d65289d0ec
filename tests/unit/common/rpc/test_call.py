from __future__ import annotations

import asyncio
import contextvars
import time

import pytest

from services.common.rpc import call
from services.common.rpc.call import Call, Principal
from services.common.rpc.errors import Unauthenticated


def test_outside_of_calls_there_is_no_principal_and_the_default_deadline() -> None:
    def outside() -> None:
        assert call.current().request_id == ""
        assert call.remaining_seconds() == call.DEFAULT_DEADLINE_SECONDS
        with pytest.raises(Unauthenticated):
            call.principal()

    contextvars.Context().run(outside)


async def test_the_tasks_of_a_call_see_that_call_only() -> None:
    async def serve(user_id: str) -> tuple[str, str]:
        call.enter(Call(f"r-{user_id}", time.monotonic() + 5, Principal(user_id, "customer", "t")))
        await asyncio.sleep(0.01)
        inner = await asyncio.create_task(asyncio.sleep(0, call.current().request_id))
        return call.principal().user_id, inner

    served = await asyncio.gather(*(asyncio.create_task(serve(str(n))) for n in range(20)))
    assert served == [(str(n), f"r-{n}") for n in range(20)]


def test_the_remaining_time_is_bounded_by_deadline_and_limit_and_never_negative() -> None:
    def inside(deadline_in: float, at_most: float) -> float:
        call.enter(Call("r", time.monotonic() + deadline_in))
        return call.remaining_seconds(at_most)

    assert contextvars.Context().run(inside, 100, 3) == 3
    assert contextvars.Context().run(inside, 2, 30) == pytest.approx(2, abs=0.1)
    assert contextvars.Context().run(inside, -5, 30) == 0


def test_a_public_call_has_no_principal() -> None:
    def inside() -> None:
        call.enter(Call("r", time.monotonic() + 1))
        with pytest.raises(Unauthenticated):
            call.principal()

    contextvars.Context().run(inside)
