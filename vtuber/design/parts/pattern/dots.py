"""Dots: even round spots in staggered rows."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Points
from vtuber.design.look import Look

STEP = 0.21


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with spots in the second colour."""
    left, top, right, bottom = figured.span(shape)
    ink = figured.ink(look)
    for j in range(int(np.floor(top / STEP)), int(bottom / STEP) + 1):
        for i in range(int(np.floor(left / STEP)), int(right / STEP) + 1):
            at = ((i + 0.5 * (j % 2)) * STEP, j * STEP * 0.87)
            sheet.fill(curves.ellipse(at, 0.048, 0.048), ink)
