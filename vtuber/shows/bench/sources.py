"""Where marked frames come from: a drawn camera, a clip, a real camera; and who reads them.

Each frame is numbered. The drawn camera writes the number into its pixels, and what stands in for
the tracker reads it there: a machine without a camera, a face or mediapipe can measure. Before a
clip or a camera the real tracker does all of its work; then its face is replaced by the mark of the
frame, so that the frame can be recognised in the avatar's picture.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from vtuber.core.command import CalibrationName
from vtuber.core.face import Face
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock, FaceSource, Source
from vtuber.shows.bench.marks import Marks

# A camera has a clock of its own. At exactly its rate, every frame would come at the same moment
# between two beats, and a run would measure luck; so the moment walks through a beat of 60 in 5 s.
DRIFT = 0.997
CELL_PX, CELLS = 16, 32


@dataclass(slots=True)
class Looked:
    """What became of one frame before the beat."""

    sequence: int
    captured_ns: int
    begun_ns: int  # when the tracker took it
    ended_ns: int


class DrawnCamera:
    """A `Source` of frames that are nothing but a number."""

    name, is_live = "drawn camera", False  # it begins when there is somebody to read it

    def __init__(self, rate_hz: float, clock: Clock) -> None:
        self._rate_hz, self._clock = rate_hz * DRIFT, clock
        self._start_ns = self._sequence = 0

    def open(self) -> None:
        """Begin with the first read."""

    def read(self) -> Frame:
        if not self._start_ns:
            self._start_ns = self._clock.now_ns()
        sequence, self._sequence = self._sequence, self._sequence + 1
        rgb = drawn(sequence)
        captured_ns = self._start_ns + round(sequence * 1e9 / self._rate_hz)
        self._clock.sleep_until(captured_ns)
        return Frame(rgb, captured_ns, sequence)

    def close(self) -> None:
        """There is nothing to close."""


def drawn(number: int) -> UInt8[np.ndarray, "480 640 3"]:
    """Draw a frame: its number as white cells, the lowest bit first."""
    rgb = np.zeros((480, 640, 3), np.uint8)
    bits = np.array([number >> i & 1 for i in range(CELLS)], np.uint8)
    rgb[:CELL_PX, : CELLS * CELL_PX] = np.repeat(bits * 255, CELL_PX)[:, None]
    return rgb


def read_number(rgb: UInt8[np.ndarray, "h w 3"]) -> int:
    """Read what `drawn` wrote.

    >>> read_number(drawn(4711))
    4711
    """
    cells = rgb[CELL_PX // 2, CELL_PX // 2 : CELLS * CELL_PX : CELL_PX, 0] > 127
    return int((cells.astype(np.int64) << np.arange(CELLS)).sum())


class PacedClip:
    """A clip that plays as a camera would: on and on, decoded before its time, at its own rate."""

    is_live = False  # it begins when the tracker is there

    def __init__(self, clip: Source, rate_hz: float, clock: Clock) -> None:
        """Take a clip that gives its frames as fast as they are read."""
        self.name = clip.name
        self._clip, self._rate_hz, self._clock = clip, rate_hz * DRIFT, clock
        self._start_ns = self._sequence = 0

    def open(self) -> None:
        self._clip.open()

    def read(self) -> Frame:
        frame = self._clip.read()
        if not self._start_ns:
            self._start_ns = self._clock.now_ns()
        sequence, self._sequence = self._sequence, self._sequence + 1
        captured_ns = self._start_ns + round(sequence * 1e9 / self._rate_hz)
        self._clock.sleep_until(captured_ns)
        return dataclasses.replace(frame, captured_ns=captured_ns, sequence=sequence)

    def close(self) -> None:
        self._clip.close()


class Marking:
    """A `FaceSource` that notes what became of each frame and puts its mark on the face."""

    def __init__(self, marks: Marks, inner: FaceSource | None, clock: Clock) -> None:
        """Without a tracker inside it reads the number out of the pixels."""
        self._marks, self._inner, self._clock = marks, inner, clock
        self.looked: list[Looked] = []
        self.found = 0  # faces that the tracker itself found

    def open(self) -> None:
        if self._inner is not None:
            self._inner.open()

    def find(self, frame: Frame) -> Face:
        begun_ns, number = self._clock.now_ns(), frame.sequence
        if self._inner is None:
            number = read_number(frame.rgb)
            self.found += 1
        else:
            self.found += self._inner.find(frame).found
        pose = self._marks.pose(number)
        ended_ns = self._clock.now_ns()
        self.looked.append(Looked(number, frame.captured_ns, begun_ns, ended_ns))
        took_ns = ended_ns - begun_ns
        return Face(frame.captured_ns, frame.sequence, True, pose, track_ns=took_ns)

    def calibrate(self, what: CalibrationName) -> None:
        """A mark is what it is."""

    def close(self) -> None:
        if self._inner is not None:
            self._inner.close()


def rate_of(frames: Iterator[Frame], most: int = 30) -> float:
    """Give the rate of a clip by its own times; 30 for one that does not say."""
    times_ns = [frame.captured_ns for frame, _ in zip(frames, range(most), strict=False)]
    if len(times_ns) < 2 or times_ns[-1] <= times_ns[0]:
        return 30.0
    return (len(times_ns) - 1) * 1e9 / (times_ns[-1] - times_ns[0])
