"""Stars: large and small five-pointed stars, loosely strewn and turned, with dust between."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import figured
from vtuber.design.curves import Points
from vtuber.design.look import Look


def draw(look: Look, sheet: Sheet, shape: Points) -> None:
    """Fill the shape with stars in the second colour, dust in the accent."""
    ink, dust = figured.ink(look), figured.spark(look)
    for at, chance in figured.scatter(look, shape, 0.34):
        size = 0.055 + 0.075 * chance
        sheet.fill(curves.star(at, size, size * 0.46, 72.0 * chance), ink)
        speck = (at[0] + 0.15, at[1] + 0.09 + 0.08 * chance)
        sheet.fill(curves.ellipse(speck, 0.016, 0.016), dust)
