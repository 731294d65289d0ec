"""The board: the current prices, and the streams that show them.

Streams with the same assets and the same pace form a group. A group makes each message once, for those of its streams
that have sent the message before; one that was slower gets what has changed since its own last message.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from services.price_streams.changes import Changes
from services.price_streams.messages import Kind, Shown, message, nothing_known
from services.prices.frame import Frame

INTERVAL_MS_MIN = 250
_STALE_CHECK_SECONDS = 1.0
_EARLY_SECONDS = 0.05
_MESSAGES_MAX = 64  # of a group: where its streams were when they became slow
_WOKEN_AT_ONCE = 50  # then calls get their turn


class Prices(Protocol):
    """The prices as last read, and the reading of newer ones."""

    @property
    def latest(self) -> Frame | None: ...

    @property
    def is_stale(self) -> bool: ...

    async def newer(self, seq: int) -> Frame: ...


class Group:
    """Streams of the same assets (none for all) and the same pace."""

    def __init__(
        self, assets: tuple[str, ...], interval_seconds: float, changes: Changes, shown: Shown | None, now: float
    ) -> None:
        self.views: dict[View, None] = {}
        self.shown = shown
        self._assets = assets
        self._interval_seconds = interval_seconds
        self._changes = changes
        self._due_at = now + interval_seconds
        self._messages: dict[tuple[object, ...], bytes] = {}

    def offer(self, shown: Shown, now: float) -> bool:
        """Shows other prices if it is time for them. Returns whether anything is new."""
        if self.shown is not None and (now < self._due_at or not self._is_news(self.shown, shown)):
            return False
        # On a grid: a frame that comes some milliseconds early need not wait for the next one.
        self._due_at = max(self._due_at + self._interval_seconds, now + self._interval_seconds - _EARLY_SECONDS)
        self.shown = shown
        self._messages.clear()
        return True

    def _is_news(self, before: Shown, shown: Shown) -> bool:
        return _flags(before) != _flags(shown) or bool(
            self._changes.since(before.frame.seq, self._selected(shown.frame))
        )

    def _selected(self, frame: Frame) -> Iterable[str]:
        return [one for one in self._assets if one in frame.prices] if self._assets else frame.prices

    def snapshot(self, shown: Shown) -> bytes:
        """Returns the message with all prices."""
        key = shown.frame.seq, shown.is_stale
        return self._made(key, lambda: message(Kind.SNAPSHOT, shown, self._selected(shown.frame)))

    def delta(self, shown: Shown, seq: int) -> bytes:
        """Returns the message with the prices that have changed after `seq`."""
        key = shown.frame.seq, shown.is_stale, seq
        return self._made(
            key, lambda: message(Kind.DELTA, shown, self._changes.since(seq, self._selected(shown.frame)))
        )

    def _made(self, key: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """Returns a message that streams share, made once."""
        if key not in self._messages:
            if len(self._messages) >= _MESSAGES_MAX:
                self._messages.clear()
            self._messages[key] = make()
        return self._messages[key]


class View:
    """What one stream shows. It holds no messages, only what it has sent last."""

    def __init__(self, board: Board, group: Group, wake: Callable[[], None], resume_seq: int) -> None:
        self._board = board
        self._group = group
        self._sent: Shown | None = None
        self._resume_seq = resume_seq
        self.wake = wake

    def take(self) -> bytes | None:
        """Returns the next message, None if there is none."""
        if self._sent is None:
            return self._first()
        shown, sent = self._group.shown, self._sent
        if shown is None or (shown.frame.seq, *_flags(shown)) == (sent.frame.seq, *_flags(sent)):
            return None
        if shown.frame.seq < sent.frame.seq:  # the stream began after the last message of its group
            return None
        self._sent = shown
        return self._group.delta(shown, sent.frame.seq)

    def _first(self) -> bytes | None:
        shown = self._sent = self._board.shown
        if shown is None:
            return None
        if self._board.changes.knows(self._resume_seq):
            return self._group.delta(shown, self._resume_seq)
        return self._group.snapshot(shown)

    def heartbeat(self) -> bytes:
        """Returns the message that says that nothing is new."""
        shown = self._board.shown
        return message(Kind.HEARTBEAT, shown) if shown is not None else nothing_known()


class Board:
    """The current prices, and the groups of streams that show them."""

    def __init__(self, prices: Prices, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.shown: Shown | None = None
        self.changes = Changes()
        self.groups: dict[tuple[tuple[str, ...], int], Group] = {}
        self._prices = prices
        self._monotonic = monotonic

    @contextmanager
    def view(
        self, assets: Iterable[str], interval_ms: int, resume_seq: int, wake: Callable[[], None]
    ) -> Iterator[View]:
        """Yields what a stream shows. `wake` is called whenever there may be a message to take."""
        key = (tuple(sorted(assets)), interval_ms or INTERVAL_MS_MIN)
        group = self.groups.get(key)
        if group is None:
            group = self.groups[key] = Group(key[0], key[1] / 1000, self.changes, self.shown, self._monotonic())
        view = View(self, group, wake, resume_seq)
        group.views[view] = None
        try:
            yield view
        finally:
            del group.views[view]
            if not group.views:
                del self.groups[key]

    async def run(self) -> None:
        """Shows the prices as they come, until cancelled."""
        while True:
            await self._wait()
            await self.show()

    async def _wait(self) -> None:
        """Waits for a newer frame, but no longer than it may take to notice that none comes."""
        seq = self.shown.frame.seq if self.shown is not None else 0
        try:
            async with asyncio.timeout(_STALE_CHECK_SECONDS):
                await self._prices.newer(seq)
        except TimeoutError:
            pass

    async def show(self) -> None:
        """Shows the latest prices to all groups, and wakes the streams of those that have news."""
        frame = self._prices.latest
        if frame is None:
            return
        self._note(frame)
        shown = self.shown = Shown(frame, self._prices.is_stale)
        now = self._monotonic()
        woken = 0
        for group in list(self.groups.values()):
            for view in list(group.views) if group.offer(shown, now) else ():
                view.wake()
                woken += 1
                if woken % _WOKEN_AT_ONCE == 0:
                    await asyncio.sleep(0)

    def _note(self, frame: Frame) -> None:
        if self.shown is not None and frame.seq == self.shown.frame.seq:
            return
        if self.groups:
            self.changes.add(frame)
        else:
            self.changes.restart(frame)


def _flags(shown: Shown) -> tuple[object, ...]:
    return shown.is_stale, shown.frame.is_halted, shown.frame.source
