"""The beat: absolute deadlines on a grid. A late beat skips whole intervals and counts them.

After `obs-video.c` of OBS Studio: never run twice to catch up, never drift off the grid.
"""

from __future__ import annotations

from dataclasses import dataclass

from vtuber.core.ports import Clock


@dataclass(frozen=True, slots=True)
class Beat:
    """One deadline that was waited for."""

    index: int  # on the grid: skipped intervals leave gaps
    deadline_ns: int


class Ticker:
    """Wait for the deadlines `start + index / fps`."""

    def __init__(self, clock: Clock, fps: float) -> None:
        assert fps > 0
        self._clock = clock
        self.fps = fps
        self.start_ns = clock.now_ns()
        self.late_beats = 0  # intervals that went by without a beat
        self._next = 0

    def deadline_ns(self, index: int) -> int:
        return self.start_ns + round(index * 1e9 / self.fps)

    def shift(self, by_ns: int) -> None:
        """Let all beats to come be later, or sooner, by less than an interval."""
        self.start_ns += by_ns

    def wait(self) -> Beat:
        """Sleep to the next deadline that has not passed by a whole interval, and give it."""
        now_ns = self._clock.now_ns()
        current = int((now_ns - self.start_ns) * self.fps / 1e9 + 1e-9)
        skipped = max(0, current - self._next)
        self.late_beats += skipped
        index = self._next + skipped
        deadline_ns = self.deadline_ns(index)
        self._clock.sleep_until(deadline_ns)
        self._next = index + 1
        return Beat(index, deadline_ns)
