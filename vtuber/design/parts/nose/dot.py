"""Dot: a touch of shadow and a point of light."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import nose
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    v = look.nose
    sheet = board.layer("nose", depth=0.62)
    shade, pen = look.skin.skin_shade(), look.skin_pen
    touch = curves.spline(
        [(0.012, v - 0.055), (0.038, v - 0.005), (0.022, v + 0.022), (-0.012, v + 0.014)]
    )
    sheet.fill(touch, shade)
    under = curves.spline([(0.040, v), (0.020, v + 0.024), (-0.018, v + 0.014)])
    sheet.line(under, pen, 0.014, 0.5, 1.0, alpha=0.7)
    nose.light(sheet, look, (-0.012, v - 0.028), (0.011, 0.016))
    board.mark("nose_tip", (0.0, v))
