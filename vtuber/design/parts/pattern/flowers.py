"""Flowers: scattered blossoms of five notched petals, of many sizes and turns."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Point, Points, closed_spline
from vtuber.design.look import Look

_PETAL = closed_spline(
    ((0.0, -0.16), (0.26, -0.46), (0.34, -0.82), (0.16, -1.0), (0.0, -0.90), (-0.16, -1.0),
     (-0.34, -0.82), (-0.26, -0.46)), 6
)  # fmt: skip


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with blossoms in the second colour."""
    for at, chance in figured.scatter(look, shape, 0.40):
        size = 0.085 + 0.05 * chance
        flower(look, sheet, at, size, 360.0 * chance)


def flower(look: Look, sheet: Sheet, at: Point, size: float, turn_deg: float) -> None:
    """Draw one blossom of a radius."""
    colour = figured.ink(look)
    for i in range(5):
        turned = figured.turned(_PETAL, turn_deg + 72.0 * i) * size + np.array(at)
        sheet.fill(turned, colour)
        vein = figured.turned(np.array([(0.0, -0.30), (0.0, -0.66)]), turn_deg + 72.0 * i)
        sheet.stroke(vein * size + np.array(at), colour.mixed(look.cloth, 0.45), size * 0.05)
    sheet.fill(curves.ellipse(at, size * 0.22, size * 0.22), figured.spark(look))
