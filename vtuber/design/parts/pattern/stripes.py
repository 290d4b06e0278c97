"""Stripes: level bands that sag as the chest is round; every third is thin."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Points, moved
from vtuber.design.look import Look

STEP = 0.26


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with bands in the second colour."""
    left, top, right, bottom = figured.span(shape)
    slope = -np.tan(np.radians(figured.tilt_deg(shape)))
    u = np.linspace(left, right, 24)
    sag = 0.05 * np.cos(np.clip(u, -1.5, 1.5) * 1.9) + slope * u
    ink = figured.ink(look)
    for i in range(int((top - 0.6) / STEP), int((bottom + 0.6) / STEP) + 1):
        for at, thick in ((i * STEP, 0.105), (i * STEP + 0.155, 0.022)):
            upper = np.column_stack([u, at + sag])
            sheet.fill(np.vstack([upper, moved(upper, 0.0, thick)[::-1]]), ink)
