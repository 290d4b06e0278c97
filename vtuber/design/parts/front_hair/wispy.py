"""Wispy: a thin see-through fringe of fine strands, fuller pieces framing the cheeks."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, both, swept
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.35, 1.0)

WHORL = (0.04, -1.40)


def _frame(end: float, width: float, u: float) -> Lock:
    spine = [(0.50, -1.20), (u - 0.10, -0.76), (u, -0.28), (u - 0.05, 0.16), (u + 0.02, end)]
    return Lock(spine, width, root=0.5, shadow=1.0, dye=0.6, open_root=0.30, sharp=1.6)


# tip, lean, half width of the strands that cross the brow
STRANDS = (
    (-0.70, -0.24, -0.06, 0.095), (-0.58, -0.34, 0.04, 0.100), (-0.44, -0.31, -0.06, 0.095),
    (-0.34, -0.38, 0.06, 0.080), (-0.24, -0.27, -0.03, 0.085), (-0.09, -0.36, 0.07, 0.085),
    (0.00, -0.23, 0.03, 0.080), (0.10, -0.34, -0.06, 0.085), (0.26, -0.30, 0.05, 0.090),
    (0.36, -0.38, -0.05, 0.075), (0.47, -0.29, 0.04, 0.095), (0.60, -0.36, -0.06, 0.080),
    (0.71, -0.25, 0.05, 0.090),
)  # fmt: skip

STYLE = Fringe(
    whorl=WHORL,
    clumps=(
        *both(_frame(0.66, 0.13, 1.00), _frame(0.36, 0.105, 0.93)),
        swept((-0.85, -0.12), -0.03, 0.11, WHORL),
        swept((0.86, -0.10), 0.03, 0.11, WHORL),
        *(
            swept((u, v), lean, width, WHORL, strands=1, sharp=0.95, peak=0.36)
            for u, v, lean, width in STRANDS
        ),
    ),
    hairline=((1.12, -0.03), (0.93, -0.42), (0.52, -0.66), (0.0, -0.74), (-0.52, -0.66),
              (-0.93, -0.42), (-1.12, -0.03)),
    ring=-1.02,
    shadow=0.045,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
