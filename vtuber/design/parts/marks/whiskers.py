"""Whiskers: three painted strokes on either cheek."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.head import blush_at
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style

STROKES = ((-0.030, -0.055, 0.20), (0.045, -0.015, 0.22), (0.120, 0.035, 0.18))  # v, rise, length


def draw(look: Look, board: Board) -> None:
    """Draw the strokes in the accent's colour, or darker skin."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face")
    paint = look.accent.mixed(look.skin.skin_line(), 0.35)
    u, v = blush_at(look)
    for side in (1.0, -1.0):
        for drop, rise, length in STROKES:
            stroke = curves.spline(
                [(u - 0.07, v + drop), (u - 0.07 + length * 0.5, v + drop + rise * 0.35),
                 (u - 0.07 + length, v + drop + rise)]
            )  # fmt: skip
            sheet.line(curves.sided(stroke, side), paint, 0.036, 0.25, 0.9, 0.92)
