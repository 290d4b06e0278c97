"""Hairclips: two crossed clips in bright colours over one temple."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import Point
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
SIDE = 1.0  # worn on the performer's left


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hairclips", "accessory", mesh=(4, 4), depth=0.43)
    second = look.accent.light(1.2).mixed(look.eye_left, 0.25)
    clips: tuple[tuple[Point, Point, Colour], ...] = (
        ((0.40, -0.52), (0.90, -0.66), look.accent),
        ((0.48, -0.76), (0.84, -0.44), second),
        ((0.50, -0.90), (0.98, -0.94), look.accent),
    )
    for begin, end, colour in clips:
        _clip(look, sheet, begin, end, colour)


def _clip(look: Look, sheet: Sheet, begin: Point, end: Point, colour: Colour) -> None:
    course = np.linspace(begin, end, 40)
    t = curves.parameter(course)
    round_end = np.sqrt(np.clip(1 - ((t - 0.93) / 0.07).clip(0, 1) ** 2, 0.0, 1.0))
    round_begin = np.sqrt(np.clip(1 - ((0.07 - t) / 0.07).clip(0, 1) ** 2, 0.0, 1.0))
    shape = curves.ribbon(course, 0.052 * (0.75 + 0.25 * t) * round_end * round_begin)
    with solid(sheet, look, colour, shape, weight=0.9):
        shade(sheet, shape, colour.shade(1.1), -0.015, -0.025)
        sheet.line(
            curves.moved(curves.cut(course, 0.12, 0.6), 0.0, -0.016), colour.light(1.3), 0.02
        )
        sheet.line(curves.cut(course, 0.30, 0.92), look.pen(colour), look.line * 0.5, 0.3, 0.3)
