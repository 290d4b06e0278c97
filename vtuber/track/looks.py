"""What a face looks like: a picture and its mesh in, how strange it is to a memory out. Pure.

A mesh says where every point of the skin is, however the head is held, so what a camera shows at
its points can be compared as it is: 0.1 ms, no model, and nothing that could name anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float32, UInt8

# Every fifth landmark, by quarters of the face, so that a hand or a cup before one or two of them
# leaves the others: above the tip of the nose right and left, below it right and left.
# fmt: off
QUARTERS = (
    (7, 22, 27, 47, 52, 67, 102, 107, 112, 117, 122, 127, 137, 142, 157, 162, 217, 222, 227, 232,
     247),
    (197, 252, 257, 277, 282, 297, 332, 337, 342, 347, 352, 357, 362, 372, 382, 387, 412, 417,
     437, 442, 447, 452, 467),
    (32, 37, 42, 57, 62, 72, 77, 82, 87, 92, 97, 132, 147, 167, 172, 177, 182, 187, 192, 202,
     207, 212, 237, 242),
    (2, 12, 17, 152, 262, 267, 272, 287, 292, 302, 307, 312, 317, 322, 327, 367, 377, 392, 397,
     402, 407, 422, 427, 432, 457, 462),
)
# fmt: on
_POINTS = np.array([point for quarter in QUARTERS for point in quarter])
_SIZES = np.array([len(quarter) for quarter in QUARTERS])
_STARTS = np.cumsum(_SIZES) - _SIZES
# Around each point 4 x 4 pixels are averaged, this much of the face's width apart: a camera in a
# dark room is noisy, and by single pixels nobody looked like themselves from 25 grey levels of it
# on.
_AROUND = np.stack(np.meshgrid(*[np.arange(-1.5, 2) * 0.006] * 2), axis=-1).reshape(-1, 2)
_SIDES, _NOSE = (234, 454), 4
_TURNED = 0.35  # of the face's width that the nose is off its middle: half the face is hidden
_FLAT = 2.0  # grey levels: what varies less shows nothing
_SHADE_FULL, _TINT_FULL = 0.3, 0.12  # each is 1: less correlation, and a difference of tint
_DARK = 3.0  # grey levels below which tints are noise
_LAMP = 0.3  # how much another tint of the whole face counts: a lamp or a screen may be the cause
# One person, also in half the light, in a warmer one, lit from the side or by a screen: 95 % below
# 0.8; with a hand or a cup before the mouth below 1.2. Another one: from 1.3 on.
STRANGE = 1.2
FAMILIAR = 0.9  # only what is less strange is learnt
_SLOWEST = 1 / 60  # of a new look that goes into the memory: two seconds


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """Light and dark at the points of each quarter (its mean 0, deviation 1), and its tint."""

    shades: Float32[np.ndarray, " p"]
    tints: Float32[np.ndarray, "4 3"]


def look_of(rgb: UInt8[np.ndarray, "h w 3"], landmarks_px: np.ndarray) -> Look | None:
    """Read a face at its landmarks; None when it is turned too far, or shows nothing."""
    right, left = landmarks_px[_SIDES[0], :2], landmarks_px[_SIDES[1], :2]
    across = left - right
    width_px = float(across @ across) ** 0.5
    nose = float((landmarks_px[_NOSE, :2] - (left + right) / 2) @ across)
    if not abs(nose) <= _TURNED * width_px**2 or width_px < 1:
        return None
    height, width = rgb.shape[:2]
    around = landmarks_px[_POINTS, None, :2] + _AROUND * width_px
    columns = np.clip(around[..., 0], 0, width - 1).astype(int)
    rows = np.clip(around[..., 1], 0, height - 1).astype(int)
    pixels = rgb.reshape(-1, 3).take(rows * width + columns, axis=0)
    colours = pixels.sum(axis=1, dtype=np.float32) / len(_AROUND)
    grey = colours.mean(axis=1)
    centred = grey - np.repeat(_means(grey), _SIZES)
    deviation = np.sqrt(_means(centred**2))
    if deviation.min() < _FLAT:
        return None
    tints = np.log(_means(colours) + _DARK)
    shades = centred / np.repeat(deviation, _SIZES)
    return Look(shades, tints - tints.mean(axis=1, keepdims=True))


def _means(values: np.ndarray) -> np.ndarray:
    """Give the mean of each quarter."""
    sums = np.add.reduceat(values, _STARTS, axis=0)
    return np.asarray(sums / _SIZES.reshape(-1, *[1] * (values.ndim - 1)))


class Memory:
    """What one performer looks like, learnt while they are surely there."""

    def __init__(self) -> None:
        self._shades: Float32[np.ndarray, " p"] | None = None
        self._tints: Float32[np.ndarray, "4 3"] = np.zeros((4, 3), np.float32)
        self._count = 0

    @property
    def knows(self) -> bool:
        """Tell whether there is anything to compare with."""
        return self._shades is not None

    def learn(self, look: Look) -> None:
        """Count one look in: an average at first, then the last seconds."""
        self._count += 1
        share = np.float32(max(_SLOWEST, 1 / self._count))
        if self._shades is None:
            self._shades, self._tints = look.shades, look.tints
        else:
            self._shades = self._shades + share * (look.shades - self._shades)
            self._tints = self._tints + share * (look.tints - self._tints)

    def forget(self) -> None:
        self._shades, self._count = None, 0

    def strangeness(self, look: Look | None) -> float:
        """Say how strange a face is, 0 and up; 0 when there is nothing to compare.

        Either the light is as it was, and something may hide half of the face: the two quarters
        that are least strange count. Or the light is another: then three do, with their tints
        against each other.
        """
        if look is None or self._shades is None:
            return 0.0
        alike = _means(look.shades * self._shades)
        norm = np.sqrt(_means(look.shades**2) * _means(self._shades**2)) + 1e-6
        shades = (1 - alike / norm) / _SHADE_FULL
        tints = look.tints - self._tints
        lamp = tints.mean(axis=0)
        as_it_was = np.sort(shades + np.abs(tints).sum(axis=1) / _TINT_FULL)[:2].mean()
        lit = np.sort(shades + np.abs(tints - (1 - _LAMP) * lamp).sum(axis=1) / _TINT_FULL)
        return float(min(as_it_was, lit[:3].mean()))
