"""Sharp: a straight narrow nose, one clean edge down to a pointed tip."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import complexion, nose
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    v = look.nose
    sheet = board.layer("nose", depth=0.62)
    shade, pen = look.skin.skin_shade(), look.skin_pen
    edge = curves.spline([(0.020, v - 0.200), (0.020, v - 0.110), (0.046, v + 0.012)])
    sheet.line(edge, pen, 0.016, 1.4, 0.2)
    foot = curves.spline([(0.046, v + 0.010), (0.020, v + 0.030), (-0.026, v + 0.020)])
    sheet.line(foot, pen, 0.019, 0.15, 1.0)
    cast = [(0.046, v + 0.010), (0.010, v + 0.034), (0.052, v + 0.062)]
    sheet.fill(cast, shade)
    if complexion.darkness(look) > 0.0:
        nose.light(sheet, look, (0.004, v - 0.016), (0.009, 0.013))
    board.mark("nose_tip", (0.0, v))
