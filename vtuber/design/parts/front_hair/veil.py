"""Veil: parted far to one side, a long sweep that half covers one eye."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.5, 1.0)

# spine, half width, shade side; from the parting over the performer's right eye's brow
LOCKS = (
    (((0.62, -1.24), (0.98, -0.92), (1.06, -0.40), (0.99, 0.10), (1.05, 0.48)), 0.11, 1.0),
    (((0.52, -1.18), (0.86, -0.94), (0.98, -0.50), (0.93, -0.08), (1.00, 0.20)), 0.13, -1.0),
    (((0.44, -1.02), (0.66, -0.86), (0.84, -0.56), (0.92, -0.30), (1.02, -0.16)), 0.10, -1.0),
    (((0.20, -1.34), (-0.56, -1.20), (-1.02, -0.62), (-1.03, 0.10), (-0.93, 0.76)), 0.15, 1.0),
    (((0.26, -1.30), (-0.42, -1.16), (-0.93, -0.62), (-0.98, 0.02), (-0.86, 0.54)), 0.17, 1.0),
    (((0.34, -1.20), (-0.18, -1.08), (-0.70, -0.66), (-0.86, -0.08), (-0.80, 0.36)), 0.20, 1.0),
    (((0.38, -1.08), (0.04, -0.94), (-0.42, -0.62), (-0.72, -0.20), (-0.74, 0.12)), 0.19, 1.0),
    (((0.40, -0.98), (0.20, -0.82), (-0.12, -0.56), (-0.42, -0.34), (-0.58, -0.17)), 0.135, 1.0),
    (((0.40, -0.94), (0.26, -0.76), (0.08, -0.58), (-0.12, -0.44), (-0.27, -0.38)), 0.05, 1.0),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(
            list(spine),
            width,
            root=0.4,
            peak=0.52,
            shadow=side,
            dye=0.5,
            open_root=0.24,
            strands=2 if width > 0.1 else 0,
            sharp=1.45,
        )
        for spine, width, side in LOCKS
    ),
    whorl=(0.34, -1.38),
    hairline=((1.12, -0.03), (0.95, -0.40), (0.72, -0.80), (0.43, -0.955), (0.0, -0.86),
              (-0.60, -0.66), (-0.96, -0.38), (-1.12, -0.03)),
    parting=((0.34, -1.44), (0.38, -1.22), (0.415, -0.97)),
    ring=-1.04,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
