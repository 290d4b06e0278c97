"""Clock: a dial with twelve marks and two hands."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 0.3  # of being rolled, beside a common style

HANDS = ((305.0, 0.40, 0.16), (60.0, 0.58, 0.11))  # degrees from twelve, length, weight


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    pale = own.low.light(0.9)
    sheet.fill(own.ring(0.74), own.dark.mixed(own.ink, 0.35), 0.85)
    sheet.stroke(own.ring(0.74), pale, own.rx * 0.07, closed=True)
    for i in range(12):
        angle = np.pi / 6 * i
        way = np.array([[np.sin(angle), -np.cos(angle)]])
        mark = own.at(np.linspace(0.66, 0.46 if i % 3 == 0 else 0.56, 6)[:, None] * way)
        sheet.stroke(mark, pale, own.rx * (0.09 if i % 3 == 0 else 0.05), alpha=0.9)
    for degrees, length, weight in HANDS:
        angle = np.radians(degrees)
        hand = own.at(np.linspace(-0.06, length, 12)[:, None] * [[np.sin(angle), -np.cos(angle)]])
        sheet.line(hand, pale, own.rx * weight, 0.15, 0.8)
    sheet.fill(curves.ellipse(own.centre, own.rx * 0.09, own.ry * 0.085), pale)
    iris.finish(own, sheet, 0.4)
