"""Mole: one beauty spot under the performer's left eye."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.opening import opening
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    """Draw the spot where a tear would run."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face", mesh=(2, 2))
    eye = opening(look)
    at = (eye.out + eye.w * 0.48, eye.floor(eye.w * 0.48) + 0.085)
    sheet.fill(curves.ellipse(at, 0.021, 0.021), look.skin_pen)
    sheet.fill(curves.ellipse((at[0] - 0.006, at[1] - 0.007), 0.006, 0.005), look.skin, 0.7)
