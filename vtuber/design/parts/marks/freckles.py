"""Freckles: a scatter over nose and cheeks."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft.head import blush_at
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    """Draw the freckles on a layer that follows the face."""
    sheet = board.layer("marks", "face", depth=0.26, clip="face")
    tone, rng = look.skin.skin_shade().skin_shade(), look.rng("freckles")
    u, v = blush_at(look)
    for side in (1.0, -1.0):
        for i in range(9):
            du = -0.24 + 0.060 * i + rng.uniform(-0.014, 0.014)
            dv = (-0.036, 0.030, -0.004)[i % 3] + rng.uniform(-0.012, 0.012) + 0.10 * du
            size = rng.uniform(0.0095, 0.0165)
            sheet.fill(curves.ellipse(((u + du) * side, v + dv), size * 1.15, size), tone, 0.85)
    for du, dv in ((-0.055, -0.115), (0.045, -0.125), (0.0, -0.085)):
        sheet.fill(curves.ellipse((du, look.nose + dv), 0.010, 0.009), tone, 0.8)
