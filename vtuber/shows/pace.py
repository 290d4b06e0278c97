"""The rate of a show: the beats of a Ticker, `auto` settled once, what was late counted honestly.

With one rate, beats and late beats together are the deadlines between start and end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from vtuber.core.ports import Clock
from vtuber.runtime.phase import Phase
from vtuber.runtime.ticker import Beat, Ticker

FPS_HIGH, FPS_LOW = 60.0, 30.0
TRIAL_S = 3.0  # how long `auto` tries the high rate
BEARABLE = 0.05  # the share of late beats that it bears
AWAY_S = 1.0  # a gap that no machine is too slow for: it was suspended (Ctrl-Z, a closed lid)
READY_WITHIN_S = 30.0  # a trial begins without a tracker that takes longer to import


class Pace:
    """The beats of one show."""

    def __init__(
        self, clock: Clock, fps: float | Literal["auto"], say: Callable[[str], None]
    ) -> None:
        self._clock, self._say = clock, say
        self._is_trial = fps == "auto"
        self._ticker = Ticker(clock, FPS_HIGH if fps == "auto" else fps)
        self._phase = Phase(1e9 / self._ticker.fps)
        self._next = 0  # index of the next beat on the grid
        self._trial: tuple[int, int, int] | None = None  # its begin in ns, beats and late beats
        self._settled_ns = self._ticker.start_ns  # when `settle` was called last
        self._late_if_low = 0  # what would be late at the low rate
        self.start_ns = self._ticker.start_ns
        self.beats = self.late_beats = 0

    def wait(self, end_ns: int | None) -> Beat | None:
        """Sleep to the next beat and give it; None when the end comes first."""
        beat = self._ticker.wait()
        is_over = end_ns is not None and beat.deadline_ns >= end_ns
        missed = range(self._next, beat.index)
        late = (
            sum(self._ticker.deadline_ns(i) < end_ns for i in missed)
            if end_ns is not None and is_over
            else len(missed)
        )
        self._next = beat.index + 1
        self.late_beats += late
        self._late_if_low += late // 2  # a gap of two intervals at 60 is none at 30
        if is_over:
            return None
        self.beats += 1
        return beat

    @property
    def next_ns(self) -> int:
        """Say when the next beat is."""
        return self._ticker.deadline_ns(self._next)

    def lean(self, ready_ns: int) -> None:
        """Count a face that is new to this beat; later beats begin just after their faces."""
        self._ticker.shift(self._phase.shift_ns(ready_ns, self._ticker.start_ns))

    def settle(self, now_ns: int, is_ready: bool) -> None:
        """Judge the trial of `auto` when it is over, and say the rate. Call it at every beat.

        It begins when the show is ready: importing mediapipe in a thread costs beats that say
        nothing about the machine. It begins anew when the show was suspended.
        """
        if not self._is_trial:
            return
        gap_ns, self._settled_ns = now_ns - self._settled_ns, now_ns
        if self._trial is not None and gap_ns > AWAY_S * 1e9:
            self._trial = now_ns, self.beats, self.late_beats
        if self._trial is None:
            if is_ready or now_ns - self.start_ns > READY_WITHIN_S * 1e9:
                self._trial = now_ns, self.beats, self.late_beats
            return
        begin_ns, beats, late = self._trial
        if now_ns - begin_ns < TRIAL_S * 1e9:
            return
        self._is_trial = False
        beats, late = self.beats - beats, self.late_beats - late
        if late <= BEARABLE * (beats + late):
            self._say(f"{FPS_HIGH:g} pictures a second")
            return
        self._say(f"{FPS_LOW:g} pictures a second: this machine does not hold {FPS_HIGH:g}")
        self._ticker, self._next = Ticker(self._clock, FPS_LOW), 0
        self._phase = Phase(1e9 / FPS_LOW)
        self.late_beats = self._late_if_low
