"""Cat: tall pricked triangles on the crown, fur at the inner edge."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import furry
from vtuber.design.craft.furry import Ear
from vtuber.design.look import Look

STYLE = Ear(
    inner=((0.26, -1.30), (0.36, -1.62), (0.56, -1.95), (0.88, -2.24)),
    outer=((0.88, -2.24), (1.05, -1.92), (1.11, -1.50), (1.06, -1.14), (0.90, -0.80)),
    hollow_inner=((0.46, -1.30), (0.52, -1.62), (0.67, -1.86), (0.865, -2.06)),
    hollow_outer=((0.865, -2.06), (0.970, -1.82), (0.995, -1.48), (0.94, -1.14), (0.80, -0.90)),
    fur=(
        ((0.56, -1.36), (0.86, -1.74), 0.070),
        ((0.70, -1.28), (0.92, -1.58), 0.065),
        ((0.44, -1.42), (0.73, -1.84), 0.065),
        ((0.92, -0.84), (0.985, -1.42), 0.060),
    ),
    tuft=(
        ((0.86, -0.98), (0.93, -1.14), (0.94, -1.28), (0.90, -1.42)),
        ((0.66, -1.14), (0.78, -1.28), (0.82, -1.42), (0.80, -1.56)),
        ((0.46, -1.26), (0.58, -1.40), (0.66, -1.52), (0.68, -1.66)),
    ),
)


def draw(look: Look, board: Board) -> None:
    furry.draw(look, board, STYLE)
