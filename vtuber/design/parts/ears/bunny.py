"""Bunny: long upright ears from the crown, the right one bent over at its end."""

from __future__ import annotations

from dataclasses import replace

from vtuber.design.board import Board
from vtuber.design.craft import furry
from vtuber.design.craft.furry import Ear
from vtuber.design.look import Look

HEADROOM = 0.3  # W that they stand higher than hair

UPRIGHT = Ear(
    inner=((0.26, -1.24), (0.20, -1.66), (0.19, -2.04), (0.29, -2.34), (0.50, -2.48)),
    outer=((0.50, -2.48), (0.67, -2.30), (0.76, -1.98), (0.78, -1.60), (0.74, -1.10)),
    hollow_inner=((0.40, -1.30), (0.345, -1.66), (0.335, -1.98), (0.38, -2.20), (0.49, -2.32)),
    hollow_outer=((0.49, -2.32), (0.59, -2.18), (0.64, -1.92), (0.645, -1.60), (0.60, -1.20)),
    fur=(
        ((0.34, -1.40), (0.42, -1.78), 0.065),
        ((0.46, -1.36), (0.53, -1.70), 0.065),
        ((0.68, -1.26), (0.60, -1.72), 0.060),
    ),
    tuft=(
        ((0.70, -1.12), (0.76, -1.26), (0.77, -1.38), (0.74, -1.50)),
        ((0.42, -1.28), (0.50, -1.40), (0.54, -1.52), (0.53, -1.64)),
        ((0.16, -1.36), (0.25, -1.46), (0.31, -1.54), (0.33, -1.64)),
    ),
    tuft_width=0.055,
)
BENT = replace(
    UPRIGHT,
    inner=((0.26, -1.24), (0.20, -1.62), (0.22, -1.90), (0.36, -2.16), (0.62, -2.22)),
    outer=((0.62, -2.22), (0.80, -2.10), (0.84, -1.86), (0.80, -1.56), (0.74, -1.10)),
    hollow_inner=((0.40, -1.30), (0.34, -1.60), (0.36, -1.84), (0.45, -2.00), (0.60, -2.08)),
    hollow_outer=((0.60, -2.08), (0.68, -1.94), (0.70, -1.80), (0.66, -1.55), (0.60, -1.20)),
    flap=((0.34, -2.10), (0.50, -2.24), (0.74, -2.24), (0.96, -2.08), (1.08, -1.80), (1.10, -1.50),
          (1.02, -1.44), (0.90, -1.60), (0.78, -1.86), (0.60, -2.00)),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    furry.draw(look, board, UPRIGHT, BENT)
