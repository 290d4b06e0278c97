"""Gem: cut like a stone, light and dark facets around a table."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 1.5  # of being rolled, beside a common style

SIDES = 8


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    angles = np.radians(np.arange(SIDES) * 360 / SIDES + 180 / SIDES)
    outer = np.column_stack([np.cos(angles), np.sin(angles)])
    half = angles + np.pi / SIDES
    middle = np.column_stack([np.cos(half), np.sin(half)])
    bright, dark = own.low.light(0.8), own.dark
    with sheet.clip(own.disc):
        for i in range(SIDES):
            j = (i + 1) % SIDES
            # light comes from the upper left and leaves at the lower right
            facing = float(np.cos(half[i] - np.radians(50)))
            flat = [tuple(outer[i] * 1.1), tuple(outer[j] * 1.1), tuple(middle[i] * 0.50)]
            sheet.fill(own.at(flat), bright if facing > 0 else dark, 0.12 + 0.42 * abs(facing))
            crown = [tuple(outer[i] * 1.1), tuple(middle[i] * 0.50), tuple(middle[i - 1] * 0.50)]
            lit = float(np.cos(angles[i] - np.radians(70)))
            sheet.fill(own.at(crown), bright if lit > 0 else dark, 0.10 + 0.30 * abs(lit))
            for corner in (outer[i], outer[j]):
                ridge = own.at([tuple(middle[i] * 0.50), tuple(corner * 1.02)])
                ridge = np.linspace(ridge[0], ridge[1], 8)
                sheet.line(ridge, bright, 0.009, 0.2, 0.2, alpha=0.6)
    table = own.at(middle * 0.50)
    sheet.fill(table, own.dark)
    sheet.stroke(table, bright, own.rx * 0.05, alpha=0.75, closed=True, sharp=True)
    iris.pupil(own, sheet, own.at(middle * 0.34))
    iris.finish(own, sheet, 0.5)
