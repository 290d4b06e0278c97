"""Spiral: a whirl from the middle to the rim; hypnotic."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import iris
from vtuber.design.craft.eye import Eye

ODDS = 0.1  # of being rolled, beside a common style

TURNS = 2.4


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    own = iris.measure(eye)
    iris.ball(own, sheet)
    sheet.fill(own.ring(0.84), own.low.light(0.25), 0.35)
    t = np.linspace(0.0, 1.0, 160)
    # one lamp, two eyes: the whirl itself is mirrored
    angle = eye.side * (2 * np.pi * TURNS * t - np.pi / 2)
    reach = 0.06 + 0.74 * t
    whirl = own.at(np.column_stack([np.cos(angle) * reach, np.sin(angle) * reach]))
    sheet.line(whirl, own.ink.mixed(own.dark, 0.25), own.rx * 0.19, 0.25, 0.5)
    sheet.fill(curves.ellipse(own.centre, own.rx * 0.13, own.ry * 0.12), own.ink)
    iris.finish(own, sheet, 0.45)
