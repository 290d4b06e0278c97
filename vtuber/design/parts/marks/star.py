"""Star: a little star and two dots painted under one eye."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.head import blush_at
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style


def draw(look: Look, board: Board) -> None:
    """Draw the star on the performer's left cheek."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face", mesh=(4, 4))
    u, v = blush_at(look)
    shape = curves.star((u + 0.02, v - 0.01), 0.085, 0.040, 10.0)
    sheet.stroke(shape, look.pen(look.accent), 0.016, closed=True)
    sheet.fill(shape, look.accent)
    sheet.fill(curves.star((u + 0.012, v - 0.018), 0.045, 0.021, 10.0), look.accent.light(0.8))
    for du, size in ((-0.115, 0.018), (-0.165, 0.012)):
        sheet.fill(curves.ellipse((u + du, v + 0.015), size, size), look.accent)
