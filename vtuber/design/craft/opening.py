"""The opening of an eye: its lids as curves, for a character's eye width, sex and age. Pure.

Eye coordinates: x outwards from the middle of the eye, v down, in W.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import catalogue
from vtuber.design.curves import Point, Points, bezier, joined
from vtuber.design.look import Look

CLEAR = 0.135  # W at least between the nose's middle and an eye


@dataclass(frozen=True, slots=True)
class EyeShape:
    """The opening of an eye. Points in half widths and half heights from its middle, x outwards."""

    width: float = 1.0  # of the character's eye
    height: float = 1.0
    inner: Point = (-0.93, 0.34)
    outer: Point = (0.99, -0.02)
    top: Point = (0.06, -0.99)
    bottom: Point = (0.12, 0.985)
    # two Bezier handles each: inner to top, top to outer, outer to bottom, bottom to inner
    rise: tuple[Point, Point] = ((-0.84, -0.42), (-0.46, -0.99))
    fall: tuple[Point, Point] = ((0.56, -0.99), (0.92, -0.62))
    under: tuple[Point, Point] = ((0.98, 0.46), (0.68, 0.985))
    back: tuple[Point, Point] = ((-0.34, 0.985), (-0.80, 0.74))
    tilt: float = 0.02  # W by which the outer corner is lifted
    iris: float = 1.0  # size of the iris, 1 = seven tenths of the width
    iris_v: float = 0.0  # half heights by which its middle lies lower
    weight: float = 1.0  # of the upper lash
    wing: Point = (0.125, -0.068)  # W from the outer corner to the tip of the lash
    crease: float = 0.115  # W from the lid to the fold above it


@dataclass(frozen=True, slots=True)
class Opening:
    """The lids of this character's eyes."""

    shape: EyeShape
    out: float  # centre line to the middle of the eye, W
    w: float  # half width
    h: float  # half height
    inner: Point
    outer: Point
    top: Point
    bottom: Point
    upper: Points  # the lid from the inner corner to the outer
    lower: Points  # and back

    def lid(self, x: float) -> float:
        """Give the height of the upper lid over a place."""
        return float(np.interp(x, self.upper[:, 0], self.upper[:, 1]))

    def floor(self, x: float) -> float:
        """Give the height of the lower lid under a place."""
        return float(np.interp(x, self.lower[::-1, 0], self.lower[::-1, 1]))


def opening(look: Look) -> Opening:
    """Work out the lids: a man's are flatter and longer, an old person's sink at the outside."""
    shape: EyeShape = catalogue.style("eye_shape", look.design.eyes.shape).SHAPE
    man, old = 1.0 - look.design.body.presentation, look.design.body.age
    aged = max(old - 0.6, 0.0) / 0.4
    w = look.eye_width / 2 * shape.width * 1.03
    w = min(w, (look.eye_out + 0.3 * look.eye_width - CLEAR) / 1.55)
    # low styles keep some height on a face whose eyes are low already
    low = look.eye_height * (1.05 - 0.10 * man) * (1.0 - (0.06 + 0.10 * man) * aged)
    h = low / 2 * (shape.height + (1.0 - shape.height) * 0.35 * man)

    h = min(h, 0.37)

    def sized(point: Point) -> Point:
        return (point[0] * w, point[1] * h)

    def arc(begin: Point, handles: tuple[Point, Point], end: Point) -> Points:
        return bezier(begin, sized(handles[0]), sized(handles[1]), end)

    inner, top, bottom = map(sized, (shape.inner, shape.top, shape.bottom))
    x, y = sized(shape.outer)
    outer = (x, y - shape.tilt * (1.0 - 0.4 * man) + 0.03 * aged)
    # what is wider than the plain eye grows inwards, else it runs into the temple
    out = look.eye_out - 0.6 * max(w - look.eye_width / 2, 0.0)
    return Opening(
        shape,
        out,
        w,
        h,
        inner,
        outer,
        top,
        bottom,
        joined(arc(inner, shape.rise, top), arc(top, shape.fall, outer)[1:]),
        joined(arc(outer, shape.under, bottom), arc(bottom, shape.back, inner)[1:]),
    )
