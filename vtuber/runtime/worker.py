"""Runs one job beside the beat, in a thread or a spawned process, and keeps the error that ends it.

The job gets an Event that asks it to stop. It never dies unseen: the show polls `check()` at every
beat, which restarts a job that failed, with growing pauses, and says what happened.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from vtuber.core.ports import StopEvent

log = logging.getLogger(__name__)


Job = Callable[[StopEvent], None]


class ProcessFailed(Exception):
    """A spawned process ended by an error; its traceback is the text."""


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

    def __init__(self, name: str, job: Job, *, restarts: bool = True) -> None:
        self.name = name
        self.error: BaseException | None = None
        self._job = job
        self._restarts = restarts
        self._failures = 0
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._restart_ns: int | None = None
        self._started_ns: int | None = None

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        self.error = None
        self._restart_ns = None
        self._started_ns = None
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._job(self._stop)
        except BaseException as error:  # kept whole: check() hands it to the show
            self.error = error

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
        return self._plan_restart(error, now_ns)

    def has_recovered(self, now_ns: int) -> bool:
        """Tell whether the job runs, and has for longer than it takes to fail at once."""
        started_ns = self._started_ns
        return self.is_alive and started_ns is not None and now_ns - started_ns > 1.5e9

    def _plan_restart(self, error: BaseException, now_ns: int) -> Failure:
        if not self._restarts:
            return Failure(self.name, error, None)
        if now_ns - (self._started_ns or now_ns) > self.HEALTHY_S * 1e9:
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
            log.warning("%s did not end within %.1f s", self.name, timeout_s)
        return not self.is_alive


def in_process(target: Callable[..., None], *arguments: Any) -> Job:
    """Make a job that runs `target(stop, *arguments)` in a spawned process and watches over it.

    `target` is a module-level function; its arguments can be pickled by multiprocessing (ours, from
    this program, never from outside). Raises ProcessFailed in the worker's thread when it fails.
    """

    def job(stop: StopEvent) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        stop_process = context.Event()
        process = context.Process(
            target=_guarded, args=(theirs, stop_process, target, arguments), daemon=True
        )
        process.start()
        theirs.close()
        while process.is_alive() and not stop.wait(0.02):
            pass
        stop_process.set()
        process.join(2.0)
        if process.is_alive():
            process.kill()
            process.join()
        _raise_what_ended(process.exitcode, ours, asked=stop.is_set())

    return job


def _guarded(
    pipe: Connection, stop: StopEvent, target: Callable[..., None], arguments: tuple[Any, ...]
) -> None:
    try:
        target(stop, *arguments)
    except BaseException:
        pipe.send(traceback.format_exc())
        raise SystemExit(1) from None


def _raise_what_ended(exitcode: int | None, pipe: Connection, *, asked: bool) -> None:
    if exitcode == 0 or asked:
        return
    try:
        text = pipe.recv() if pipe.poll() else f"ended with exit code {exitcode}"
    except EOFError:
        text = f"ended with exit code {exitcode}"
    raise ProcessFailed(text)
