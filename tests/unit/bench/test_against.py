from __future__ import annotations

from bench import against
from bench.against import Turn
from bench.side import Sample


def turn(name: str, calls: list[tuple[str, float]]) -> Turn:
    async def measure(seconds: float) -> Sample:
        calls.append((name, seconds))
        return Sample(rate=100, p50_ms=1, cpu_ms=1)

    return measure


async def test_sides_take_turns_in_alternating_order_and_the_emulator_after_them() -> None:
    calls: list[tuple[str, float]] = []
    lines: list[str] = []
    turns = {name: turn(name, calls) for name in ("ours", "theirs", "limit")}
    samples = await against.compare(turns, seconds=4.0, pairs=3, report=lines.append, pause_seconds=0.0)
    warm_up, runs = calls[:3], calls[3:]
    assert [name for name, _ in warm_up] == ["ours", "theirs", "limit"]
    assert [name for name, _ in runs] == [
        *("ours", "theirs", "limit"),
        *("theirs", "ours", "limit"),
        *("ours", "theirs", "limit"),
    ]
    assert {seconds for _, seconds in runs} == {4.0}
    assert {name: len(runs) for name, runs in samples.items()} == {"ours": 3, "theirs": 3, "limit": 3}
    assert lines[-1] == "3 of 3: ours 100/s, theirs 100/s, limit 100/s"
