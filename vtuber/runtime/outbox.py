"""Stands between the beat and one sink: decimates the beat to the sink's rate, never waits.

`newest` sinks get the newest picture and lose what they were too slow for; `paced` sinks (a
recorder) get exactly `fps` pictures a second, a late beat's being the last one again. Its queue is
bounded: when the disk cannot follow, pictures are repeated too, and counted as dropped.
"""

from __future__ import annotations

import threading
from collections import deque

from vtuber.core.errors import DeviceLost
from vtuber.core.picture import Picture
from vtuber.core.ports import Sink, StopEvent
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker

QUEUE_S = 2.0  # of pictures that a paced sink may be behind


class Outbox:
    """One sink, its thread and its counts."""

    def __init__(self, name: str, sink: Sink, fps: float, meter: Meter) -> None:
        self.name, self.fps = name, fps
        self.frames = 0  # pictures delivered
        self.dropped = 0  # pictures that the sink was too slow for
        self.worker = Worker(f"output {name}", self._run)
        self._sink, self._meter = sink, meter
        self._is_open = False
        self._start_ns: int | None = None
        self._next_slot = 0
        self._owed = 0  # slots whose picture had no room in the queue
        self._queue: deque[tuple[Picture, int]] = deque()  # picture, how many times
        self._changed = threading.Condition()
        self._is_paced = sink.delivery == "paced"
        self._room = round(fps * QUEUE_S) if self._is_paced else 1

    def open(self) -> None:
        """Open the sink in the caller's thread, so that its faults are told before the show."""
        self._sink.open()
        self._is_open = True
        self.worker.start()

    def offer(self, picture: Picture, beat_ns: int) -> None:
        """Take the picture of a beat if a slot of this sink's own rate is due."""
        if self._start_ns is None:
            self._start_ns = beat_ns
        slot = int((beat_ns - self._start_ns) * self.fps / 1e9 + 1e-6)
        due = slot + 1 - self._next_slot
        if due <= 0:
            return
        self._next_slot = slot + 1
        with self._changed:
            self._enqueue(picture, due if self._is_paced else 1)
            self._changed.notify()

    def _enqueue(self, picture: Picture, times: int) -> None:
        if len(self._queue) < self._room:
            self._queue.append((picture, times + self._owed))
            self._owed = 0
        elif self._is_paced:
            self.dropped += 1
            self._owed += times
        else:
            self.dropped += 1
            self._queue[-1] = (picture, times)

    def _run(self, stop: StopEvent) -> None:
        if not self._is_open:  # a restart after the sink failed
            self._sink.open()
            self._is_open = True
        try:
            while (item := self._take(stop)) is not None:
                picture, times = item
                for _ in range(times):
                    with self._meter.time(f"output {self.name}"):
                        self._sink.send(picture)
                    self.frames += 1
        except DeviceLost:
            self._is_open = False
            self._sink.close()
            raise
        finally:
            if stop.is_set() and self._is_open:
                self._is_open = False
                self._sink.close()

    def _take(self, stop: StopEvent) -> tuple[Picture, int] | None:
        with self._changed:
            while not self._queue:
                if stop.is_set():
                    return None
                self._changed.wait(0.1)
            if stop.is_set() and not self._is_paced:
                return None
            return self._queue.popleft()

    def finish(self, last: Picture | None, end_ns: int) -> None:
        """Fill a paced sink up to the end of the show, then let its thread run dry and close."""
        if self._is_paced and last is not None and self._start_ns is not None:
            total = round((end_ns - self._start_ns) * self.fps / 1e9)
            with self._changed:
                missing = total - self._next_slot + self._owed
                if missing > 0:
                    self._queue.append((last, missing))
                    self._owed = 0
        self.worker.ask_to_stop()
        with self._changed:
            self._changed.notify()
