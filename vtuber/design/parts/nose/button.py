"""Button: a round little tip that turns up, its underside in shadow."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import nose
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    v = look.nose
    sheet = board.layer("nose", depth=0.62)
    shade, pen = look.skin.skin_shade(), look.skin_pen
    tip = curves.ellipse((0.0, v - 0.006), 0.056, 0.044)
    with sheet.clip(tip):
        sheet.fill(tip, shade, 0.55)
        sheet.fill(curves.ellipse((-0.010, v - 0.022), 0.054, 0.042), look.skin)
    under = curves.ellipse((0.0, v - 0.006), 0.054, 0.042, 28, 152)
    sheet.line(under, pen, 0.016, 0.8, 0.8, alpha=0.85)
    nose.light(sheet, look, (-0.016, v - 0.028), (0.015, 0.012), 0.95)
    board.mark("nose_tip", (0.0, v))
