"""Rays: fine streaks around a dark pupil, a glow at the bottom."""

from __future__ import annotations

import numpy as np

from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 2.5  # of being rolled, beside a common style


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    with sheet.clip(own.disc):
        for i in range(26):
            angle = 2 * np.pi * (i + 0.5) / 26
            way = np.array([[np.cos(angle), np.sin(angle)]])
            reach = 0.93 if i % 2 else 0.78
            streak = own.at(np.linspace(0.42, reach, 8)[:, None] * way)
            sheet.line(streak, own.low, 0.013, alpha=0.5)
    iris.pupil(own, sheet, own.ring(0.42))
    iris.finish(own, sheet)
