"""Flower: five pale petals open around a small pupil."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 0.3  # of being rolled, beside a common style

PETALS = 5


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    sheet.fill(own.ring(0.70), own.dark, 0.55)
    petal = curves.symmetric(
        curves.joined(
            curves.bezier((0.0, -0.70), (0.14, -0.82), (0.40, -0.62), (0.30, -0.40)),
            curves.bezier((0.30, -0.40), (0.24, -0.24), (0.10, -0.16), (0.0, -0.10))[1:],
        )
    )
    pale = own.low.light(0.25)
    for i in range(PETALS):
        angle = 2 * np.pi * i / PETALS
        spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        shape = own.at(petal @ spin * 0.90)
        sheet.stroke(shape, own.dark, own.rx * 0.05, alpha=0.9, closed=True)
        sheet.fill(shape, pale, 0.88)
        vein = own.at(np.linspace((0.0, -0.20), (0.0, -0.52), 8) @ spin)
        sheet.line(vein, own.tone, own.rx * 0.06, alpha=0.8)
    iris.pupil(own, sheet, own.ring(0.24))
    iris.finish(own, sheet, 0.45)
