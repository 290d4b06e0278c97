"""An atlas page in, its textures out: one for each size at which the avatar is shown.

Fine lines break into dots when a texture is read at half its size, and blur at exactly its size. So
each is averaged down, once, to 1.35 to 1.47 texels a pixel. PSNR in dB against 4x4 supersampling,
default avatar, in the box around it (in brackets with mipmap levels, which lie an octave apart):
1280x720 42.8 (37.3), with zoom 1.2 44.2 (39.4), 640x360 36.6 (36.5), 320x180 33.5 (33.5).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import UInt8

from vtuber.image.convert import resized

if TYPE_CHECKING:
    import moderngl

PER_OCTAVE = 8  # rungs between one size and half of it
TEXELS = 1.35  # a pixel, at least
_LOWEST = -3 * PER_OCTAVE  # at an eighth a whole canvas is a thumbnail
_KEPT = 3


def rung(scale: float) -> int:
    """Choose the rung of an avatar that is shown at `scale` picture px per canvas px: 0, -1, ...

    >>> rung(1.7), rung(0.5625), rung(0.25)
    (0, -3, -12)
    """
    exact = PER_OCTAVE * math.log2(max(TEXELS * scale, 1e-6))
    return min(0, max(_LOWEST, math.ceil(exact)))


class Rungs:
    """The textures of one page. The same scale always gives the same texels."""

    def __init__(self, context: moderngl.Context, page: UInt8[np.ndarray, "h w 4"]) -> None:
        self._context, self._page = context, page
        self._textures: dict[int, moderngl.Texture] = {}

    def at(self, rung: int) -> moderngl.Texture:
        """Give the texture of a rung; a new one takes 25 to 65 ms, the last three are kept."""
        texture = self._textures.pop(rung, None) or self._make(rung)
        self._textures[rung] = texture  # the newest last
        if len(self._textures) > _KEPT:
            self._textures.pop(next(iter(self._textures))).release()
        return texture

    def _make(self, rung: int) -> moderngl.Texture:
        scale = 2.0 ** (rung / PER_OCTAVE)
        height, width = (max(1, round(n * scale)) for n in self._page.shape[:2])
        page = resized(self._page, (width, height))
        texture = self._context.texture((width, height), 4, np.ascontiguousarray(page))
        texture.filter = (0x2601, 0x2601)  # LINEAR
        return texture

    def release(self) -> None:
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()
