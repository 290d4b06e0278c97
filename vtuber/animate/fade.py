"""Moves a number to a target in a given time, softly: what every hand-over goes through."""

from __future__ import annotations


class Fade:
    """A value 0..1 on its way to a target. Fed with times that never go back."""

    def __init__(self, value: float = 0.0) -> None:
        self._from = self._to = value
        self._start_ns = self._end_ns = 0

    @property
    def target(self) -> float:
        return self._to

    def to(self, target: float, now_ns: int, seconds: float, after_s: float = 0.0) -> None:
        """Set out for a target, now or a little later; the same target again changes nothing."""
        if target == self._to:
            return
        self._from, self._to = self.at(now_ns), target
        self._start_ns = now_ns + round(max(after_s, 0.0) * 1e9)
        self._end_ns = self._start_ns + round(max(seconds, 0.0) * 1e9)

    def at(self, now_ns: int) -> float:
        """Give the value: a smoothstep between where it was and its target."""
        if now_ns >= self._end_ns:
            return self._to
        if now_ns <= self._start_ns:
            return self._from
        t = (now_ns - self._start_ns) / (self._end_ns - self._start_ns)
        return self._from + (self._to - self._from) * t * t * (3 - 2 * t)
