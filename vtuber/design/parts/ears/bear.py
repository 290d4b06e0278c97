"""Bear: small round ears at the corners of the crown."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import furry
from vtuber.design.craft.furry import Ear
from vtuber.design.look import Look

STYLE = Ear(
    inner=((0.42, -1.20), (0.42, -1.52), (0.52, -1.74), (0.74, -1.86), (0.98, -1.78)),
    outer=((0.98, -1.78), (1.14, -1.60), (1.17, -1.36), (1.08, -1.14), (0.88, -0.90)),
    hollow_inner=((0.56, -1.20), (0.57, -1.48), (0.64, -1.62), (0.77, -1.71), (0.93, -1.66)),
    hollow_outer=((0.93, -1.66), (1.03, -1.53), (1.04, -1.36), (0.98, -1.20), (0.80, -0.98)),
    tuft=(
        ((0.88, -0.96), (0.96, -1.10), (0.99, -1.20), (0.97, -1.32)),
        ((0.62, -1.20), (0.72, -1.32), (0.76, -1.42), (0.75, -1.54)),
        ((0.46, -1.28), (0.54, -1.40), (0.57, -1.48), (0.56, -1.58)),
    ),
    tuft_width=0.055,
)


def draw(look: Look, board: Board) -> None:
    furry.draw(look, board, STYLE)
