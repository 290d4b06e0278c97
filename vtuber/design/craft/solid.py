"""Solid things: one silhouette with one pen line, and a shade. Hats, horns, frames, bows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from vtuber.design import canvas, curves
from vtuber.design.canvas import Ink, Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import hair
from vtuber.design.curves import Points
from vtuber.design.look import Look

SIDES = (("left", 1.0), ("right", -1.0))  # the performer's own


@contextmanager
def solid(
    sheet: Sheet,
    look: Look,
    fill: Ink,
    *shapes: Points,
    pen: Ink | None = None,
    weight: float = 1.0,
) -> Iterator[Points]:
    """Fill shapes as one; what is drawn inside stays within them; their outline comes last.

    Gives the silhouette. A gradient for a fill needs a pen.
    """
    outlines = canvas.union(*shapes)
    if pen is None:
        assert isinstance(fill, Colour), "a gradient needs a pen"
        pen = look.pen(fill)
    for outline in outlines:
        sheet.fill(outline, fill)
    with sheet.clip(bridged(outlines)):
        yield outlines[0]
    for outline in outlines:
        hair.contour(sheet, pen, outline, look.line * 1.3 * weight)


def shade(
    sheet: Sheet, shape: Points, ink: Ink, du: float = -0.05, dv: float = -0.05, alpha: float = 1.0
) -> None:
    """Shade what a shape, moved towards the light, leaves free. Call it within a clip."""
    lit = curves.moved(shape, du, dv)
    lit = lit[::-1] if curves.area(lit) > 0 else lit
    low, high = shape.min(axis=0) - 0.3, shape.max(axis=0) + 0.3
    box = np.array([low, (high[0], low[1]), high, (low[0], high[1]), low])
    sheet.shadow(curves.joined(box, lit, lit[:1], box[:1]), ink, alpha)


def bridged(outlines: Sequence[Points]) -> Points:
    """Give outlines as one polygon that hangs together by bridges without width."""
    first = outlines[0]
    parts = [first, first[:1]]
    for other in outlines[1:]:
        parts += [other, other[:1], first[:1]]
    return curves.joined(*parts)


def scaled(points: Points, factor: float, squash: float = 1.0) -> Points:
    """Shrink or grow a shape about its middle."""
    middle = points.mean(axis=0)
    return np.asarray((points - middle) * (factor, factor * squash) + middle)


def turned(points: Points, degrees: float, about: tuple[float, float] = (0.0, 0.0)) -> Points:
    """Turn points clockwise as seen."""
    a = np.radians(degrees)
    spin = np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]])
    return np.asarray((np.asarray(points, float) - about) @ spin + about)
