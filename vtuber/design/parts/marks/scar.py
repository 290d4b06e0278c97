"""Scar: an old cut down over one eye, pale with a darker edge."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.opening import opening
from vtuber.design.look import Look

ODDS = 0.5  # of being rolled, beside a common style


def draw(look: Look, board: Board) -> None:
    """Draw the cut on the skin, above and below the performer's right eye."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face")
    eye, deep = opening(look), look.skin.skin_shade().skin_shade()
    u = -eye.out - 0.02
    for top, foot, lean in ((-0.40, -0.05, 0.09), (0.03, 0.34, 0.0)):
        begin = (eye.top[1] if top < 0 else eye.bottom[1]) + top
        end = (eye.top[1] if top < 0 else eye.bottom[1]) + foot
        cut = curves.spline([(u - lean, begin), (u - lean * 0.4 + 0.012, (begin + end) / 2),
                             (u + 0.05 * (top > 0) , end)])  # fmt: skip
        ends = (1.0, 0.15) if top < 0 else (0.15, 1.0)
        sheet.line(curves.moved(cut, 0.010, 0.004), deep, 0.068, *ends)
        sheet.line(cut, look.skin.light(0.75), 0.034, *ends)
