"""War paint: a bold bar across the nose and a drop under each eye."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.head import blush_at
from vtuber.design.craft.opening import opening
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style


def draw(look: Look, board: Board) -> None:
    """Draw the paint in the accent's colour."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face")
    eye, (u, v) = opening(look), blush_at(look)
    paint = look.accent.mixed(look.skin, 0.12)
    at = eye.floor(0.0) + 0.05
    for side in (1.0, -1.0):
        drop = curves.spline([(eye.out - 0.075, at), (eye.out, at + 0.012), (eye.out + 0.075, at)])
        tip = curves.spline([(eye.out + 0.075, at), (eye.out + 0.034, at + 0.10),
                             (eye.out + 0.004, at + 0.28)])  # fmt: skip
        back = curves.spline([(eye.out + 0.004, at + 0.28), (eye.out - 0.034, at + 0.10),
                              (eye.out - 0.075, at)])  # fmt: skip
        sheet.fill(curves.sided(curves.joined(drop, tip, back), side), paint, 0.95)
        slash = curves.spline([(u + 0.02, v + 0.02), (u + 0.12, v - 0.02), (u + 0.24, v - 0.08)])
        sheet.line(curves.sided(slash, side), paint, 0.070, 0.3, 0.7, 0.95)
    nose = look.nose - 0.105
    bar = curves.spline([(-0.195, nose + 0.012), (0.0, nose - 0.006), (0.195, nose + 0.012)])
    sheet.line(bar, paint, 0.080, 0.16, 0.16, 0.95)
