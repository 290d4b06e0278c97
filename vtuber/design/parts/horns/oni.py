"""Oni: two short straight horns on the brow, red at their points."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import horn
from vtuber.design.craft.horn import Horn
from vtuber.design.look import Look

STYLE = Horn(
    ((0.36, -0.82), (0.41, -1.06), (0.47, -1.30), (0.56, -1.58)),
    0.130,
    rings=2,
    sharp=0.9,
    behind=False,
    depth=0.46,
    tuft=(
        ((0.24, -0.70), (0.275, -0.82), (0.285, -0.92), (0.25, -1.03)),
        ((0.50, -0.68), (0.51, -0.80), (0.53, -0.90), (0.58, -1.00)),
        ((0.36, -0.66), (0.375, -0.80), (0.40, -0.90), (0.385, -1.02)),
    ),
)
RED = Colour(0.58, 0.19, 25.0)


def draw(look: Look, board: Board) -> None:
    horn.draw(look, board, STYLE, horn.BONE, RED)
