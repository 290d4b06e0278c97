"""A star-shaped hair pin over the bangs, with a toggle."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.look import Look

AT = (-0.64, -0.74)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hairpin", "accessory", mesh=(3, 3), depth=0.43)
    bar = [(AT[0] - 0.15, AT[1] + 0.16), (AT[0] + 0.17, AT[1] + 0.07)]
    second = look.hair_tip
    sheet.stroke(bar, look.pen(look.accent), 0.085)
    sheet.stroke(bar, second, 0.050)
    star = curves.star(AT, 0.135, 0.068, 12.0)
    sheet.stroke(star, look.pen(look.accent), 0.062, closed=True)
    sheet.stroke(star, look.accent, 0.026, closed=True)
    top, bottom = (AT[0] - 0.08, AT[1] - 0.1), (AT[0] + 0.08, AT[1] + 0.1)
    stops = [(0.0, look.accent.light(0.7), 1.0), (0.6, look.accent, 1.0)]
    sheet.fill(star, linear(top, bottom, stops))
