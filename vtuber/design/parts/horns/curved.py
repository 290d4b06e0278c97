"""Curved: dark demon horns that sweep out and up to glowing points."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import horn
from vtuber.design.craft.horn import Horn
from vtuber.design.look import Look

STYLE = Horn(
    ((0.60, -1.20), (0.86, -1.52), (1.14, -1.74), (1.30, -2.02), (1.20, -2.36)),
    0.165,
    rings=4,
    tuft=(
        ((0.46, -1.24), (0.52, -1.36), (0.53, -1.46), (0.50, -1.58)),
        ((0.76, -1.06), (0.84, -1.18), (0.87, -1.30), (0.85, -1.42)),
    ),
)


def draw(look: Look, board: Board) -> None:
    horn.draw(look, board, STYLE, horn.DARK, look.accent)
