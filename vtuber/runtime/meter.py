"""Always-on named timers: durations in, percentiles out. Bounded memory, safe from any thread.

Who traces a show is told of every span as it ends: a second pair of ears, and none by default.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np

KEPT = 20_000  # of each stage: five minutes and a half at 60 a second
NEWEST = 8_192  # of all stages: 14 s of ten stages at 60 a second

Note = Callable[[str, int, int], None]  # stage, begin and end in ns; in the thread that worked


class Meter:
    """Keep the last durations of each stage."""

    def __init__(self, note: Note | None = None) -> None:
        """`note` is told of every span, in the thread that worked."""
        self._note = note
        self._durations_ns: dict[str, deque[int]] = {}
        self._newest: deque[tuple[int, str, int]] = deque(maxlen=NEWEST)  # end, stage, duration
        self._lock = threading.Lock()  # a deque that grows cannot be read through

    def add(self, stage: str, duration_ns: int) -> None:
        """Take a span that ends now."""
        now_ns = time.perf_counter_ns()
        with self._lock:
            self._durations_ns.setdefault(stage, deque(maxlen=KEPT)).append(duration_ns)
            self._newest.append((now_ns, stage, duration_ns))
        if self._note is not None:
            self._note(stage, now_ns - duration_ns, now_ns)

    def mark(self, stage: str, begin_ns: int, end_ns: int) -> None:
        """Tell who traces of a span that nobody wants percentiles of."""
        if self._note is not None:
            self._note(stage, begin_ns, end_ns)

    def newest(self, seconds: float) -> list[tuple[float, str, float]]:
        """Give what was added in the last seconds before the last: when (s before), stage, ms."""
        with self._lock:
            kept = list(self._newest)
        end_ns = kept[-1][0] if kept else 0
        return [
            ((end_ns - at_ns) / 1e9, stage, duration_ns / 1e6)
            for at_ns, stage, duration_ns in kept
            if end_ns - at_ns < seconds * 1e9
        ]

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Time a block, also when it raises."""
        begin_ns = time.perf_counter_ns()
        try:
            yield
        finally:
            self.add(stage, time.perf_counter_ns() - begin_ns)

    def recent_ms(self, stage: str, count: int = 30) -> float:
        """Give the median of the newest durations in ms; 0 when there are none."""
        with self._lock:
            newest = list(islice(reversed(self._durations_ns.get(stage, ())), count))
        return float(np.median(newest)) / 1e6 if newest else 0.0

    def percentiles(self) -> dict[str, dict[str, float]]:
        """Give p50, p95 and p99 in ms of every stage."""
        with self._lock:
            kept = {stage: np.array(times) for stage, times in self._durations_ns.items()}
        table = {}
        for stage, durations_ns in kept.items():
            p50, p95, p99 = np.percentile(durations_ns / 1e6, (50, 95, 99))
            table[stage] = {
                "p50_ms": round(float(p50), 3),
                "p95_ms": round(float(p95), 3),
                "p99_ms": round(float(p99), 3),
            }
        return table
