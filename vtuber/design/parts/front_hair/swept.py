"""Swept: unequal clumps combed from a whorl off the middle, one long tip between the eyes."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, swept
from vtuber.design.look import Look

STYLE = Fringe(
    clumps=(
        swept((-0.97, 0.46), 0.05, 0.115),
        swept((0.98, 0.54), -0.06, 0.115),
        swept((0.14, -0.42), 0.02, 0.14),
        swept((-0.82, -0.20), 0.05, 0.16),
        swept((0.82, -0.24), -0.04, 0.15),
        swept((-0.95, -0.04), -0.01, 0.16),
        swept((0.96, -0.06), -0.01, 0.155),
        swept((-0.34, -0.34), 0.12, 0.17),
        swept((0.55, -0.28), -0.16, 0.20),
        swept((-0.66, -0.24), 0.14, 0.20),
        swept((0.30, -0.36), -0.12, 0.13),
        swept((-0.05, -0.08), 0.13, 0.165),
        swept((0.73, -0.27), -0.09, 0.06),
        swept((-0.49, -0.36), 0.07, 0.045),
    ),
)


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
