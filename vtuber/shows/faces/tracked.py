"""A camera or a clip in, the newest face out: a thread that captures, a thread that tracks."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from vtuber.core.command import CalibrationName
from vtuber.core.errors import SourceEnded
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock, FaceSource, Source, StopEvent
from vtuber.runtime.mailbox import Mailbox
from vtuber.runtime.meter import Meter
from vtuber.runtime.worker import Worker
from vtuber.shows.faces.facelog import FaceLog
from vtuber.shows.notes import Skipped, StandsStill, given_by
from vtuber.shows.pace import READY_WITHIN_S
from vtuber.shows.watch import Watched


class Filter(Protocol):
    """What makes faces calmer: `animate.smooth.Smoother`."""

    def apply(self, face: Face) -> Face: ...


class Tracked:
    """An `Intake` of frames, in which each tracker follows one performer.

    A live source that fails is opened again and again. A clip waits for the tracker, so that
    nothing of it is lost, and ends with its last face; one that fails has ended too.
    """

    greeting = ""

    def __init__(
        self,
        source: Source,
        make_trackers: Callable[[], Sequence[FaceSource]],
        make_smoother: Callable[[], Filter],
        meter: Meter,
        clock: Clock,
        log: FaceLog | None = None,
    ) -> None:
        self.frames = self.found = 0
        self._source, self._make_trackers, self._make_smoother = (
            source,
            make_trackers,
            make_smoother,
        )
        self._meter, self._clock, self._log = meter, clock, log
        self._frames: Mailbox[Frame] = Mailbox()
        self._trackers: Sequence[FaceSource] = ()
        self._looked: tuple[Frame, Sequence[Face]] | None = None
        self._captured = 0
        self._newest: Sequence[Face] = ()  # of each performer
        self._last_sequence: int | None = None  # of a clip that has ended
        self._is_open = False
        self._has_tracker, self._has_looked = threading.Event(), threading.Event()
        self._capture = Worker(
            f"capture of {source.name}", self._run_capture, restarts=source.is_live
        )
        self._track = Worker("tracker", self._run_track)
        self.watched: tuple[Watched, ...] = (
            Watched(
                self._capture,
                source.name,
                lambda: self._captured,
                (
                    given_by(source),
                    Skipped(source.name, lambda: self._captured, lambda: self.frames),
                ),
            ),
            Watched(
                self._track,
                "the tracker",
                lambda: self.frames,
                hangs=StandsStill(lambda: self._captured, lambda: self.frames)
                if source.is_live
                else None,
            ),
        )

    def open(self) -> None:
        """Open the source now, so that its faults are told before the show begins."""
        self._source.open()
        self._is_open = True
        if self._log is not None:
            self._log.open()

    def wait_until_ready(self, stop: threading.Event) -> None:
        """Let a clip's show begin with its first face; a live one begins at once.

        Raises what ended a thread before that.
        """
        deadline_ns = self._clock.now_ns() + round(READY_WITHIN_S * 1e9)
        while not self._source.is_live and not self._has_looked.wait(0.05):
            for watched in self.watched:
                failed = watched.worker.error
                if failed is not None and not watched.worker.is_alive:
                    raise failed
            if stop.is_set() or self._clock.now_ns() > deadline_ns:
                return

    @property
    def is_ready(self) -> bool:
        return self._has_looked.is_set()

    def face(self, now_ns: int, performer: int = 1) -> Face | None:
        newest = self._newest
        return newest[performer - 1] if performer <= len(newest) else None

    @property
    def has_ended(self) -> bool:
        if self._last_sequence is None:
            return False
        newest = self._newest
        is_seen = bool(newest) and newest[0].sequence >= self._last_sequence
        return is_seen or not self._track.is_alive

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        trackers = self._trackers
        if performer <= len(trackers):
            trackers[performer - 1].calibrate(what)

    def looked(self) -> tuple[Frame, Sequence[Face]] | None:
        return self._looked

    def _run_capture(self, stop: StopEvent) -> None:
        if not self._source.is_live and not self._wait_for_tracker(stop):
            return
        if not self._is_open:
            self._source.open()
            self._is_open = True
        sequence = -1
        try:
            while not stop.is_set():
                begin_ns = self._clock.now_ns()
                frame = self._source.read()
                self._meter.mark("read", begin_ns, self._clock.now_ns())
                sequence = frame.sequence
                self._frames.put(frame)
                self._captured += 1
        except SourceEnded:
            self._last_sequence = sequence
        finally:
            if not self._source.is_live:  # also when it failed
                self._last_sequence = sequence
            self._is_open = False
            self._source.close()

    def _wait_for_tracker(self, stop: StopEvent) -> bool:
        while not self._has_tracker.wait(0.05):
            if stop.is_set():
                return False
        return True

    def _run_track(self, stop: StopEvent) -> None:
        trackers = self._make_trackers()
        smoothers = [self._make_smoother() for _ in trackers]
        try:
            for tracker in trackers:
                tracker.open()
            self._trackers = trackers
            self._has_tracker.set()
            while not stop.is_set():
                frame = self._frames.take(0.1)
                if frame is not None:
                    self._meter.add("capture_wait", self._clock.now_ns() - frame.captured_ns)
                    found = found_by(trackers, frame)
                    if self._trackers is not trackers:  # it hung, and another took its place
                        return
                    self._looked = frame, found
                    self._keep([s.apply(f) for s, f in zip(smoothers, found, strict=True)])
        finally:
            if self._trackers is trackers:
                self._trackers = ()
            for tracker in trackers:
                tracker.close()

    def _keep(self, faces: Sequence[Face]) -> None:
        self._meter.add("track", sum(face.track_ns for face in faces))
        self.frames += 1
        self.found += any(face.found for face in faces)
        if self._log is not None:
            for face in faces:
                self._log.write(face)
        ready_ns = self._clock.now_ns()
        self._newest = [dataclasses.replace(face, ready_ns=ready_ns) for face in faces]
        self._has_looked.set()

    def close(self) -> None:
        self._frames.close()
        if self._is_open and not self._capture.is_alive:  # the show ended before its first beat
            self._source.close()
        if self._log is not None:
            self._log.close()


def found_by(trackers: Sequence[FaceSource], frame: Frame) -> list[Face]:
    """Give the face of each performer in a frame."""
    return [
        dataclasses.replace(tracker.find(frame), performer=number)
        for number, tracker in enumerate(trackers, 1)
    ]
