"""The light on a nose: a point on its tip, and on dark skin the bridge above it."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import complexion
from vtuber.design.curves import Point
from vtuber.design.look import Look


def light(sheet: Sheet, look: Look, at: Point, size: Point, alpha: float = 0.9) -> None:
    """Light the tip; dark skin shows its nose by light: there it is broader, with a bridge."""
    dark, (u, v) = complexion.darkness(look), at
    if dark > 0.0:
        bridge = curves.spline([(u + 0.004, v - 0.215), (u - 0.002, v - 0.12), (u, v - 0.010)])
        sheet.line(bridge, complexion.glow(look, 0.75), 0.034, 1.2, 0.7, alpha=0.75 * dark)
    wide, tall = (length * (1.0 + 0.55 * dark) for length in size)
    sheet.fill(curves.ellipse(at, wide, tall), complexion.glow(look, 1.05 + 0.35 * dark), alpha)
