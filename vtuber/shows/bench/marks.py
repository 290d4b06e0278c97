"""Marks that an avatar wears: a frame's number in as a face, the number out of a picture's pixels.

Each mark is a part of the face that is there or not: an eye shut, the mouth open, a drop of sweat.
Together they count frames in Gray code: from one frame to the next one mark changes, so a picture
between two frames is one of the two. Which pixels tell is learnt from the avatar itself. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, Int64, UInt8

from vtuber.core.pose import ARKIT, EFFECTS, HEAD_CM, HEAD_DEG, PoseInput

# The first changes most often, and so is what the filter of faces lets through best.
SIGNALS = ("eyeBlinkLeft", "eyeBlinkRight", "jawOpen", "sweat", "angerMark")
STILL = dict.fromkeys((*ARKIT, *HEAD_DEG, *HEAD_CM, *EFFECTS), 0.0)  # nothing is left to idle
CHANGED, UNCHANGED = 60, 12  # of 255: pixels that tell one mark, and that others leave alone
LEAST_PX, MOST_PX = 24, 400


@dataclass(frozen=True, slots=True, eq=False)
class Mark:
    """The pixels of one signal, and how they look without and with it."""

    signal: str
    rows: Int64[np.ndarray, " n"]
    columns: Int64[np.ndarray, " n"]
    off: Float32[np.ndarray, "n 3"]
    change: Float32[np.ndarray, "n 3"]

    def is_on(self, rgb: UInt8[np.ndarray, "h w c"]) -> bool:
        """Tell whether at least half of the motion is to be seen."""
        seen = rgb[self.rows, self.columns, :3] - self.off
        return bool((seen * self.change).sum() > 0.5 * (self.change * self.change).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """All marks of one avatar at one picture size; they count frames to `period`, and again."""

    size_px: tuple[int, int]  # width, height
    marks: tuple[Mark, ...]

    @property
    def period(self) -> int:
        return 1 << len(self.marks)

    def pose(self, number: int) -> PoseInput:
        """Give the face of a frame."""
        code = gray(number % self.period)
        return pose_of([mark.signal for i, mark in enumerate(self.marks) if code >> i & 1])

    def number(self, rgb: UInt8[np.ndarray, "h w c"]) -> int:
        """Read a frame's number, modulo `period`, out of a picture with RGB or RGBA."""
        return ungray(sum(mark.is_on(rgb) << i for i, mark in enumerate(self.marks)))


def gray(number: int) -> int:
    """Give the reflected binary code (F. Gray, US patent 2632058).

    >>> [gray(n) for n in range(5)]
    [0, 1, 3, 2, 6]
    """
    return number ^ number >> 1


def ungray(code: int) -> int:
    """Undo `gray`.

    >>> [ungray(gray(n)) for n in (0, 5, 31)]
    [0, 5, 31]
    """
    number = 0
    while code:
        number ^= code
        code >>= 1
    return number


def pose_of(signals: Sequence[str]) -> PoseInput:
    """Give a face that is still, but for some signals."""
    return PoseInput.of({**STILL, **dict.fromkeys(signals, 1.0)})


def learn(still: UInt8[np.ndarray, "h w 4"], moved: Sequence[UInt8[np.ndarray, "h w 4"]]) -> Marks:
    """Find what tells each signal: opaque pixels that it changes and the others do not.

    `moved[i]` is the picture with `SIGNALS[i]`. A signal that an avatar does not show is left out.
    """
    height, width = still.shape[:2]
    changes = [moved_one[..., :3].astype(np.int16) - still[..., :3] for moved_one in moved]
    sizes = np.stack([np.abs(change).max(-1) for change in changes])
    opaque = np.all([one[..., 3] == 255 for one in (still, *moved)], 0)
    marks = []
    for i, signal in enumerate(SIGNALS[: len(moved)]):
        others = np.delete(sizes, i, 0).max(0, initial=0)
        tells = opaque & (sizes[i] >= CHANGED) & (others <= UNCHANGED)
        rows, columns = np.nonzero(tells)
        if len(rows) < LEAST_PX:
            continue
        chosen = np.linspace(0, len(rows) - 1, min(len(rows), MOST_PX)).astype(int)
        rows, columns = rows[chosen], columns[chosen]
        off = still[rows, columns, :3].astype(np.float32)
        change = changes[i][rows, columns].astype(np.float32)
        marks.append(Mark(signal, rows, columns, off, change))
    return Marks((width, height), tuple(marks))
