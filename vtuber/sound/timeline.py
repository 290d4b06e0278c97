"""What a device says of its time in, when each sample is heard out. Pure; time is an argument.

A device plays frames, one after the other, for ever; samples are some of them, where something was
queued. `FrameClock` says when a frame is heard, `Timeline` which sample that was.

The law: what is heard never goes back, and one wrong word of a driver moves it by a twentieth.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from vtuber.core.speech import SAMPLE_RATE_HZ

NS = 1_000_000_000
SLEW = 0.05  # of what a block's own time says is wrong: 12 ms of jitter become 1.3 (p95)
JUMP_NS = 100_000_000  # further off, something has happened: a suspended laptop, a stuck server
# So many words within 4 ms of each other are true: the device ran dry, and is elsewhere since.
AGREED, ALIKE_NS, APART_NS = 5, 4_000_000, 8_000_000
STALE_S = 1.0  # no device is further ahead of what is heard
SEAM_NS = 20_000_000  # what is recorded may be off so much, before it gets a seam
RUNS_KEPT = 64
OFFSETS_KEPT = 250  # blocks: 5 s, in which no clock of a system drifts by more than 2.5 ms


def ns_of(frames: float) -> int:
    return round(frames * NS / SAMPLE_RATE_HZ)


class DriverClock:
    """What a driver's own clock says, on ours.

    A driver looks at its clock, then calls us; Python may be busy, and its lock is had some ms
    later, on a loaded machine tens of them. It is never had too early: so the least of the
    differences between both clocks is the true one.
    """

    def __init__(self) -> None:
        self._offsets_ns: deque[int] = deque(maxlen=OFFSETS_KEPT)

    def ns(self, driver_s: float, now_ns: int) -> int:
        """Give when, up to now, the driver's clock was at a time; now, if it has none (0)."""
        if driver_s <= 0.0:
            return now_ns
        offset_ns = now_ns - round(driver_s * NS)
        if self._offsets_ns and offset_ns - min(self._offsets_ns) > STALE_S * NS:
            self._offsets_ns.clear()  # its clock was set, or the machine slept
        self._offsets_ns.append(offset_ns)
        return now_ns - (offset_ns - min(self._offsets_ns))


class FrameClock:
    """When the frames of one stream are heard."""

    def __init__(self, origin_ns: int | None = None) -> None:
        self._origin_ns = origin_ns  # when frame 0 is heard; None: nobody has said yet
        self._is_guess = True
        self._words = 0  # of the driver since the last jump: the first are averaged
        self._said: deque[int] = deque(maxlen=AGREED)  # the last words, as origins

    def learn(self, frame: int, now_ns: int, ahead_s: float, latency_s: float) -> None:
        """Take what the driver said at a time: that this frame is heard so much later.

        PortAudio's drivers may say nothing (0) or nonsense; then the latency of the stream counts,
        until once they say something (portaudio issues 498, 530, 531, 586).
        """
        is_said = 0.0 < ahead_s < STALE_S
        if not is_said and not (self._is_guess and self._origin_ns is None):
            return
        origin_ns = now_ns + round((ahead_s if is_said else latency_s) * NS) - ns_of(frame)
        self._said.append(origin_ns)
        wrong_ns = origin_ns - (self._origin_ns or origin_ns)
        if self._origin_ns is None or (self._is_guess and is_said) or abs(wrong_ns) > JUMP_NS:
            self._said.clear()
            self._origin_ns, self._words = origin_ns, 1
        else:
            self._words += 1
            self._origin_ns += round(max(SLEW, 1 / self._words) * wrong_ns)
            self._follow_agreed()
        self._is_guess &= not is_said

    def _follow_agreed(self) -> None:
        """Jump, where the last words agree with each other and not with what they were before."""
        middle_ns = sum(self._said) // len(self._said)
        is_agreed = len(self._said) == AGREED and max(self._said) - min(self._said) < ALIKE_NS
        assert self._origin_ns is not None
        if is_agreed and abs(middle_ns - self._origin_ns) > APART_NS:
            self._origin_ns = middle_ns

    def ns(self, frame: float) -> int:
        assert self._origin_ns is not None, "a stream's first block says when it is heard"
        return self._origin_ns + ns_of(frame)

    def frame(self, at_ns: int) -> float:
        assert self._origin_ns is not None, "a stream's first block says when it is heard"
        return (at_ns - self._origin_ns) * SAMPLE_RATE_HZ / NS


@dataclass(slots=True)
class _Run:
    """Samples that were queued without a gap, on the frames of one stream."""

    clock: FrameClock
    frame: int  # of the first sample
    first: int  # its count
    count: int
    told_ns: int | None = None  # when the first sample is heard, as those who record were told


@dataclass(frozen=True, slots=True)
class Span:
    """Samples that were heard without a gap."""

    first: int
    count: int
    start_ns: int


class Timeline:
    """Which sample is heard when. Not for two threads at once."""

    def __init__(self) -> None:
        self._runs: deque[_Run] = deque()
        self._asked_ns, self._said = -(2**63), 0.0  # the last time asked for, and the answer
        self._least = 0.0  # what was heard before the runs that are known
        self._told = 0  # count up to which `spans` has given all

    def add(self, clock: FrameClock, frame: int, first: int, count: int) -> None:
        """Take down that samples were handed to a stream, to be heard from this frame on."""
        last = self._runs[-1] if self._runs else None
        if last is not None and last.clock is clock and last.frame + last.count == frame:
            last.count += count  # counts have no gaps, so they go on, too
        elif count:
            if len(self._runs) == RUNS_KEPT:  # nobody takes what was heard
                self._forget()
            self._runs.append(_Run(clock, frame, first, count))

    def heard(self, at_ns: int) -> float:
        """Give the count of the sample that is heard at a time: earlier, now, or a little ahead.

        For times that do not go back, counts do not either.
        """
        heard = self._least
        for run in self._runs:
            into = run.clock.frame(at_ns) - run.frame
            if into > 0:
                heard = max(heard, run.first + min(into, run.count))
        if at_ns >= self._asked_ns:  # a clock that slews back would take it along
            heard = max(heard, self._said)
            self._asked_ns, self._said = at_ns, heard
        return heard

    def spans(self, now_ns: int) -> list[Span]:
        """Give what was heard since the last call, in order, each sample once."""
        heard = int(self.heard(now_ns))
        spans = []
        for run in self._runs:
            first, end = max(run.first, self._told), min(run.first + run.count, heard)
            if first < end:
                spans.append(Span(first, end - first, _told_ns(run) + ns_of(first - run.first)))
                self._told = end
        while len(self._runs) > 1 and self._runs[0].first + self._runs[0].count <= self._told:
            self._forget()
        return spans

    def _forget(self) -> None:
        oldest = self._runs.popleft()
        self._least = oldest.first + oldest.count


def _told_ns(run: _Run) -> int:
    """Give a time that stays, so that a run is recorded without seams, unless it was wrong."""
    begin_ns = run.clock.ns(run.frame)
    if run.told_ns is None or abs(begin_ns - run.told_ns) > SEAM_NS:
        run.told_ns = begin_ns
    return run.told_ns
