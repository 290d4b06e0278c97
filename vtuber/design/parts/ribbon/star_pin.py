"""Star pin: a glossy star over crossed bars on the bangs."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.craft.solid import shade
from vtuber.design.look import Look

SUITS = (0.5, 1.0)

AT = (-0.66, -0.76)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hairpin", "accessory", mesh=(3, 3), depth=0.43)
    gold = look.accent
    for drop in (0.15, 0.25):
        bar = np.array([(AT[0] - 0.20, AT[1] + drop + 0.03), (AT[0] + 0.20, AT[1] + drop - 0.06)])
        sheet.stroke(bar, look.pen(gold), 0.070)
        sheet.stroke(bar, gold.light(0.9), 0.042)
    # a star with round points: a line of its own colour around it
    star = curves.star(AT, 0.165, 0.088, 12.0)
    sheet.stroke(star, look.pen(gold), 0.080, closed=True)
    sheet.stroke(star, gold, 0.042, closed=True)
    top, bottom = (AT[0] - 0.08, AT[1] - 0.1), (AT[0] + 0.08, AT[1] + 0.1)
    sheet.fill(star, linear(top, bottom, [(0.0, gold.light(0.7), 1.0), (0.6, gold, 1.0)]))
    with sheet.clip(star):
        shade(sheet, star, gold.shade(0.9), -0.035, -0.035)
    sheet.line([(AT[0] - 0.10, AT[1] - 0.04), (AT[0] - 0.03, AT[1] - 0.09)], gold.light(1.6), 0.028)
