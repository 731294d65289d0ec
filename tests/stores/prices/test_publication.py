"""Frames of prices while publishers are killed and paused, and Valkey is killed, cut off and restored."""

from __future__ import annotations

import signal

from services.prices.feed import Feed
from tests.stores.prices.conftest import OpenFeed, StartReplica


async def after(feed: Feed, *, frames: int = 1) -> int:
    """Waits for more frames. Returns the number of the last."""
    frame = feed.latest
    for _ in range(frames):
        frame = await feed.newer(frame.seq if frame else 0)
    assert frame is not None
    return frame.seq


def epoch(seq: int) -> int:
    return seq >> 32


async def test_a_first_replica_publishes_at_once(start_replica: StartReplica, open_feed: OpenFeed) -> None:
    feed = open_feed()
    await start_replica()
    assert epoch(await after(feed, frames=3)) == 1
    assert not feed.is_stale
    assert (await feed.current()).seq >= (feed.latest.seq if feed.latest else 0)


async def test_another_replica_takes_over_from_one_that_was_killed(
    start_replica: StartReplica, open_feed: OpenFeed
) -> None:
    feed = open_feed()
    first = await start_replica()
    before = await after(feed)
    await start_replica()
    first.send(signal.SIGKILL)
    last = before
    while epoch(last) == 1:
        last = await after(feed)
    assert epoch(last) == 2
