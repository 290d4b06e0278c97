"""Python's collector of cycles, between beats instead of within them.

By itself it stops the whole program in the middle of anything: with the tracker's 120,000 objects
for 36 ms at a time, two beats of 60. What is there when the beat begins stays: it is looked at no
more. What is new is looked at twice a second, in the time that is left before the next beat.
"""

from __future__ import annotations

import gc

from vtuber.core.ports import Clock

EVERY_S, WHOLLY_S = 0.5, 60.0  # what is young; everything that came since
OVERDUE = 20  # times as long: then it is done though no time is left
COST_NS = 2_000_000  # of a beat's rest, at first; then what it took last, and half of it more


class Garbage:
    """Holds the collector while a show runs. `with` gives it back; the beat makes all calls."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._was_enabled = gc.isenabled()
        self._is_settled = False
        self._costs_ns = {1: COST_NS, 2: COST_NS}
        self._done_ns = {1: clock.now_ns(), 2: clock.now_ns()}
        self.longest_ns = 0

    def __enter__(self) -> Garbage:
        """Leave alone what is there; collect nothing but when asked."""
        gc.disable()
        gc.freeze()
        return self

    def settle(self) -> None:
        """Leave alone what came since, too, once: all that is heavy has been imported."""
        if not self._is_settled:
            self._is_settled = True
            gc.freeze()

    def collect(self, until_ns: int) -> None:
        """Collect what is due, if there is time for it until the next beat."""
        now_ns = self._clock.now_ns()
        for generation, every_s in ((2, WHOLLY_S), (1, EVERY_S)):
            waited_ns = now_ns - self._done_ns[generation]
            has_time = until_ns - now_ns > self._costs_ns[generation] * 3 // 2
            if waited_ns > every_s * 1e9 and (has_time or waited_ns > OVERDUE * every_s * 1e9):
                gc.collect(generation)
                done_ns = self._clock.now_ns()
                self._costs_ns[generation] = done_ns - now_ns
                self.longest_ns = max(self.longest_ns, done_ns - now_ns)
                self._done_ns[generation] = done_ns
                return

    def __exit__(self, *error: object) -> None:
        """Give the collector back as it was."""
        gc.unfreeze()
        if self._was_enabled:
            gc.enable()
