"""Fox: very large pointed ears set wide, dark tips, much pale fur inside."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import furry
from vtuber.design.craft.furry import Ear
from vtuber.design.look import Look

HEADROOM = 0.3  # W that they stand higher than hair

STYLE = Ear(
    inner=((0.20, -1.32), (0.36, -1.68), (0.66, -2.06), (1.10, -2.42)),
    outer=((1.10, -2.42), (1.31, -1.94), (1.33, -1.45), (1.19, -1.02), (0.92, -0.66)),
    hollow_inner=((0.42, -1.32), (0.54, -1.66), (0.78, -1.94), (1.08, -2.20)),
    hollow_outer=((1.08, -2.20), (1.20, -1.82), (1.19, -1.40), (1.06, -1.06), (0.84, -0.80)),
    fur=(
        ((0.42, -1.42), (0.68, -1.94), 0.080),
        ((0.52, -1.36), (0.86, -1.86), 0.085),
        ((0.66, -1.28), (1.02, -1.68), 0.090),
        ((1.02, -0.78), (1.13, -1.50), 0.095),
        ((0.94, -0.86), (1.05, -1.36), 0.085),
    ),
    tuft=(
        ((0.94, -0.84), (1.02, -1.02), (1.05, -1.18), (1.02, -1.34)),
        ((0.74, -1.08), (0.87, -1.24), (0.93, -1.40), (0.92, -1.56)),
        ((0.44, -1.26), (0.60, -1.42), (0.70, -1.56), (0.72, -1.72)),
    ),
    tuft_width=0.070,
    tip=0.42,
)


def draw(look: Look, board: Board) -> None:
    furry.draw(look, board, STYLE)
