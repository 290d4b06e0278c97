"""Dog: soft ears that stand off the crown and hang down beside the head."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import furry
from vtuber.design.craft.furry import Ear
from vtuber.design.look import Look

STYLE = Ear(
    inner=((0.40, -1.20), (0.50, -1.56), (0.74, -1.76), (1.02, -1.70), (1.30, -1.40)),
    outer=((1.30, -1.40), (1.44, -1.00), (1.42, -0.62), (1.30, -0.50), (1.14, -0.72), (0.98, -1.00),
           (0.80, -1.00)),
    hollow_inner=((0.94, -1.02), (0.97, -1.06), (1.02, -1.08), (1.06, -1.06), (1.08, -1.03)),
    hollow_outer=((1.08, -1.03), (1.18, -0.88), (1.26, -0.68), (1.24, -0.64), (1.14, -0.74),
                  (0.98, -1.00)),
    tuft=(
        ((0.86, -1.00), (0.97, -1.14), (1.04, -1.24), (1.06, -1.36)),
        ((0.64, -1.18), (0.76, -1.34), (0.83, -1.44), (0.84, -1.56)),
        ((0.42, -1.28), (0.54, -1.44), (0.60, -1.54), (0.61, -1.66)),
    ),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    furry.draw(look, board, STYLE)
