"""A moving test card, without any device: colour bars, a grey ramp and a walking white marker.

Settings: `width`, `height` (16 to 8192 px), `fps`, `frames` (0: without end), `paced` (off: as
fast as it is read, time stamps as if paced).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8

from vtuber.core.errors import SourceEnded, UserError
from vtuber.core.frame import Frame
from vtuber.core.ports import Clock

_BARS = ((191, 191, 191), (191, 191, 0), (0, 191, 191), (0, 191, 0), (191, 0, 191), (191, 0, 0),
         (0, 0, 191), (16, 16, 16))  # fmt: skip  # 75 % bars, bright to dark
_STEPS = 90  # pictures until the marker is back where it was


@dataclass(frozen=True, slots=True)
class Options:
    """Settings of the card."""

    width: int = 640
    height: int = 480
    fps: float = 30.0
    frames: int = 0
    paced: bool = True


class Capture:
    """A `Source` that needs nothing."""

    name = "test card"
    is_live = False

    def __init__(self, options: Options, clock: Clock) -> None:
        if not (16 <= options.width <= 8192 and 16 <= options.height <= 8192):
            raise UserError(
                f"the test card cannot be {options.width}x{options.height}; give 16 to 8192 px"
            )
        if not 0.1 <= options.fps <= 1000:
            raise UserError(f"the test card's fps is {options.fps:g}; give 0.1 to 1000")
        self._options, self._clock = options, clock
        self._start_ns: int | None = None
        self._sequence = 0

    def open(self) -> None:
        self._start_ns, self._sequence = self._clock.now_ns(), 0

    def read(self) -> Frame:
        """Wait for the time of the next picture and draw it. Raises SourceEnded after the last."""
        assert self._start_ns is not None, "read() comes after open()"
        options, sequence = self._options, self._sequence
        if options.frames and sequence >= options.frames:
            raise SourceEnded("the test card has ended")
        self._sequence += 1
        captured_ns = self._start_ns + round(sequence * 1e9 / options.fps)
        if options.paced:
            self._clock.sleep_until(captured_ns)
        return Frame(draw_card(options.width, options.height, sequence), captured_ns, sequence)

    def close(self) -> None:
        self._start_ns = None


def draw_card(width: int, height: int, sequence: int) -> UInt8[np.ndarray, "h w 3"]:
    """Draw one picture of the card: sRGB, top row first. The marker stands at `sequence` % 90."""
    columns = np.arange(width)
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[:] = np.array(_BARS, np.uint8)[columns * len(_BARS) // width]
    rgb[height * 3 // 4 :] = (columns * 255 // (width - 1)).astype(np.uint8)[:, None]
    side = max(4, height // 8)
    left = (width - side) * (sequence % _STEPS) // (_STEPS - 1)
    top = (height * 3 // 4 - side) // 2
    rgb[top : top + side, left : left + side] = 255
    return rgb
