"""Sweater: huge cabled turtleneck with drooping shoulders, a deep rolled neck, sleeves too long."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SLEEVE = Sleeve(
    seam=((1.34, 1.92), (1.38, 2.16), (1.34, 2.44), (1.20, 2.78)),
    outer=((1.34, 1.92), (1.58, 2.16), (1.76, 2.60), (1.86, 3.1), (1.92, 3.6), (1.92, BOTTOM)),
    inner=((1.20, 2.78), (1.14, 3.1), (1.10, 3.6), (1.10, BOTTOM)),
    folds=(
        ([(1.24, 2.74), (1.42, 2.76), (1.56, 2.64), (1.66, 2.44)], 0.11),
        ([(1.18, 2.94), (1.40, 3.06), (1.62, 3.02), (1.84, 2.84)], 0.13),
        ([(1.86, 3.00), (1.72, 3.22), (1.52, 3.30), (1.28, 3.28)], 0.13),
    ),
)
ROLL_TOP = ((-0.46, 1.24), (-0.30, 1.40), (-0.12, 1.48), (0.12, 1.48), (0.30, 1.40), (0.46, 1.24))
ROLL_LOW = ((0.62, 1.46), (0.60, 1.66), (0.34, 1.86), (0.0, 1.93), (-0.34, 1.86), (-0.60, 1.66),
            (-0.62, 1.46))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    with cloth.panel(look, behind, cloth.nape(0.62, 1.08, 1.60), cloth.dim(look.cloth, 1.4)):
        pass
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _trunk(look, sheet)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth, SLEEVE, figured=True)
        _sleeve_ribs(look, sheet, side)
    _roll(look, sheet)
    _pin(look, hanging.hung(board, "rosette", hanging.RIBBON, (3, 4)))


def _trunk(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    half = spline([(0.42, 1.54), (0.74, 1.62), (1.06, 1.74), (1.34, 1.92), (1.40, 2.3),
                   (1.20, 2.78), (1.14, 3.2), (1.16, BOTTOM)])  # fmt: skip
    with cloth.panel(look, sheet, joined(half, sided(half, -1)[::-1]), fill, figured=True):
        cloth.hang(sheet, fill, 0.98)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, _FOLDS, fill, side)
        if look.design.outfit.pattern == "none":
            for u, wide in ((0.0, 0.15), (0.44, 0.09), (-0.44, 0.09)):
                _cable(look, sheet, u, wide)
        low = spline(ROLL_LOW)[::-1]
        sheet.shadow(cloth.band(low, -0.02, 0.13), cloth.dim(fill))
        sheet.shadow(cloth.band(low, -0.02, 0.06), cloth.dim(fill, 1.6))


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.22, 2.74), (1.04, 2.92), (0.84, 2.98), (0.64, 2.94)], 0.12),
    ([(1.16, 3.00), (0.98, 3.24), (0.76, 3.34), (0.54, 3.34)], 0.13),
    ([(1.26, 1.92), (1.22, 2.20), (1.06, 2.46)], 0.10),
    ([(1.30, 2.36), (1.16, 2.56), (0.96, 2.64), (0.74, 2.60)], 0.11),
    ([(0.58, 1.86), (0.76, 2.02), (0.84, 2.24)], 0.07),
    ([(0.70, 3.40), (0.84, 3.22), (1.06, 3.14)], 0.10),
)


def _cable(look: Look, sheet: Sheet, u: float, wide: float) -> None:
    """Knit one cable down the front: two strands that cross, between two ridges."""
    fill = look.cloth
    step = wide * 2.2
    for way in (1.0, -1.0):
        edge = spline([(u + way * wide * 1.7, 1.9), (u * 1.04 + way * wide * 1.7, 2.8),
                       (u + way * wide * 1.7, BOTTOM)])  # fmt: skip
        sheet.line(edge, cloth.dim(fill), look.line * 1.3, 0.1, 0.1)
    for i in range(int(2.4 / step) + 1):
        v = 1.98 + i * step
        over = spline([(u - wide, v), (u - wide * 0.5, v + step * 0.42), (u + wide * 0.5,
                       v + step * 0.60), (u + wide, v + step)])  # fmt: skip
        left = spline([(u - wide, v + step), (u - wide * 0.8, v + step * 0.74),
                       (u - wide * 0.1, v + step * 0.62)])  # fmt: skip
        right = spline([(u + wide, v), (u + wide * 0.8, v + step * 0.30),
                        (u + wide * 0.1, v + step * 0.44)])  # fmt: skip
        shade = joined(over, curves.moved(over, -0.2 * wide, 0.30 * wide)[::-1])
        sheet.shadow(shade, cloth.dim(fill, 0.9))
        for course in (over, left, right):
            sheet.line(course, cloth.dim(fill, 2.0), look.line * 0.8, 0.3, 0.3)


def _sleeve_ribs(look: Look, sheet: Sheet, side: float) -> None:
    with sheet.clip(SLEEVE.shape(side)):
        for i in range(6):
            u = 1.34 + 0.10 * i
            course = spline([(u, 2.06), (u + 0.02 * i, 2.6), (u - 0.06 + 0.05 * i, 3.3),
                             (u - 0.1 + 0.06 * i, BOTTOM)])  # fmt: skip
            sheet.line(sided(course, side), cloth.dim(look.cloth, 1.2), look.line * 0.5, 0.1, 0.1,
                       0.6)  # fmt: skip
            rib = sided(cloth.even(course, 40), side)
            for k in range(1, 39):  # stitches along the rib, leaning to it
                tick = np.array([rib[k], rib[k] + (0.020 * side, 0.028)])
                sheet.stroke(tick, cloth.dim(look.cloth, 1.2), look.line * 0.4, alpha=0.5)


def _roll(look: Look, sheet: Sheet) -> None:
    """Draw the neck: folded over once, ribbed all round."""
    fill = look.cloth
    top, low = spline(ROLL_TOP), spline(ROLL_LOW)
    with cloth.panel(look, sheet, joined(top, low), fill):
        for i in range(-9, 10):
            u = i / 9
            rib = spline([(u * 0.45, 1.50 - 0.24 * u * u), (u * 0.56, 1.70 - 0.18 * u * u),
                          (u * 0.60, 1.96 - 0.40 * u * u)])  # fmt: skip
            sheet.line(rib, cloth.dim(fill, 1.2), look.line * 1.1, 0.2, 0.2)
        cloth.cast(sheet, fill, -0.10)
        side = spline([(0.30, 1.3), (0.42, 1.6), (0.36, 1.95)])
        sheet.shadow(joined(side, [(0.8, 1.95), (0.8, 1.2)]), cloth.dim(fill))
        lip = curves.moved(top, 0.0, 0.05)
        sheet.line(lip, cloth.lit(fill), 0.035, 0.3, 0.3)
        # the fold below is thick: a bright bulge, and a dark hem
        bulge = curves.moved(low, 0.0, -0.09)
        sheet.line(bulge, cloth.lit(fill), 0.05, 0.5, 0.5, 0.8)
        sheet.shadow(cloth.band(low[::-1], -0.035, 0.0), cloth.dim(fill, 1.3))


def _pin(look: Look, sheet: Sheet) -> None:
    """Pin a ribbon rosette and a star on the chest."""
    for angle in range(0, 360, 45):
        a = np.radians(angle)
        petal = curves.ellipse((0.78 + 0.075 * np.cos(a), 2.42 + 0.075 * np.sin(a)), 0.05, 0.05)
        sheet.stroke(petal, look.pen(look.accent), look.line, closed=True)
        sheet.fill(petal, look.accent)
    for side in (1.0, -1.0):
        tail = np.array([(0.76, 2.44), (0.80, 2.44), (0.80 + 0.07 * side, 2.70),
                         (0.78 + 0.05 * side, 2.67), (0.76 + 0.03 * side, 2.70)])  # fmt: skip
        with cloth.panel(look, sheet, tail, cloth.dim(look.accent, 0.7), weight=0.6):
            pass
    trim.button(look, sheet, (0.78, 2.42), 0.075, look.cloth_second, metal=True)
    trim.medal_star(look, sheet, (0.78, 2.425), 0.052, look.accent)
