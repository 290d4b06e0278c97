"""An atlas page in, its rungs out: the page averaged to every size at which it may be shown.

Fine lines break into dots when a texture is read at half its size or as it was painted, and blur
when it has a texel a pixel. An averaged one is sharpest between 1.4 and 1.7. PSNR in dB against 4x4
supersampling, default avatar, in the box around it: 1280x720 43.8, with zoom 0.8 42.4, 1.2 42.6 and
1.3 42.1, 1920x1080 44.1, 640x360 38.5; `benchmarks/render.py` prints it. An earlier default avatar
had 44.0, with zoom 1.2 43.5, 42.9 and 38.1 (with mipmap levels, an octave apart, 37.3, 39.4, 42.9
and 36.5; with eight rungs an octave 43.1, 44.6, 42.9 and 36.8; with two 41.5, 39.9, 42.9 and 35.4).
Rungs that are sharpened as much as the filter blurs (a 3x3 kernel) lose 0.3 dB and more.

All rungs together hold 3.4 times the page's pixels: 66 MB of texture for the default avatar. To
average them takes 0.18 s of CPU time, to upload them 40 ms. Both happen when an avatar is loaded
(`Ladder.complete` in any thread, `Rungs.steps` a few ms a beat), nothing on the beats of a zoom,
where a rung made when first needed took 25 to 65 ms.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import UInt8

from vtuber.image.convert import resized

if TYPE_CHECKING:
    import moderngl

PER_OCTAVE = 4  # rungs between one size and half of it
TEXELS = 1.4  # a pixel, at least
# Rung 0 is the art, which nobody averaged. With zoom 1.2 at 720p it gives 41.3 dB at 1.33 texels a
# pixel, rung -1 42.6 at 1.12; with zoom 1.3 rung -1 41.9 at 1.03, against 42.1 at 1.23.
_TEXELS_OF_FIRST = 1.1
_LOWEST = -3 * PER_OCTAVE  # at an eighth a whole canvas is a thumbnail


def rung(scale: float) -> int:
    """Choose the rung of an avatar that is shown at `scale` picture px per canvas px: 0, -1, ...

    >>> rung(1.7), rung(0.5625), rung(0.25)
    (0, -1, -6)
    """
    if _TEXELS_OF_FIRST * scale > 2.0 ** (-1 / PER_OCTAVE):
        return 0
    exact = PER_OCTAVE * math.log2(max(TEXELS * scale, 1e-6))
    return min(-1, max(_LOWEST, math.ceil(exact)))


class Ladder:
    """The rungs of one page. Pure: the same page gives the same texels, in whatever order."""

    def __init__(self, page: UInt8[np.ndarray, "h w 4"]) -> None:
        self._made = {0: page}

    def __getitem__(self, rung: int) -> UInt8[np.ndarray, "h w 4"]:
        if rung not in self._made:
            octaves = (-rung - 1) // PER_OCTAVE
            # From the octave above, itself averaged: a third of the time of all from the page.
            above, size = self[-octaves * PER_OCTAVE], 2.0 ** (rung / PER_OCTAVE)
            height, width = (max(1, round(n * size)) for n in self._made[0].shape[:2])
            self._made[rung] = np.ascontiguousarray(resized(above, (width, height)))
        return self._made[rung]

    def complete(self) -> Ladder:
        """Make all rungs now, in this thread."""
        for one in LADDER:
            self[one]
        return self

    def forget(self, rung: int) -> None:
        """Let a rung go that is on the card, unless smaller ones may be made of it."""
        if rung % PER_OCTAVE:
            del self._made[rung]


LADDER = range(0, _LOWEST - 1, -1)


class Rungs:
    """The textures of one page."""

    def __init__(self, context: moderngl.Context, ladder: Ladder) -> None:
        self._context = context
        self._ladder: Ladder | None = ladder  # none when all of it is on the card
        self._textures: dict[int, moderngl.Texture] = {}

    def at(self, rung: int) -> moderngl.Texture:
        """Give the texture of a rung, made now if `steps` has not been there."""
        if rung not in self._textures:
            assert self._ladder is not None
            page = self._ladder[rung]
            height, width = page.shape[:2]
            texture = self._context.texture((width, height), 4, page)
            texture.filter = (0x2601, 0x2601)  # LINEAR
            texture.repeat_x = texture.repeat_y = False
            self._textures[rung] = texture
        return self._textures[rung]

    def steps(self, is_mine: bool = False) -> Iterator[int]:
        """Upload all rungs one by one, giving the bytes of each, and let the ladder go.

        `is_mine`: nobody else uploads this ladder, so each rung goes when it is on the card.
        """
        for one in LADDER:
            texture = self.at(one)
            if is_mine and self._ladder is not None:
                self._ladder.forget(one)
            yield 4 * texture.width * texture.height
        self._ladder = None

    def release(self) -> None:
        for texture in self._textures.values():
            texture.release()
        self._textures.clear()
