"""Runs one job beside the beat, in a thread, and keeps the error that ends it.

The job gets an Event that asks it to stop. It never dies unseen: the show polls `check()` at every
beat, which restarts a job that failed, with growing pauses, and says what happened.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from vtuber.core.ports import StopEvent

log = logging.getLogger(__name__)

Job = Callable[[StopEvent], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that ended by an error."""

    worker: str
    error: BaseException
    restarts_in_s: float | None  # None: it stays down


class Worker:
    """A job in a thread, restarted with backoff while its restarts last."""

    PAUSES_S = (0.5, 1.0, 2.0, 4.0)  # then the last, again and again
    HEALTHY_S = 10.0  # after this long without an error the pauses begin anew
    RECOVERED_S = 2.5  # longer than it takes to fail at once; a full disk is felt after 1 to 2 s
    MOST_HANGING = 3  # threads that were left to themselves and have not ended yet

    def __init__(self, name: str, job: Job, *, restarts: bool = True) -> None:
        self.name = name
        self.error: BaseException | None = None
        self.last_error: BaseException | None = None  # also after `check` has given it
        self._job = job
        self._restarts = restarts
        self._failures = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._hanging: list[threading.Thread] = []
        self._restart_ns: int | None = None
        self._started_ns: int | None = None

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin the job, the first time or again, also after it was asked to stop and has ended."""
        self.error = None
        self._restart_ns = None
        self._started_ns = None
        if self._stop.is_set():
            self._stop = threading.Event()
        self._thread = threading.Thread(
            target=self._run, args=(self._stop,), name=self.name, daemon=True
        )
        self._thread.start()

    def _run(self, stop: threading.Event) -> None:
        try:
            self._job(stop)
        except BaseException as error:  # kept whole: check() hands it to the show
            if stop is self._stop:
                self.error = self.last_error = error

    def replace(self) -> bool:
        """Begin a job that hangs anew, in another thread; False when too many hang already.

        No thread can be ended from outside. The old one is asked to stop, for when it wakes; it
        keeps until then what it holds, and what it raises is nobody's.
        """
        assert self._thread is not None, "what was not started hangs not"
        self._hanging = [thread for thread in self._hanging if thread.is_alive()]
        if len(self._hanging) >= self.MOST_HANGING or self._stop.is_set():
            return False
        self._hanging.append(self._thread)
        self._stop.set()
        self.start()
        return True

    def check(self, now_ns: int) -> Failure | None:
        """Give a new failure once; start the job again when its pause is over."""
        if self._started_ns is None:
            self._started_ns = now_ns
        if self._restart_ns is not None:
            if now_ns >= self._restart_ns and not self._stop.is_set():
                self.start()
            return None
        error = self.error
        if error is None or self.is_alive:
            return None
        self.error = None
        return self._plan_restart(error, now_ns, (now_ns - self._started_ns) / 1e9)

    def has_recovered(self, now_ns: int, after_s: float = RECOVERED_S) -> bool:
        """Tell whether the job runs, and has for longer than it takes to fail at once."""
        started_ns = self._started_ns
        return self.is_alive and started_ns is not None and now_ns - started_ns > after_s * 1e9

    def _plan_restart(self, error: BaseException, now_ns: int, worked_s: float) -> Failure:
        if not self._restarts:
            return Failure(self.name, error, None)
        if worked_s > self.HEALTHY_S:
            self._failures = 0
        pause_s = self.PAUSES_S[min(self._failures, len(self.PAUSES_S) - 1)]
        self._failures += 1
        self._restart_ns = now_ns + round(pause_s * 1e9)
        return Failure(self.name, error, pause_s)

    def ask_to_stop(self) -> None:
        self._stop.set()

    def join(self, timeout_s: float) -> bool:
        """Wait for the job to end; False when it did not (it is a daemon and dies with us)."""
        if self._thread is not None:
            self._thread.join(timeout_s)
        if self.is_alive:
            log.info("%s did not end within %.1f s", self.name, timeout_s)
        return not self.is_alive
