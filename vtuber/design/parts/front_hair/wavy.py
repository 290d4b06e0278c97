"""Wavy: soft rounded locks that curl at their ends, full at the sides."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.2, 1.0)

# spine from the whorl to the curled end, half width; later ones lie in front
LOCKS = (
    (((0.40, -1.34), (0.98, -1.08), (1.06, -0.52), (1.13, -0.10), (1.00, 0.30), (1.10, 0.58)),
     0.15),
    (((-0.36, -1.34), (-0.94, -1.10), (-1.07, -0.54), (-1.13, -0.12), (-1.00, 0.26),
      (-1.09, 0.52)), 0.15),
    (((0.36, -1.28), (0.84, -1.04), (0.93, -0.58), (1.00, -0.24), (0.90, 0.06), (0.96, 0.26)),
     0.14),
    (((-0.32, -1.28), (-0.82, -1.04), (-0.94, -0.60), (-1.00, -0.26), (-0.90, 0.04),
      (-0.97, 0.22)), 0.14),
    (((0.06, -1.26), (0.12, -1.02), (0.06, -0.78), (0.14, -0.58), (0.05, -0.42)), 0.13),
    (((0.26, -1.26), (0.64, -1.06), (0.70, -0.74), (0.84, -0.50), (0.76, -0.28), (0.62, -0.31)),
     0.15),
    (((-0.24, -1.26), (-0.62, -1.08), (-0.74, -0.76), (-0.86, -0.52), (-0.76, -0.30),
      (-0.62, -0.33)), 0.15),
    (((0.14, -1.28), (0.40, -1.06), (0.38, -0.80), (0.52, -0.58), (0.44, -0.38), (0.29, -0.41)),
     0.15),
    (((-0.10, -1.28), (-0.40, -1.08), (-0.46, -0.82), (-0.56, -0.58), (-0.44, -0.40),
      (-0.30, -0.44)), 0.145),
    (((0.02, -1.28), (-0.14, -1.04), (-0.08, -0.80), (-0.22, -0.58), (-0.14, -0.36),
      (0.00, -0.33)), 0.14),
)  # fmt: skip

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=0.5, peak=0.58, shadow=1.0 if spine[0][0] < 0.05 else -1.0,
             dye=0.6, open_root=0.32, strands=2, sharp=2.1)
        for spine, width in LOCKS
    ),
    whorl=(0.06, -1.42),
    wide=1.13,
    high=1.37,
    ring=-1.00,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
