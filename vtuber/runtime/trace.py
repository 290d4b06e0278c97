"""Spans in, a Chrome trace out, as it grows: `ui.perfetto.dev` and `chrome://tracing` open it.

One track for each thread. What waits across threads may overlap, and has async tracks of its own.
Format: "Trace Event Format", https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0.

LAW: who is traced never waits for the file: one `append`, and what the file is too slow for is
left out and counted.
"""

from __future__ import annotations

import json
import os
import threading
from collections import deque
from collections.abc import Iterator
from typing import IO, Any

from vtuber.core.ports import StopEvent
from vtuber.runtime.worker import Worker

MOST_WAITING = 65_536  # spans: 100 s of ten stages at 60 a second, 10 MB
WRITE_S, END_S = 0.5, 5.0
BEAT = "MainThread"
TRACKS = {BEAT: "beat"}  # threads by another name
# Not the work of one thread: as async events they may overlap.
WAITS = {"capture_wait": "camera to tracker", "latency": "camera to picture", "line": "voice: line"}


class Trace:
    """A trace that is written while it is made. `with` ends it: then the file is whole."""

    def __init__(self, file: IO[str], start_ns: int, about: dict[str, str]) -> None:
        """Take an open file, the moment that shall be 0, and what to say of the whole."""
        self._file, self._start_ns, self._about = file, start_ns, about
        self._spans: deque[tuple[str, int, int, str]] = deque(maxlen=MOST_WAITING)
        self._pid = os.getpid()
        self._taken = self._noted = self._waits = 0
        self._tracks: dict[str, int] = {}
        self._worker = Worker("trace", self._run, restarts=False)

    @property
    def lost(self) -> int:
        """Count the spans that the file was too slow for."""
        return self._noted - self._taken - len(self._spans)

    @property
    def error(self) -> BaseException | None:
        """Give what the file broke off by."""
        return self._worker.error

    def note(self, stage: str, begin_ns: int, end_ns: int) -> None:
        """Take a span of the thread that calls: 0.5 us, and 5 us of the thread that writes it."""
        self._noted += 1
        self._spans.append((stage, begin_ns, end_ns, threading.current_thread().name))

    def __enter__(self) -> Trace:
        self._worker.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Write what waits, and the end."""
        self._worker.ask_to_stop()
        self._worker.join(END_S)

    def _run(self, stop: StopEvent) -> None:
        self._file.write('{"displayTimeUnit":"ms","traceEvents":[\n')
        self._write({"name": "process_name", "ph": "M", "args": {"name": "vtuber"}})
        while not stop.wait(WRITE_S):
            self._drain()
        self._drain()
        about = json.dumps(self._about | {"lost spans": str(self.lost)})
        # the last event stands without a comma behind it
        self._file.write(f'{{"name":"end","ph":"M","pid":{self._pid},"tid":0,"args":{{}}}}\n')
        self._file.write(f'],"otherData":{about}}}\n')
        self._file.flush()

    def _drain(self) -> None:
        while self._spans:
            stage, begin_ns, end_ns, thread = self._spans.popleft()
            self._taken += 1
            for event in self._events(stage, begin_ns, end_ns, thread):
                self._write(event)

    def _events(
        self, stage: str, begin_ns: int, end_ns: int, thread: str
    ) -> Iterator[dict[str, Any]]:
        begin_us, end_us = (begin_ns - self._start_ns) / 1e3, (end_ns - self._start_ns) / 1e3
        if stage in WAITS:
            self._waits += 1
            wait = {"name": WAITS[stage], "cat": "wait", "id": self._waits, "tid": 0}
            yield wait | {"ph": "b", "ts": begin_us}
            yield wait | {"ph": "e", "ts": end_us}
            return
        track = self._tracks.get(thread)
        if track is None:
            track = self._tracks[thread] = len(self._tracks) + 1
            name = {"name": TRACKS.get(thread, thread)}
            yield {"name": "thread_name", "ph": "M", "tid": track, "args": name}
        span = {"name": stage, "cat": "work", "ph": "X", "tid": track}
        yield span | {"ts": begin_us, "dur": (end_ns - begin_ns) / 1e3}

    def _write(self, event: dict[str, Any]) -> None:
        words = json.dumps({"pid": self._pid, "tid": 0, **event}, separators=(",", ":"))
        self._file.write(words + ",\n")
