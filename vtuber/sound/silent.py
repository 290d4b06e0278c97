"""A speaker without a device: all is as if it were heard, at the pace of the clock it is given.

On a clock moved by hand it is deterministic: what is heard when depends on what was put when, not
on who asked in between. So films are made with it, and shows on machines without sound.
"""

from __future__ import annotations

import threading

import numpy as np
from jaxtyping import Float32

from vtuber.core.ports import Clock, StopEvent
from vtuber.core.speech import SAMPLE_RATE_HZ, Sound
from vtuber.sound.tape import Tape
from vtuber.sound.timeline import FrameClock, Timeline


class Pace:
    """Takes samples off a tape as fast as they would be heard."""

    def __init__(self, tape: Tape, timeline: Timeline, now_ns: int) -> None:
        self._tape, self._timeline = tape, timeline
        self._clock = FrameClock(now_ns)
        self._frame = 0

    def until(self, now_ns: int) -> None:
        """Play what is due at a time."""
        due = int(self._clock.frame(now_ns) + 0.5)
        if due > self._frame:
            first, count = self._tape.skip(due - self._frame)
            self._timeline.add(self._clock, self._frame, first, count)
            self._frame = due

    def heard(self, at_ns: int) -> float:
        """Say what is heard at a time, which may be ahead of what was played so far."""
        into = min(self._clock.frame(at_ns) - self._frame, self._tape.end - self._tape.at)
        return max(self._timeline.heard(at_ns), self._tape.at + into if into > 0 else 0.0)


class Speaker:
    """Plays to nobody."""

    name = "silent"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tape, self._timeline = Tape(), Timeline()
        self._pace = Pace(self._tape, self._timeline, clock.now_ns())
        self._lock = threading.Lock()

    def open(self) -> None:
        """There is nothing to open."""

    def put(self, samples: Float32[np.ndarray, " n"]) -> int:
        """Queue samples behind what is queued; give the count of the first."""
        with self._lock:
            self._pace.until(self._clock.now_ns())
            return self._tape.put(samples)

    def heard(self, now_ns: int) -> float:
        """Give the count of the sample that would be heard at a time, which may be ahead."""
        with self._lock:
            self._pace.until(min(now_ns, self._clock.now_ns()))
            return self._pace.heard(now_ns)

    def played(self, now_ns: int) -> tuple[Sound, ...]:
        """Give what would have been heard since the last call."""
        with self._lock:
            self._pace.until(now_ns)
            return sounds(self._tape, self._timeline, now_ns)

    def silence(self, fade_s: float = 0.02, keep: int = 0) -> int:
        """Fade out and drop what is queued behind `keep`; give the count at which it ends."""
        with self._lock:
            self._pace.until(self._clock.now_ns())
            return self._tape.cut(round(fade_s * SAMPLE_RATE_HZ), keep)

    def keep(self, stop: StopEvent) -> None:
        """There is nothing to lose: wait for the end."""
        stop.wait()

    def close(self) -> None:
        """There is nothing to close."""


def sounds(tape: Tape, timeline: Timeline, now_ns: int) -> tuple[Sound, ...]:
    """Give what a timeline says was heard since the last call, with the tape's samples."""
    return tuple(
        Sound(tape.copy(span.first, span.first + span.count), span.start_ns)
        for span in timeline.spans(now_ns)
    )
