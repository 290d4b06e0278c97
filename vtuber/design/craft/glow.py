"""Light that shines by itself: a soft glow around a line, and its bright core."""

from __future__ import annotations

from vtuber.design.canvas import Shape, Sheet
from vtuber.design.colour import Colour
from vtuber.design.look import Look

GOLD = Colour(0.90, 0.130, 92.0)


def bright(colour: Colour) -> Colour:
    """Give the core of a light of a colour."""
    return Colour(0.975, min(colour.chroma, 0.05), colour.hue_deg)


def neon(look: Look) -> Colour:
    """Give the accent as a light."""
    return Colour(0.78, 0.155, look.accent.hue_deg)


def shine(sheet: Sheet, shape: Shape, colour: Colour, size: float, closed: bool = False) -> None:
    """Lay the glow around a line; draw it before what shines."""
    for wide, blurred, alpha in ((1.9, 0.80, 0.26), (1.2, 0.40, 0.30), (0.7, 0.15, 0.30)):
        sheet.stroke(shape, colour, wide * size, alpha, closed, blur=blurred * size)
