"""Who watches one path of the web output: each gets the newest, one at a time. No I/O."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from vtuber.core.ports import Clock

STALLED_NS = 1_000_000_000  # for one that takes a picture this long nothing is encoded

T = TypeVar("T")


class Watcher(Generic[T]):
    """What one client waits for, and since when it has been taking the last. Lives in the loop."""

    def __init__(self) -> None:
        self.busy_since_ns: int | None = None
        self._newest: T | None = None
        self._arrived = asyncio.Event()

    def offer(self, encoded: T) -> None:
        self._newest = encoded
        self._arrived.set()

    async def take(self) -> T:
        await self._arrived.wait()
        self._arrived.clear()
        assert self._newest is not None
        encoded, self._newest = self._newest, None
        return encoded


class Watchers(Generic[T]):
    """All clients of one path."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._all: set[Watcher[T]] = set()

    def __len__(self) -> int:
        return len(self._all)

    def are_awake(self) -> bool:
        """Tell whether anybody has time for a picture. Any thread may ask."""
        now_ns = self._clock.now_ns()
        return any(
            (since_ns := watcher.busy_since_ns) is None or now_ns - since_ns < STALLED_NS
            for watcher in tuple(self._all)
        )

    def offer(self, encoded: T) -> None:
        """Give everybody a picture, in place of one that they have not begun. In the loop."""
        for watcher in self._all:
            watcher.offer(encoded)

    @contextmanager
    def joined(self) -> Iterator[Watcher[T]]:
        """Be one of them for a while. In the loop."""
        watcher: Watcher[T] = Watcher()
        self._all.add(watcher)
        try:
            yield watcher
        finally:
            self._all.discard(watcher)
