"""Checks: a tartan of broad see-through bands both ways, with a thin line of the accent."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Points
from vtuber.design.look import Look

STEP = 0.34


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with crossing bands in the second colour and the accent."""
    left, top, right, bottom = figured.span(shape)
    ink, thread = figured.ink(look), figured.spark(look)
    tilt = figured.tilt_deg(shape)
    pivot = np.array([(left + right) / 2, (top + bottom) / 2])
    # (place in a step, width, colour, how far it covers)
    bands = ((0.0, 0.13, ink, 0.50), (0.155, 0.028, ink, 0.75), (0.245, 0.018, thread, 0.9))
    reach = max(right - left, bottom - top)
    for i in range(-int(reach / STEP) - 1, int(reach / STEP) + 2):
        for place, wide, colour, alpha in bands:
            at = i * STEP + place
            down = np.array([(at, -reach), (at + wide, -reach), (at + wide, reach), (at, reach)])
            for piece in (down, down[:, ::-1]):
                sheet.fill(figured.turned(piece, tilt) + _grid(pivot), colour, alpha)


def _grid(pivot: Points) -> Points:
    """Give the crossing of the lattice next to a place, so that pieces fit together."""
    return np.asarray(np.round(pivot / STEP) * STEP)
