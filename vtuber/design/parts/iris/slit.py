"""Slit: a tall narrow pupil in a glowing iris, as cats and dragons have."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 0.3  # of being rolled, beside a common style


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet, 1.15)
    with sheet.clip(own.disc):
        for i in range(34):
            angle = 2 * np.pi * (i + 0.5) / 34
            way = np.array([[np.cos(angle), np.sin(angle)]])
            streak = own.at(np.linspace(0.98, 0.62 + 0.12 * (i % 3), 8)[:, None] * way)
            sheet.line(streak, own.dark, 0.014, 0.1, 1.0, alpha=0.5)
    side = curves.bezier((0.0, -0.80), (0.26, -0.36), (0.26, 0.36), (0.0, 0.80))
    slit = own.at(curves.symmetric(side))
    sheet.stroke(slit, own.low.light(0.7), own.rx * 0.10, alpha=0.75, closed=True)
    iris.pupil(own, sheet, slit)
    iris.finish(own, sheet, 0.45)
