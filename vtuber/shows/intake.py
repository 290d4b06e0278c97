"""Where a live show's faces come from, when no device is needed: a recording, or a performance.

`Intake` is what the beat asks for the newest face at any moment; `tracked.py` has the devices.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Generator
from typing import Protocol

from vtuber.animate.performance import perform
from vtuber.core.command import CalibrationName
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.shows.watch import Watched


class Intake(Protocol):
    """A source of faces for the beat."""

    @property
    def greeting(self) -> str:
        """Say what the user should know when the show begins; may be empty."""
        ...

    @property
    def watched(self) -> tuple[Watched, ...]:
        """Give its threads, which the show starts and ends, once it is open."""
        ...

    @property
    def frames(self) -> int:
        """Count the frames in which a face was looked for."""
        ...

    @property
    def found(self) -> int:
        """Count the faces that were found."""
        ...

    def open(self) -> None:
        """Open devices and files in the caller's thread. Raises UserError."""
        ...

    def wait_until_ready(self, stop: threading.Event) -> None:
        """Wait for what the first beat needs; a live source needs nothing."""
        ...

    @property
    def is_ready(self) -> bool:
        """Tell whether all that is heavy has been imported."""
        ...

    def face(self, now_ns: int) -> Face | None:
        """Give the newest face, which may be one given before."""
        ...

    @property
    def has_ended(self) -> bool:
        """Tell whether the last face was given."""
        ...

    def calibrate(self, what: CalibrationName) -> None:
        """Take the face of this moment as that; where nothing is tracked, nothing happens."""
        ...

    def looked(self) -> tuple[Frame, Face] | None:
        """Give the newest frame and what was found in it; None where there is no picture."""
        ...

    def close(self) -> None:
        """Let go of everything; its threads have been asked to stop."""
        ...


class Performance:
    """The built-in performance: no camera, no thread."""

    watched: tuple[Watched, ...] = ()
    is_ready, has_ended = True, False

    def __init__(self, greeting: str) -> None:
        self.greeting = greeting
        self.frames = self.found = 0
        self._start_ns: int | None = None

    def open(self) -> None:
        """There is nothing to open."""

    def wait_until_ready(self, stop: threading.Event) -> None:
        """It begins with the first beat."""

    def face(self, now_ns: int) -> Face:
        if self._start_ns is None:
            self._start_ns = now_ns
        return Face(now_ns, 0, True, perform((now_ns - self._start_ns) / 1e9))

    def calibrate(self, what: CalibrationName) -> None:
        """Nobody is tracked."""

    def looked(self) -> None:
        """There is no picture."""

    def close(self) -> None:
        """There is nothing to close."""


class Replayed:
    """Faces of a recording. The beat itself sets the pace: it begins with the first beat."""

    greeting = ""
    watched: tuple[Watched, ...] = ()
    is_ready = True

    def __init__(self, replay: Callable[[], Generator[Face]]) -> None:
        self.frames = self.found = 0
        self._replay = replay
        self._faces: Generator[Face] | None = None
        self._next: Face | None = None
        self._newest: Face | None = None
        self._shift_ns: int | None = None  # from the recording's times to the show's

    def open(self) -> None:
        self._faces = self._replay()
        self._next = self._read()

    def wait_until_ready(self, stop: threading.Event) -> None:
        """It begins with the first beat."""

    @property
    def has_ended(self) -> bool:
        return self._next is None

    def face(self, now_ns: int) -> Face | None:
        if self._shift_ns is None and self._next is not None:
            self._shift_ns = now_ns - self._next.captured_ns
        while self._next is not None and self._next.captured_ns + (self._shift_ns or 0) <= now_ns:
            captured_ns = self._next.captured_ns + (self._shift_ns or 0)
            self._newest = dataclasses.replace(self._next, captured_ns=captured_ns)
            self.frames += 1
            self.found += self._newest.found
            self._next = self._read()
        return self._newest

    def calibrate(self, what: CalibrationName) -> None:
        """What was recorded stays as it is."""

    def looked(self) -> None:
        """There is no picture."""

    def _read(self) -> Face | None:
        assert self._faces is not None, "face() comes after open()"
        return next(self._faces, None)

    def close(self) -> None:
        if self._faces is not None:
            self._faces.close()
