"""The gloss on hair: a ring of light that follows the head."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.curves import Points
from vtuber.design.look import Look


def ring(
    sheet: Sheet,
    look: Look,
    height: float,
    whorl: float,
    span: tuple[float, float] = (-0.86, 0.90),
    strength: float = 1.0,
) -> None:
    """Lay one band round the head at a height v, broken into strands that run from the whorl."""
    rng = look.rng("gloss")
    base = look.hair  # light keeps its strength here: grey gloss on dark hair looks like dust
    lit = Colour(
        base.lightness + (1 - base.lightness) * 0.42, base.chroma * 0.95, base.light(1.2).hue_deg
    )
    low, high = span
    u = low
    while u < high - 0.06:
        wide = float(rng.uniform(0.26, 0.58))
        end = min(u + wide, high)
        middle = (u + end) / 2
        # thin at the ends of the band, full in the middle, and less on the side in shade
        along = (middle - low) / (high - low)
        full = float(np.sin(np.pi * along) ** 0.7) * (1.0 if middle < 0.3 else 0.75)
        if full > 0.15:
            piece = _band(rng, height, whorl, u, end, 0.115 * full)
            sheet.fill(piece, lit, 0.8 * strength)
            echo = _band(rng, height - 0.13, whorl, u + 0.2 * wide, end - 0.1 * wide, 0.035 * full)
            sheet.fill(echo, lit, 0.45 * strength)
        u = end + float(rng.uniform(0.014, 0.05))


def _band(
    rng: np.random.Generator, height: float, whorl: float, begin: float, end: float, thick: float
) -> Points:
    """Give one piece of the ring: pointed at both ends, with slender teeth along the strands."""
    x = np.linspace(0.0, 1.0, 160)
    u = begin + (end - begin) * x
    arch = height + 0.27 * (u - whorl * 0.3) ** 2
    swell = (4 * x * (1 - x)) ** 0.95
    long, short = np.zeros(len(x)), np.zeros(len(x))
    for at in np.arange(0.10, 0.95, 0.092 / (end - begin)):
        place, broad = at + rng.uniform(-0.03, 0.05), rng.uniform(0.028, 0.052) / (end - begin)
        away = np.clip(1 - np.abs(x - place) / broad, 0, 1)
        deep = rng.uniform(0.35, 1.0)
        long = np.maximum(long, 1.9 * deep * away**1.9)
        short = np.maximum(short, rng.uniform(0.0, 0.55) * deep * away**2.4)
    above = thick * (0.30 * swell + short * swell**0.5)
    below = thick * (0.30 * swell + long * swell**0.5)
    fan = (u - whorl) * 0.42  # strands run away from the whorl
    top = np.column_stack([u - fan * above, arch - above])
    return np.vstack([top, np.column_stack([u + fan * below, arch + below])[::-1]])
