from __future__ import annotations

from contextlib import ExitStack, suppress

import pytest

from services.common.rpc.errors import ResourceExhausted, ServiceError
from services.user.identity.hashing.slots import Slots
from services.user.identity.hashing.source import Overloaded, Source


@pytest.fixture
def slots() -> Slots:
    return Slots(64)


def hold_all(slots: Slots, held: ExitStack, address: str) -> int:
    """Takes slots at an address until it gets no more. Returns their number."""
    number = 0
    with suppress(ServiceError):
        while True:
            held.enter_context(slots.hold(Source.of(address)))
            number += 1
    return number


def test_one_address_gets_at_most_a_quarter_and_one_network_half_of_the_slots(slots: Slots) -> None:
    with ExitStack() as held:
        assert hold_all(slots, held, "192.0.2.1") == 16
        with pytest.raises(ResourceExhausted) as refusal, slots.hold(Source.of("192.0.2.1")):
            pass
        assert (refusal.value.reason, refusal.value.metadata) == ("RATE_LIMITED", {"retry_after_seconds": "1"})
        assert 16 + sum(hold_all(slots, held, f"192.0.2.{host}") for host in range(2, 255)) == 32


def test_although_others_are_greedy_another_address_gets_a_slot(slots: Slots) -> None:
    with ExitStack() as held:
        assert sum(hold_all(slots, held, f"198.51.{network}.1") for network in range(10)) > 55
        assert hold_all(slots, held, "203.0.113.1") > 0


def test_without_a_free_slot_everybody_is_refused_as_overload(slots: Slots) -> None:
    with ExitStack() as held:
        assert sum(hold_all(slots, held, f"198.51.{network}.1") for network in range(255)) == 64
        with pytest.raises(Overloaded) as refusal, slots.hold(Source.of("203.0.113.1")):
            pass
        assert (refusal.value.reason, refusal.value.metadata) == ("OVERLOADED", {"retry_after_seconds": "1"})


def test_a_slot_is_free_again_after_an_error(slots: Slots) -> None:
    for _ in range(100):
        with suppress(ValueError), slots.hold(Source.of("192.0.2.1")):
            raise ValueError
    with ExitStack() as held:
        assert hold_all(slots, held, "192.0.2.1") == 16
