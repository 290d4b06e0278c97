"""Where a live show's faces come from: two threads (capture, track), a recording, or a performance.

Gives the newest Face at any moment; knows what is going on and says it once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from vtuber.animate.performance import perform
from vtuber.animate.smooth import Smoother
from vtuber.core.errors import DeviceLost, SourceEnded, UserError
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock, FaceSource, Source, StopEvent
from vtuber.runtime.mailbox import Mailbox
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker
from vtuber.track.facelog import FaceLogWriter

READY_WITHIN_S = 30.0  # the tracker's import on a cold disk


class Intake(Protocol):
    """A source of faces for the beat."""

    workers: tuple[Worker, ...]
    frames: int  # faces looked for
    found: int  # faces found

    def open(self) -> None:
        """Open devices and files in the caller's thread. Raises UserError."""
        ...

    def face(self, now_ns: int) -> Face | None:
        """Give the newest face, which may be one given before."""
        ...

    def wait_until_ready(self, stop: threading.Event) -> None:
        """Wait for what the first beat needs; a live source needs nothing."""
        ...

    @property
    def has_ended(self) -> bool: ...

    def close(self) -> None: ...


class Performance:
    """The built-in performance: no camera, no thread."""

    workers: tuple[Worker, ...] = ()
    has_ended = False

    def __init__(self) -> None:
        self.frames = self.found = 0
        self._start_ns: int | None = None

    def open(self) -> None:
        """There is nothing to open."""

    def wait_until_ready(self, stop: threading.Event) -> None:
        """It begins with the first beat."""

    def face(self, now_ns: int) -> Face:
        if self._start_ns is None:
            self._start_ns = now_ns
        pose = perform((now_ns - self._start_ns) / 1e9)
        return Face(now_ns, 0, True, pose)

    def close(self) -> None:
        """There is nothing to close."""


class Replayed:
    """Faces of a recording, read in a thread at their own pace."""

    def __init__(self, replay: _Readable) -> None:
        self.frames = self.found = 0
        self.has_ended = False
        self._replay = replay
        self._newest: Face | None = None
        self.workers: tuple[Worker, ...] = (Worker("replay", self._run, restarts=False),)

    def open(self) -> None:
        self._replay.open()

    def wait_until_ready(self, stop: threading.Event) -> None:
        """Its times count from its opening."""

    def _run(self, stop: StopEvent) -> None:
        try:
            while not stop.is_set():
                face = self._replay.read()
                self.frames += 1
                self.found += face.found
                self._newest = face
        except SourceEnded:
            self.has_ended = True

    def face(self, now_ns: int) -> Face | None:
        return self._newest

    def close(self) -> None:
        self._replay.close()


class _Readable(Protocol):
    def open(self) -> None: ...
    def read(self) -> Face: ...
    def close(self) -> None: ...


class Tracked:
    """A camera or a clip, and the tracker: a thread for each."""

    def __init__(
        self,
        source: Source,
        make_tracker: Callable[[], FaceSource],
        smoothing: Callable[[], Smoother],
        meter: Meter,
        clock: Clock,
        record_faces: Path | None = None,
    ) -> None:
        self.frames = self.found = 0
        self.has_ended = False
        self._source, self._make_tracker, self._smoothing = source, make_tracker, smoothing
        self._meter, self._clock = meter, clock
        self._frames: Mailbox[Frame] = Mailbox()
        self._newest: Face | None = None
        self._is_ready = threading.Event()
        self._is_open = False
        self._log = FaceLog(record_faces) if record_faces else None
        self._capture = Worker(f"capture of {source.name}", self._run_capture)
        self._track = Worker("tracker", self._run_track)
        self.workers: tuple[Worker, ...] = (self._capture, self._track)

    @property
    def dropped(self) -> int:
        """How many frames came faster than the tracker."""
        return self._frames.dropped

    def open(self) -> None:
        """Open the source now, so that its faults are told before the show begins."""
        if self._log is not None:
            self._log.open()
        self._source.open()
        self._is_open = True

    def face(self, now_ns: int) -> Face | None:
        return self._newest

    def _run_capture(self, stop: StopEvent) -> None:
        if not self._source.is_live:  # a clip waits for the tracker, so that nothing of it is lost
            self._is_ready.wait(READY_WITHIN_S)
            self._source.close()
            self._is_open = False
        if not self._is_open:
            self._source.open()
        self._is_open = False
        try:
            while not stop.is_set():
                self._frames.put(self._source.read())
        except SourceEnded:
            self.has_ended = True
        finally:
            self._source.close()

    def _run_track(self, stop: StopEvent) -> None:
        tracker, smoother = self._make_tracker(), self._smoothing()
        tracker.open()
        self._is_ready.set()
        try:
            while not stop.is_set():
                frame = self._frames.take(0.1)
                if frame is not None:
                    self._meter.add("capture_wait", self._clock.now_ns() - frame.captured_ns)
                    self._keep(smoother.apply(tracker.find(frame)))
        finally:
            tracker.close()

    def _keep(self, face: Face) -> None:
        self._meter.add("track", face.track_ns)
        self.frames += 1
        self.found += face.found
        if self._log is not None:
            self._log.write(face)
        self._newest = face

    def wait_until_ready(self, stop: threading.Event) -> None:
        """Let a clip's show begin with its tracker; a live one begins at once."""
        if self._source.is_live:
            return
        deadline_ns = self._clock.now_ns() + round(READY_WITHIN_S * 1e9)
        while not self._is_ready.wait(0.05):
            failed = self._track.error
            if failed is not None and not self._track.is_alive:
                raise failed
            if stop.is_set() or self._clock.now_ns() > deadline_ns:
                return

    def close(self) -> None:
        self._frames.close()
        if self._log is not None:
            self._log.close()


class FaceLog:
    """A recording of faces that grows as `NAME.part` and gets its name at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._file: IO[str] | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        try:
            self._file = self._part.open("w", encoding="utf-8")
        except OSError as error:
            raise UserError(f"cannot write {self._path}: {error.strerror}") from error
        self._writer = FaceLogWriter(self._file)

    def write(self, face: Face) -> None:
        with self._lock:
            if self._file is None:
                return
            try:
                self._writer.write(face)
            except OSError as error:
                raise DeviceLost(f"cannot go on recording {self._path}: {error}") from error

    def close(self) -> None:
        with self._lock:
            if self._file is not None:
                self._file.close()
                self._file = None
                os.replace(self._part, self._path)
