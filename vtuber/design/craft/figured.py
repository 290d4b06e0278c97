"""What patterns on cloth share: their colours, and where their figures lie in a shape.

Figures lie on a lattice that is fixed on the body, so that the pieces of a garment fit together;
on sleeves it is turned, as an arm hangs.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look


def ink(look: Look) -> Colour:
    """Give the colour of figures: the second cloth where it differs, else the accent; softened."""
    cloth = look.cloth
    chosen = look.cloth_second
    if _apart(cloth, chosen) < 0.16:
        chosen = look.accent
    if _apart(cloth, chosen) < 0.16:
        chosen = cloth.light(1.2) if cloth.lightness < 0.6 else cloth.shade(2.0)
    # full contrast over a whole garment would outshine the face; but a mean of leaf and wine is mud
    yellow = max(1.0 - abs(chosen.hue_deg - 95.0) / 35.0, 0.0)
    nearer = chosen.lightness + 0.2 * (1.0 - yellow) * (cloth.lightness - chosen.lightness)
    return Colour(nearer, chosen.chroma * 0.86, chosen.hue_deg)


def spark(look: Look) -> Colour:
    """Give the colour of a figure's small middle."""
    return look.accent if _apart(ink(look), look.accent) > 0.1 else look.cloth


def _apart(one: Colour, other: Colour) -> float:
    return abs(one.lightness - other.lightness) + abs(one.chroma - other.chroma)


def tilt_deg(shape: Points) -> float:
    """Give the angle of the cloth's grain: a sleeve's follows the arm."""
    middle = (shape[:, 0].min() + shape[:, 0].max()) / 2
    return float(np.sign(middle) * -9.0) if abs(middle) > 0.95 else 0.0


def turned(points: Points, angle_deg: float) -> Points:
    """Turn points about the origin, clockwise as seen."""
    a = np.radians(angle_deg)
    return np.asarray(points @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]))


def span(shape: Points) -> tuple[float, float, float, float]:
    """Give left, top, right, bottom of a shape with room for a figure that lies across its edge."""
    low, high = shape.min(axis=0) - 0.2, shape.max(axis=0) + 0.2
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def scatter(look: Look, shape: Points, step: float) -> Iterator[tuple[Point, float]]:
    """Give loosely ordered places over a shape, each with a number 0..1 that is its own."""
    left, top, right, bottom = span(shape)
    key = look.design.seed
    for j in range(int(np.floor(top / step)), int(bottom / step) + 1):
        for i in range(int(np.floor(left / step)), int(right / step) + 1):
            chance = np.random.default_rng([key, i + 64, j + 64]).random(3)
            u = (i + 0.5 * (j % 2) + 0.36 * (chance[0] - 0.5)) * step
            v = (j + 0.36 * (chance[1] - 0.5)) * step * 0.9
            yield (float(u), float(v)), float(chance[2])
