"""Wispy: a thin see-through fringe of fine strands, fuller pieces framing the cheeks."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, Lock, both, swept
from vtuber.design.look import Look

SUITS = (0.35, 1.0)

WHORL = (0.04, -1.40)


def _frame(end: float, width: float, u: float) -> Lock:
    spine = [(0.50, -1.20), (u - 0.10, -0.76), (u, -0.28), (u - 0.05, 0.16), (u + 0.02, end)]
    return Lock(spine, width, root=0.5, shadow=1.0, dye=0.6, open_root=0.30, sharp=1.6)


# tip, lean, half width of the strands that cross the brow
STRANDS = (
    (-0.62, -0.33, -0.03, 0.062), (-0.50, -0.40, 0.05, 0.040), (-0.38, -0.29, 0.04, 0.068),
    (-0.24, -0.36, -0.03, 0.042), (-0.13, -0.26, 0.04, 0.066), (0.01, -0.34, 0.03, 0.045),
    (0.12, -0.27, -0.04, 0.064), (0.25, -0.38, 0.03, 0.040), (0.36, -0.30, -0.05, 0.068),
    (0.49, -0.38, 0.02, 0.042), (0.61, -0.31, 0.03, 0.062), (0.72, -0.24, 0.04, 0.055),
    (-0.73, -0.25, -0.03, 0.055),
)  # fmt: skip

STYLE = Fringe(
    whorl=WHORL,
    clumps=(
        *both(_frame(0.66, 0.13, 1.00), _frame(0.36, 0.105, 0.93)),
        swept((-0.85, -0.12), -0.03, 0.11, WHORL),
        swept((0.86, -0.10), 0.03, 0.11, WHORL),
        *(
            swept((u, v), lean, width, WHORL, strands=0, sharp=1.1, peak=0.42)
            for u, v, lean, width in STRANDS
        ),
    ),
    hairline=((1.12, -0.03), (0.93, -0.42), (0.52, -0.76), (0.0, -0.84), (-0.52, -0.76),
              (-0.93, -0.42), (-1.12, -0.03)),
    ring=-1.02,
    shadow=0.045,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
