"""Where a live show's faces come from, when no device is needed: a recording, or a performance.

`Intake` is what the beat asks for the newest face at any moment; `tracked.py` has the devices.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Generator, Sequence
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

    def face(self, now_ns: int, performer: int = 1) -> Face | None:
        """Give a performer's newest face, which may be one given before."""
        ...

    @property
    def has_ended(self) -> bool:
        """Tell whether the last face was given."""
        ...

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        """Take the face of this moment as that; where nothing is tracked, nothing happens."""
        ...

    def looked(self) -> tuple[Frame, Sequence[Face]] | None:
        """Give the newest frame and what was found in it; None where there is no picture."""
        ...

    def close(self) -> None:
        """Let go of everything; its threads have been asked to stop."""
        ...


class Nobody:
    """No camera and nobody seen: whoever a script moves is left to it, and to idle motion."""

    greeting = ""
    watched: tuple[Watched, ...] = ()
    is_ready, has_ended = True, False
    frames = found = 0

    def open(self) -> None:
        """There is nothing to open."""

    def wait_until_ready(self, stop: threading.Event) -> None:
        """It begins with the first beat."""

    def face(self, now_ns: int, performer: int = 1) -> None:
        """Nobody is there."""

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        """Nobody is tracked."""

    def looked(self) -> None:
        """There is no picture."""

    def close(self) -> None:
        """There is nothing to close."""


CANON_S = 7.0  # by which a second performer is ahead of the first


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

    def face(self, now_ns: int, performer: int = 1) -> Face:
        if self._start_ns is None:
            self._start_ns = now_ns
        t_s = (now_ns - self._start_ns) / 1e9 + (performer - 1) * CANON_S
        return Face(now_ns, 0, True, perform(t_s), performer=performer)

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        """Nobody is tracked."""

    def looked(self) -> None:
        """There is no picture."""

    def close(self) -> None:
        """There is nothing to close."""


class _Reel:
    """The faces of one performer in a recording."""

    def __init__(self, faces: Generator[Face]) -> None:
        self.faces = faces
        self.next = next(faces, None)
        self.newest: Face | None = None


class Replayed:
    """Faces of a recording. The beat itself sets the pace: it begins with the first beat."""

    greeting = ""
    watched: tuple[Watched, ...] = ()
    is_ready = True

    def __init__(self, *replays: Callable[[], Generator[Face]]) -> None:
        """`replays` give the faces of each performer."""
        self.frames = self.found = 0
        self._replays = replays
        self._reels: list[_Reel] = []
        self._shift_ns: int | None = None  # from the recording's times to the show's

    def open(self) -> None:
        self._reels = [_Reel(replay()) for replay in self._replays]

    def wait_until_ready(self, stop: threading.Event) -> None:
        """It begins with the first beat."""

    @property
    def has_ended(self) -> bool:
        return all(reel.next is None for reel in self._reels)

    def face(self, now_ns: int, performer: int = 1) -> Face | None:
        assert self._reels, "face() comes after open()"
        if self._shift_ns is None:
            starts = (reel.next.captured_ns for reel in self._reels if reel.next is not None)
            self._shift_ns = now_ns - min(starts, default=0)
        reel = self._reels[performer - 1]
        while reel.next is not None and reel.next.captured_ns + self._shift_ns <= now_ns:
            captured_ns = reel.next.captured_ns + self._shift_ns
            reel.newest = dataclasses.replace(reel.next, captured_ns=captured_ns)
            if performer == 1:
                self.frames += 1
                self.found += reel.newest.found
            reel.next = next(reel.faces, None)
        return reel.newest

    def calibrate(self, what: CalibrationName, performer: int = 1) -> None:
        """What was recorded stays as it is."""

    def looked(self) -> None:
        """There is no picture."""

    def close(self) -> None:
        for reel in self._reels:
            reel.faces.close()
