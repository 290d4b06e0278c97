"""How a show speaks in a terminal: sentences that stay, and one status line that changes.

LAW: nobody waits for the terminal, which may stand still for hours (Ctrl-S, a paused pipe).
"""

from __future__ import annotations

import contextlib
import logging
import shutil
import threading
import time
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, TextIO

from vtuber.core.ports import StopEvent
from vtuber.runtime.worker import Worker

if TYPE_CHECKING:
    from vtuber.shows.live.status import Status

MOST_WAITING = 200  # sentences; then the oldest are left out
END_S = 1.0  # for what waits at the end
BUSY_S = 0.05  # until a stream that does not block is tried again


class TerminalAnnouncer:
    """Takes words from any thread; a worker writes them to one stream. Use it by `with`.

    The status line is for terminals only, and only the newest one is written. A reader that goes
    away (a closed terminal, `| head`) does not end the show.
    """

    def __init__(self, stream: TextIO) -> None:
        self._is_terminal = stream.isatty()
        self._encoding = stream.encoding or "utf-8"
        # Below Python's buffer, whose lock would be held by a write that stands still: then
        # nothing in this program could end, for Python flushes the stream at its exit.
        self._raw = getattr(stream.buffer, "raw", stream.buffer)
        self._sentences: deque[str] = deque()
        self._left_out = 0
        self._status = ""
        self._has_status = False  # on the screen
        self._changed = threading.Condition()
        self._worker = Worker("terminal", self._run, restarts=False)

    def __enter__(self) -> TerminalAnnouncer:
        self._worker.start()
        return self

    def __exit__(self, *error: object) -> None:
        """Write what waits, within a second, and leave the terminal with nothing half-written."""
        self._worker.ask_to_stop()
        with self._changed:
            self._changed.notify()
        self._worker.join(END_S)
        if self._worker.error is not None:
            raise self._worker.error

    def say(self, sentence: str) -> None:
        """Say one sentence; an address stands out on a terminal."""
        if "http://" in sentence:
            sentence = f"\n    {self._bold(sentence)}\n"
        with self._changed:
            if len(self._sentences) == MOST_WAITING:
                self._sentences.popleft()
                self._left_out += 1
            self._sentences.append(sentence)
            self._changed.notify()

    def status(self, status: Status) -> None:
        """Renew the status line."""
        if not self._is_terminal:
            return
        columns = max(20, shutil.get_terminal_size().columns)
        with self._changed:
            self._status = _line(status)[: columns - 1]
            self._changed.notify()

    def _run(self, stop: StopEvent) -> None:
        while words := self._next(stop):
            with contextlib.suppress(OSError, ValueError):  # gone, or closed
                self._write(words)

    def _next(self, stop: StopEvent) -> str:
        """Wait for words and take them: the oldest sentence, else the status; "" at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._sentences or self._status or stop.is_set())
            wipe = "\r\x1b[K" if self._has_status else ""
            left_out, self._left_out = self._left_out, 0
            if left_out:
                return f"{wipe}({left_out} sentences were left out)\n{self._take()}"
            if self._sentences:
                return wipe + self._take()
            self._has_status = bool(self._status) and not stop.is_set()
            status, self._status = self._status, ""
            return wipe + status if self._has_status else wipe

    def _take(self) -> str:
        self._has_status = False
        return self._sentences.popleft() + "\n"

    def _write(self, words: str) -> None:
        rest = words.encode(self._encoding, "backslashreplace")
        while rest:
            written = self._raw.write(rest)
            if written is None:  # somebody made the terminal non-blocking
                time.sleep(BUSY_S)
            rest = rest[written or 0 :]

    def _bold(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self._is_terminal else text


@contextlib.contextmanager
def announced_log(announcer: TerminalAnnouncer) -> Iterator[None]:
    """Let the log speak by the announcer meanwhile: a thread that logs does not wait either."""
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [_AnnouncedLog(announcer, before[0].formatter if before else None)]
    try:
        yield
    finally:
        root.handlers[:] = before


class _AnnouncedLog(logging.Handler):
    def __init__(self, announcer: TerminalAnnouncer, formatter: logging.Formatter | None) -> None:
        super().__init__()
        self._announcer = announcer
        self.setFormatter(formatter)

    def emit(self, record: logging.LogRecord) -> None:
        self._announcer.say(self.format(record))


def _line(status: Status) -> str:
    face = "face found" if status.is_found else "no face"
    track_hz = status.track_hz or 0.0
    faces = f"tracker {track_hz:4.1f}/s  {face}  latency {status.latency_ms:3.0f} ms"
    if status.is_found and status.track_hz is None:
        faces = "built-in performance"
    sinks = "".join(
        f"  {name} {sink['frames']:.0f}"
        + (f" -{sink['dropped']:.0f}" if sink["dropped"] else "")
        + f" {sink['delay_ms']:.0f} ms"
        for name, sink in status.sinks.items()
    )
    return (
        f"{status.fps:5.1f} fps  late {status.late_beats}  {faces}  "
        f"drawing {status.draws_ms:4.1f} ms{sinks}"
    )
