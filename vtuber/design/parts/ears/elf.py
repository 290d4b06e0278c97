"""Elf: long pointed ears that stand off sideways, through the side hair."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.solid import SIDES, shade, solid
from vtuber.design.curves import sided, spline
from vtuber.design.look import Look

UPPER = ((0.82, -0.20), (1.00, -0.27), (1.26, -0.34), (1.56, -0.50), (1.86, -0.72))
LOWER = ((1.86, -0.72), (1.62, -0.24), (1.36, 0.08), (1.12, 0.32), (0.96, 0.40), (0.82, 0.34))
HOLLOW = ((0.98, -0.08), (1.14, -0.17), (1.38, -0.28), (1.66, -0.50), (1.48, -0.20), (1.24, 0.04),
          (1.10, 0.20), (1.02, 0.22))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    skin = look.skin
    for name, side in SIDES:
        sheet = board.layer(f"ear_{name}", depth=-0.15)
        ear = sided(curves.joined(spline(UPPER), spline(LOWER)[1:]), side)
        with solid(sheet, look, skin, ear, pen=look.skin_pen):
            shade(sheet, ear, skin.skin_shade(), -0.03, -0.06, 0.8)
            hollow = sided(curves.joined(spline(HOLLOW[:4]), spline(HOLLOW[3:])[1:]), side)
            sheet.fill(hollow, skin.skin_shade())
            deep = skin.skin_shade().skin_shade()
            inner = spline(
                [(1.00, -0.04), (1.14, -0.12), (1.34, -0.23), (1.20, -0.04), (1.05, 0.14)]
            )
            sheet.shadow(sided(inner, side), deep, 0.6)
            rim = spline([(1.02, -0.10), (1.16, -0.18), (1.40, -0.29), (1.64, -0.48)])
            sheet.line(sided(rim, side), look.skin_pen, 0.016, 0.5, 0.9)
            fold = spline([(1.04, 0.20), (1.12, 0.10), (1.12, 0.00), (1.06, -0.03)])
            sheet.line(sided(fold, side), look.skin_pen, 0.013, 0.5, 0.9)
