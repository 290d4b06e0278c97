"""Plaster: a strip stuck across the nose."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE
from vtuber.design.colour import Colour
from vtuber.design.curves import Points
from vtuber.design.look import Look

ODDS = 0.5  # of being rolled, beside a common style

STRIP = Colour(0.86, 0.065, 70.0)
LEAN = np.radians(-7.0)


def draw(look: Look, board: Board) -> None:
    """Draw the strip, its pad and its holes."""
    sheet = board.layer("marks", "nose", depth=0.50, mesh=(6, 3))
    at = (0.0, look.nose - 0.115)
    # on skin of the strip's own colour it is white
    near = abs(look.skin.lightness - STRIP.lightness) < 0.06
    strip = Colour(0.96, 0.02, 80.0) if near else STRIP
    shape = _placed(_rounded(0.205, 0.056), at)
    sheet.stroke(shape, look.pen(strip), 0.022, closed=True)
    sheet.fill(shape, strip)
    with sheet.clip(shape):
        sheet.shadow(
            _placed(curves.moved(_rounded(0.26, 0.03), 0.0, 0.062), at), strip.shade(0.8), 0.8
        )
        sheet.fill(_placed(curves.moved(_rounded(0.18, 0.012), 0.0, -0.036), at), WHITE, 0.45)
    pad = _placed(_rounded(0.066, 0.046), at)
    sheet.fill(pad, strip.light(0.6))
    for edge in (-0.070, 0.070):
        line = np.linspace((edge, -0.05), (edge, 0.05), 8)
        sheet.line(_placed(line, at), strip.shade(1.6), 0.010, 0.2, 0.2, alpha=0.8)
    for u in (-0.150, -0.112, 0.112, 0.150):
        for v in (-0.018, 0.018):
            hole = curves.ellipse((u, v), 0.0075, 0.0075)
            sheet.fill(_placed(hole, at), strip.shade(2.0), 0.8)


def _rounded(half: float, height: float) -> Points:
    """Give a strip with round ends."""
    right = curves.ellipse((half - height, 0.0), height, height, -90.0, 90.0)
    return np.asarray(curves.symmetric(right))


def _placed(points: Points, at: tuple[float, float]) -> Points:
    """Lean the strip and lay it over the bridge of the nose."""
    bent = points + np.column_stack([0 * points[:, 0], 0.9 * points[:, 0] ** 2])
    spin = np.array([[np.cos(LEAN), np.sin(LEAN)], [-np.sin(LEAN), np.cos(LEAN)]])
    return np.asarray(bent @ spin + np.array(at))
