"""Stands between the beat and one sink: decimates the beat to the sink's rate, never waits.

`newest` sinks get the newest picture and lose what they were too slow for. `paced` sinks (a
recorder) get exactly `fps` pictures a second: at each moment the picture that was the newest then,
so that a late beat shows the last one again. Their queue is bounded: when the disk cannot follow,
pictures are repeated too, and counted as dropped.

Sinks that eat sound get it before the pictures that came after it; of sound, nothing is left out.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal, cast

from vtuber.core.errors import UserError
from vtuber.core.picture import Picture
from vtuber.core.ports import Clock, Listener, Sink, StopEvent
from vtuber.core.speech import Sound
from vtuber.runtime.clock import SystemClock
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker

QUEUE_S = 2.0  # of pictures that a paced sink may be behind,
QUEUE_BYTES = 256 * 2**20  # but no more memory than this: 69 pictures at 720p, 4 at 4096x4096
DELAYS_KEPT = 300
MOST_SOUNDS = 10_000  # over a minute, at one a beat; only while a sink is down
# Of an interval of a newest sink, by which it may have a picture early: any (beats lean towards the
# camera, and one that did by a hair would be lost), and one of a new frame.
SLACK, LEAN = 0.1, 0.5


State = Literal["on", "opening", "down", "closing", "off"]


def _nothing() -> None:
    """Do nothing more."""


@dataclass(slots=True)
class _Waiting:
    picture: Picture
    times: int
    sounds: int  # how many had come when it did


class Outbox:
    """One sink, its thread and its counts."""

    def __init__(
        self,
        name: str,
        sink: Sink,
        fps: float,
        meter: Meter,
        clock: Clock | None = None,
        closed: Callable[[], object] = _nothing,
    ) -> None:
        """`closed` is called in the sink's own thread whenever it has closed."""
        self.name, self.fps = name, fps
        self.is_on = True  # as a hand switched it
        self._is_open, self._closed = False, closed
        self._begins = False  # switched on, and not open yet: then nothing is due to it
        self.frames = 0  # pictures delivered, repeated ones each time
        self.dropped = 0  # pictures that it did not get, and
        self.outrun = 0  # how many of them because it was too slow, not because it was down
        self.worker = Worker(f"output {name}", self._run)
        self._sink, self._meter = sink, meter
        self._clock = clock or SystemClock()
        self._delays_ns: deque[int] = deque(maxlen=DELAYS_KEPT)
        self._is_paced = sink.delivery == "paced"
        self._start_ns: int | None = None
        self._next_slot = 0
        self._credit, self._credited_ns = 1.0, 0  # pictures that a newest sink may have
        self._shown_ns: int | None = None  # the frame that it had last
        self._last: Picture | None = None
        self._queue: deque[_Waiting] = deque()
        self._listener = cast(Listener, sink) if "sound" in sink.eats else None
        self._sounds: deque[Sound] = deque()
        self._sounds_come = 0
        self._changed = threading.Condition()
        self._has_opened = threading.Event()

    @property
    def is_down(self) -> bool:
        """Tell whether the sink worked once and does not now."""
        return self.is_on and self._has_opened.is_set() and not self.worker.is_alive

    @property
    def state(self) -> State:
        """Say how it is: "down" is one that failed, which is tried again."""
        if not self.is_on:
            return "closing" if self.worker.is_alive else "off"
        if self._is_open:
            return "on"
        return "down" if self.worker.last_error is not None else "opening"

    @property
    def delay_ms(self) -> float:
        """Say how long after its frame was captured a picture was delivered: the recent median."""
        with self._changed:
            return median(self._delays_ns or (0,)) / 1e6

    @property
    def waiting(self) -> int:
        """Count the pictures that the sink has yet to take."""
        with self._changed:
            return sum(waiting.times for waiting in self._queue)

    def open(self) -> None:
        """Open the sink in its own thread, and raise here what it raised: faults come first."""
        self.worker.start()
        while not self._has_opened.wait(0.05):
            if not self.worker.is_alive and self.worker.error is not None:
                error, self.worker.error = self.worker.error, None  # it is told here, and once
                raise error

    def offer(self, picture: Picture, beat_ns: int) -> None:
        """Take the picture of a beat if a slot of this sink's own rate is due."""
        if not self.is_on and self._queue and not self.worker.is_alive:
            self._forget()  # it failed, and keeps no memory while it is off
        if not self.is_on or self._begins:
            return
        if self._start_ns is None:
            self._start_ns = self._credited_ns = beat_ns
        due = self._slots_due(beat_ns) if self._is_paced else self._is_time_for(picture, beat_ns)
        if due:
            missed = due - 1
            self._next_slot += due
            with self._changed:
                if missed and self._is_paced and self._last is not None:
                    self._enqueue(self._last, missed)
                self._enqueue(picture, 1)
                self._changed.notify()
        self._last = picture

    def hear(self, sound: Sound) -> None:
        """Take what was heard before the next picture, if this sink eats sound."""
        if self._listener is None or not self.is_on or self._begins:
            return
        with self._changed:
            self._sounds.append(sound)
            self._sounds_come += 1
            if len(self._sounds) > MOST_SOUNDS:
                self._sounds.popleft()

    def _slots_due(self, beat_ns: int) -> int:
        """Count the slots of a paced sink up to this beat, which shows in the last of them."""
        assert self._start_ns is not None
        slot = int((beat_ns - self._start_ns) * self.fps / 1e9 + 1e-6)
        return max(0, slot - self._next_slot + 1)

    def _is_time_for(self, picture: Picture, beat_ns: int) -> bool:
        """Tell whether a newest sink shall have this picture, as its rate allows.

        One of a new frame may come half an interval before its time: of two beats of 60, a sink of
        30 takes the one that the camera moves, and the frame is not a beat later for it.
        """
        interval_ns = 1e9 / self.fps
        self._credit += (beat_ns - self._credited_ns) / interval_ns
        self._credit, self._credited_ns = min(self._credit, 1.0 + LEAN), beat_ns
        is_new = picture.captured_ns != self._shown_ns
        if self._credit < 1.0 - (LEAN if is_new else SLACK) - 1e-3:
            return False
        self._credit -= 1.0
        self._shown_ns = picture.captured_ns
        return True

    def _enqueue(self, picture: Picture, times: int) -> None:
        if self._queue and self._queue[-1].picture is picture:
            self._queue[-1].times += times
        elif len(self._queue) < self._room(picture):
            self._queue.append(_Waiting(picture, times, self._sounds_come))
        else:
            if self._is_paced:
                self._queue[-1].times += times
            else:
                self._queue[-1] = _Waiting(picture, times, self._sounds_come)
            self.dropped += 1
            self.outrun += not self.is_down

    def _room(self, picture: Picture) -> int:
        if not self._is_paced:
            return 1
        return max(1, min(round(self.fps * QUEUE_S), QUEUE_BYTES // picture.rgba.nbytes))

    def _run(self, stop: StopEvent) -> None:
        self._open()
        try:
            while (waiting := self._take(stop)) is not None:
                self._let_hear(waiting.sounds)
                for _ in range(waiting.times):
                    with self._meter.time(f"output {self.name}"):
                        self._sink.send(waiting.picture)
                    self.frames += 1
                    with self._changed:
                        delay_ns = self._clock.now_ns() - waiting.picture.captured_ns
                        self._delays_ns.append(delay_ns)
            if self._is_paced:
                self._let_hear(self._sounds_come)
        finally:  # at the end of the show, and for whatever failed: a film keeps what it has
            self._is_open = False
            self._sink.close()
            self._closed()

    def _open(self) -> None:
        """Open the sink, the first time or after it failed: then without what waited meanwhile."""
        if self._begins:  # it is closed, but one that broke off must not go on with what it began
            self._sink.close()
        self._sink.open()
        self._forget()
        self._begins = False
        self.worker.last_error, self._is_open = None, True
        self._has_opened.set()

    def _forget(self) -> None:
        with self._changed:
            self.dropped += len(self._queue)
            self._queue.clear()
            self._sounds.clear()

    def _let_hear(self, until: int) -> None:
        """Give the sink the sounds that came, up to a count of all that ever did."""
        while self._listener is not None:
            with self._changed:
                if len(self._sounds) <= self._sounds_come - until:
                    return
                sound = self._sounds.popleft()
            self._listener.hear(sound)

    def _take(self, stop: StopEvent) -> _Waiting | None:
        """Wait for a picture; None at the end, which for a paced sink is when all are taken."""
        with self._changed:
            while not self._queue and not stop.is_set():
                self._changed.wait(0.1)
            if not self._queue or (stop.is_set() and not self._is_paced):
                return None
            return self._queue.popleft()

    def switch_off(self, now_ns: int) -> None:
        """Let it finish what it has, and free what it holds; returns at once."""
        self.is_on = False
        self.finish(self._last, now_ns)

    def switch_on(self) -> None:
        """Open it again, in its own thread; a film begins anew. UserError while it still closes."""
        if self.is_on:
            return
        if self.worker.is_alive:
            raise UserError(f"output {self.name} is still closing; try again in a moment")
        self._start_ns = self._last = self._shown_ns = None
        self._next_slot, self._credit = 0, 1.0
        self.is_on = self._begins = True
        self.worker.start()

    def finish(self, last: Picture | None, end_ns: int) -> None:
        """Fill a paced sink up to the end of the show, then let its thread run dry and close."""
        if self._is_paced and last is not None and self._start_ns is not None:
            missing = round((end_ns - self._start_ns) * self.fps / 1e9) - self._next_slot
            if missing > 0:
                with self._changed:
                    self._enqueue(last, missing)
        self.worker.ask_to_stop()
        with self._changed:
            self._changed.notify()
