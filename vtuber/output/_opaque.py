"""What opaque sinks share: a background colour read from text, and even sizes. Pure."""

from __future__ import annotations

import numpy as np
from jaxtyping import UInt8

from vtuber.core import colour
from vtuber.core.colour import Colour
from vtuber.core.errors import UserError


def parse_colour(text: str) -> Colour:
    """Read the option `background` of a sink: what stands behind what is transparent.

    >>> parse_colour("#00ff00")
    (0, 255, 0)
    """
    try:
        return colour.parse_colour(text)
    except UserError as error:
        raise UserError(f"background: {error}") from None


def even_size(size_px: tuple[int, int]) -> tuple[int, int]:
    """Give the largest even size that fits: the colour of 4:2:0 video lies on 2x2 pixels.

    >>> even_size((641, 360))
    (640, 360)
    """
    width, height = size_px
    if width < 2 or height < 2:
        raise UserError(f"a picture of {width}x{height} is too small for video; 2x2 is the least")
    return width & ~1, height & ~1


def cropped(
    pixels: UInt8[np.ndarray, "h w c"], size_px: tuple[int, int]
) -> UInt8[np.ndarray, "h w c"]:
    """Leave off the last column or row of an odd picture."""
    width, height = size_px
    if pixels.shape[:2] == (height, width):
        return pixels  # itself: who gets a picture again can tell
    return np.ascontiguousarray(pixels[:height, :width])
