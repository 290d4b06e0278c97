"""Line: one short bent stroke, as in quick ink."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import nose
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    v = look.nose
    sheet = board.layer("nose", depth=0.62)
    pen = look.skin_pen
    bent = curves.spline(
        [(-0.004, v - 0.105), (0.016, v - 0.045), (0.036, v + 0.006), (0.016, v + 0.026),
         (-0.020, v + 0.022)]
    )  # fmt: skip
    sheet.line(bent, pen, 0.019, 0.9, 0.7)
    nose.light(sheet, look, (-0.016, v - 0.030), (0.009, 0.015), 0.7)
    board.mark("nose_tip", (0.0, v))
