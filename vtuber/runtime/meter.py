"""Always-on named timers: durations in, percentiles out. Bounded memory, safe from any thread."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice

import numpy as np

KEPT = 20_000  # of each stage: five minutes and a half at 60 a second


class Meter:
    """Keep the last durations of each stage."""

    def __init__(self) -> None:
        self._durations_ns: dict[str, deque[int]] = {}
        self._lock = threading.Lock()  # a deque that grows cannot be read through

    def add(self, stage: str, duration_ns: int) -> None:
        with self._lock:
            self._durations_ns.setdefault(stage, deque(maxlen=KEPT)).append(duration_ns)

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
