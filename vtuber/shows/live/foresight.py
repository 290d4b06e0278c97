"""When beats looked and when their pictures went out in, how far ahead to look out. Pure.

A picture shows the moment at which it is seen: it is drawn first, and then seen until the next one
comes. On a machine that is busy both take longer, so both are measured.
"""

from __future__ import annotations

import math

KEPT = 60  # beats: half of what is forgotten was 0.7 s ago at 60 a second
LONGEST_NS = 100_000_000  # a longer gap is no beat's: the machine slept
# Of the spread of the time that drawing takes: where it varies, better early than late, as people
# see 45 ms of late lips, and 125 of early ones (ITU-R BT.1359).
CAUTION = 0.5


class Foresight:
    """How much later than it is asked for something is seen, in the mean, and a little more.

    What begins while one picture stands is seen with the next. It falls into long gaps more often
    than into short ones: so the mean wait is half of E[gap^2] / E[gap], half a beat where all are
    in time. The mean moves by a sixtieth a beat, so that what is looked at never goes back.
    """

    def __init__(self) -> None:
        self._shown_ns: int | None = None
        self._beats = 0
        self._delay = self._delay_squared = self._gap = self._gap_squared = 0.0

    @property
    def ns(self) -> int:
        """Give it, 0 before the second picture."""
        if not self._gap:
            return 0
        spread = math.sqrt(max(self._delay_squared - self._delay**2, 0.0))
        return round(self._delay + CAUTION * spread + self._gap_squared / (2 * self._gap))

    def learn(self, looked_ns: int, shown_ns: int) -> None:
        """Take a beat: when it asked, and when its picture was handed over."""
        before, self._shown_ns = self._shown_ns, shown_ns
        gap = min(shown_ns - before, LONGEST_NS) if before is not None else 0
        if not gap:
            return
        self._beats = min(self._beats + 1, KEPT)
        delay = min(shown_ns - looked_ns, LONGEST_NS)
        for name, value in (
            ("_delay", delay),
            ("_delay_squared", delay**2),
            ("_gap", gap),
            ("_gap_squared", gap**2),
        ):
            mean = getattr(self, name)
            setattr(self, name, mean + (value - mean) / self._beats)
