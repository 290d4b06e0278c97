"""Counters in, sentences out: what a show tells its user once, when it becomes true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, runtime_checkable

from vtuber.core.ports import Source

Note = Callable[[int], str]  # the time of a look, in ns; a sentence, or "" while there is none

WINDOW_S = 3.0  # in which skipped frames are counted
STILL_S, STILL_FRAMES = 2.0, 15  # after which a tracker that gives nothing stands still
STILL_LOOKS = 5  # half a second apart
OPEN_S = 15.0  # until one that has been opened anew gives a face, on a machine that is busy
BEARABLE = 0.1  # the share of them that nobody sees


@runtime_checkable
class Device(Protocol):
    """A source that may give something else than it was asked for: a camera."""

    given: str  # "640x480 MJPG at 30 fps", known with the first frame
    stamps: str  # "driver", or "hand-over": where `captured_ns` comes from


def given_by(source: Source) -> Note:
    """Say what a camera really gives; a clip says nothing."""

    def note(now_ns: int) -> str:
        if not isinstance(source, Device) or not source.given:
            return ""
        stamped = "by its driver" if source.stamps == "driver" else "when they are handed over"
        return f"{source.name} gives {source.given}; frames are stamped {stamped}"

    return note


def lost_by(name: str, lost: Callable[[], int]) -> Note:
    """Say that a film has lost pictures."""

    def note(now_ns: int) -> str:
        if not lost():
            return ""
        return f"{name} cannot follow and loses pictures; a smaller --size or a lower --fps helps"

    return note


class Skipped:
    """A `Note` that the tracker skips frames, and how many a second it follows."""

    def __init__(self, name: str, captured: Callable[[], int], tracked: Callable[[], int]) -> None:
        self._name, self._captured, self._tracked = name, captured, tracked
        self._begin: tuple[int, int, int] | None = None  # of the window: ns, captured, tracked

    def __call__(self, now_ns: int) -> str:
        now = now_ns, self._captured(), self._tracked()
        if self._begin is None:
            self._begin = now if now[2] else None  # importing the tracker takes its time
            return ""
        elapsed_ns, captured, tracked = (b - a for a, b in zip(self._begin, now, strict=True))
        elapsed_s = elapsed_ns / 1e9
        if elapsed_s < WINDOW_S:
            return ""
        self._begin = now
        if tracked >= (1 - BEARABLE) * captured:
            return ""
        return (
            f"{self._name} gives {captured / elapsed_s:.0f} frames a second; "
            f"the tracker follows {tracked / elapsed_s:.0f} of them and skips the rest"
        )


class StandsStill:
    """Says, in words, that the tracker gives no face any more while frames come; once each time."""

    def __init__(self, captured: Callable[[], int], tracked: Callable[[], int]) -> None:
        self._captured, self._tracked = captured, tracked
        self._last: tuple[int, int, int] | None = None  # of its last face: ns, captured, tracked
        self._after_s = STILL_S

    def __call__(self, now_ns: int) -> str:
        captured, tracked = self._captured(), self._tracked()
        if not tracked:  # importing it takes its time
            return ""
        if self._last is None or tracked != self._last[2]:
            self._last, self._after_s = (now_ns, captured, tracked), STILL_S
        waited_s = (now_ns - self._last[0]) / 1e9
        if waited_s < self._after_s or captured - self._last[1] < STILL_FRAMES:
            return ""
        self._last, self._after_s = (now_ns, captured, tracked), OPEN_S
        return f"the tracker has given nothing for {waited_s:.0f} s; the face counts as lost"


class TakesNothing:
    """A `Note` that an output takes no picture any more though some wait: its device stands still.

    The thread that waits for the device cannot be ended; the show goes on without it. Looks are
    counted, not time: nobody looks while a show is suspended.
    """

    def __init__(self, name: str, waiting: Callable[[], int], taken: Callable[[], int]) -> None:
        self._name, self._waiting, self._taken = name, waiting, taken
        self._last, self._looks = -1, 0  # pictures taken; looks since

    def __call__(self, now_ns: int) -> str:
        taken = self._taken()
        self._looks = self._looks + 1 if taken == self._last and self._waiting() else 0
        self._last = taken
        if self._looks < STILL_LOOKS:
            return ""
        return f"{self._name} takes no pictures any more; the show goes on without it"
