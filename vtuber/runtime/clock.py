"""Time, handed in: the system's clock for shows, one moved by hand for films and tests."""

import threading
import time


class SystemClock:
    """`time.perf_counter_ns`: monotonic, and fine-grained on Windows too.

    (There `time.monotonic` ticks at 15.6 ms before Python 3.13.)
    """

    def now_ns(self) -> int:
        return time.perf_counter_ns()

    def sleep_until(self, deadline_ns: int) -> None:
        left_ns = deadline_ns - time.perf_counter_ns()
        if left_ns > 0:
            time.sleep(left_ns / 1e9)


class ManualClock:
    """A clock that stands still until somebody sleeps or moves it: sleeping is jumping."""

    def __init__(self, now_ns: int = 0) -> None:
        self._now_ns = now_ns
        self._lock = threading.Lock()

    def now_ns(self) -> int:
        return self._now_ns

    def sleep_until(self, deadline_ns: int) -> None:
        with self._lock:
            self._now_ns = max(self._now_ns, deadline_ns)

    def advance(self, seconds: float) -> None:
        """Let time pass, as costly work would."""
        with self._lock:
            self._now_ns += round(seconds * 1e9)
