"""Crossed: three big points meet over the nose, the rest swings wide round the eyes."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, swept
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

WHORL = (-0.08, -1.40)

# three points that cross before the brow: spine, half width, side in shade
POINTS = (
    (((-0.30, -1.26), (-0.42, -0.98), (-0.30, -0.62), (-0.10, -0.32), (0.02, -0.20)), 0.15, 1.0),
    (((0.18, -1.26), (0.38, -0.98), (0.40, -0.64), (0.28, -0.38), (0.16, -0.26)), 0.17, -1.0),
    (((-0.06, -1.24), (-0.06, -0.96), (0.05, -0.62), (0.02, -0.28), (-0.06, 0.03)), 0.18, 1.0),
)

STYLE = Fringe(
    whorl=WHORL,
    clumps=(
        swept((-1.04, 0.62), 0.02, 0.12, WHORL),
        swept((1.05, 0.70), -0.02, 0.12, WHORL),
        swept((-0.96, 0.24), -0.05, 0.14, WHORL, sharp=1.6),
        swept((0.97, 0.28), 0.05, 0.14, WHORL, sharp=1.6),
        swept((-0.90, -0.14), -0.10, 0.17, WHORL, drop=0.42),
        swept((0.90, -0.12), 0.11, 0.17, WHORL, drop=0.42),
        swept((-0.62, -0.34), -0.16, 0.19, WHORL, drop=0.40),
        swept((0.64, -0.33), 0.17, 0.19, WHORL, drop=0.40),
        *(
            Lock(list(spine), width, root=0.5, peak=0.48, shadow=side, dye=0.5, open_root=0.4,
                 sharp=1.3)
            for spine, width, side in POINTS
        ),
    ),
    hairline=((1.12, -0.03), (0.93, -0.42), (0.66, -0.54), (0.34, -0.50), (0.0, -0.46),
              (-0.30, -0.50), (-0.62, -0.54), (-0.93, -0.42), (-1.12, -0.03)),
    dim=0.35,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
