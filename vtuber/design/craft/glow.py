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
    return Colour(0.84, 0.14, look.accent.hue_deg)


def shine(sheet: Sheet, shape: Shape, colour: Colour, size: float, closed: bool = False) -> None:
    """Lay the glow around a line; draw it before what shines."""
    for wide, blurred, alpha in ((2.6, 1.5, 0.16), (1.6, 0.8, 0.22), (1.0, 0.3, 0.30)):
        for spread in (wide * size, wide * size * 0.7):
            sheet.stroke(shape, colour, spread, alpha * 0.6, closed, blur=blurred * size * 0.35)
