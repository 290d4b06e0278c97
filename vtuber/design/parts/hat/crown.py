"""Crown: a small golden crown set with stones, tilted on the top of the head."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid, turned
from vtuber.design.craft.spectacles import GOLD
from vtuber.design.curves import Points, spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("armour", "dress", "gothic", "idol", "mage", "suit")}

COVER = None  # the hair stays as it is
SPAN = ((-0.56, -1.44), (-0.28, -1.36), (0.0, -1.335), (0.28, -1.36), (0.56, -1.44))
TIPS = ((-0.74, -1.98), (-0.40, -2.02), (0.0, -2.14), (0.40, -2.02), (0.74, -1.98))
VALLEYS = ((-0.50, -1.70), (-0.18, -1.66), (0.18, -1.66), (0.50, -1.70))
TILT, AT = 9.0, (0.10, 0.02)


def draw(look: Look, board: Board) -> None:
    def placed(points: Points) -> Points:
        return curves.moved(turned(points, TILT, (0.0, -1.4)), *AT)

    low = spline(SPAN)
    points = [low[0]]
    for i, top in enumerate(TIPS):
        points += [np.array(top), *([np.array(VALLEYS[i])] if i < len(VALLEYS) else [])]
    shape = placed(np.vstack([*points, low[::-1]]))
    rim = spline([(-0.56, -1.70), (0.0, -1.80), (0.56, -1.70)])
    foot = spline([(0.55, -1.5), (0.0, -1.40), (-0.55, -1.5)])
    inside = placed(curves.joined([(-0.62, -1.66)], rim, foot))
    behind = hats.layer(board, "hat_inside", 0.20)
    with solid(behind, look, GOLD.shade(1.9), inside):
        pass
    hats.cast(look, board, placed(low), 0.05)
    sheet = hats.layer(board)
    with solid(sheet, look, GOLD, shape):
        for i, tip in enumerate(TIPS):
            base = (tip[0] * 0.78, -1.40)
            right = placed(np.array([tip, base, (base[0] + 0.34, -1.40), (tip[0] + 0.30, -1.62)]))
            sheet.shadow(right, GOLD.shade(0.9), 0.9 if i else 0.7)
        band = hats.band(placed(curves.moved(low, 0.0, -0.14)), placed(low))
        sheet.fill(band, GOLD.light(0.25))
        sheet.line(placed(curves.moved(low, 0.0, -0.14)), look.pen(GOLD), look.line, 0.1, 0.1)
        glint = placed(curves.moved(curves.cut(low, 0.12, 0.45), 0.0, -0.09))
        sheet.line(glint, GOLD.light(1.5), 0.04, 0.6, 0.6)
    for tip in TIPS:
        pearl = placed(curves.ellipse(tip, 0.062, 0.062))
        with solid(sheet, look, GOLD.light(0.7), pearl, pen=look.pen(GOLD), weight=0.8):
            shade(sheet, pearl, GOLD, -0.02, -0.02)
    for u, v, gem, size in (
        (0.0, -1.62, look.accent, 0.085), (-0.30, -1.425, look.eye_left, 0.045),
        (0.0, -1.405, look.accent, 0.045), (0.30, -1.425, look.eye_left, 0.045),
    ):  # fmt: skip
        stone = placed(
            np.array([(u, v - size * 1.25), (u + size, v), (u, v + size * 1.25), (u - size, v)])
        )
        with solid(sheet, look, gem, stone, weight=0.8):
            shade(sheet, stone, gem.shade(1.4), -size * 0.5, -size * 0.4)
            sheet.fill(curves.moved(stone * 1.0, -size * 0.75, -size * 0.6), gem.light(1.2), 0.7)
