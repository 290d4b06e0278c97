"""What the renderer makes and every sink eats. Values only."""

from dataclasses import dataclass

import numpy as np
from jaxtyping import UInt8


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels, right and bottom exclusive."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        return self.right <= self.left or self.bottom <= self.top


def union(one: Box, other: Box) -> Box:
    """Give the smallest box that holds both."""
    if one.is_empty or other.is_empty:
        return other if one.is_empty else one
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One drawn picture. Nobody writes into `rgba` after it was made."""

    rgba: UInt8[np.ndarray, "h w 4"]  # sRGB, premultiplied, top row first
    alpha_box: Box  # everything outside is (0, 0, 0, 0); may be larger than the true box
    captured_ns: int  # of the newest frame that moved it; the beat's own time without one
    drawn_ns: int  # when the pixels were in memory
    sequence: int  # the beat that made it
    rastered_ns: int = 0  # when OpenGL had drawn it, before it was read back; 0: nobody looked

    @property
    def size_px(self) -> tuple[int, int]:
        return self.rgba.shape[1], self.rgba.shape[0]

    def __repr__(self) -> str:
        width, height = self.size_px
        return f"Picture({width}x{height}, sequence={self.sequence}, alpha_box={self.alpha_box})"
