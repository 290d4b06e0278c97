"""Wavy: soft rounded locks that curl at their ends, full at the sides."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, Lock
from vtuber.design.look import Look

# spine from the whorl to the curled end, half width; later ones lie in front
LOCKS = (
    (((0.40, -1.34), (1.02, -1.08), (1.12, -0.52), (1.22, -0.10), (1.04, 0.30), (1.16, 0.58)), 0.16),
    (((-0.36, -1.34), (-0.98, -1.10), (-1.14, -0.54), (-1.22, -0.12), (-1.04, 0.26),
      (-1.15, 0.52)), 0.16),
    (((0.36, -1.28), (0.86, -1.04), (0.96, -0.58), (1.06, -0.24), (0.92, 0.08), (0.99, 0.28)), 0.15),
    (((-0.32, -1.28), (-0.84, -1.04), (-0.98, -0.60), (-1.06, -0.26), (-0.92, 0.06),
      (-1.00, 0.24)), 0.15),
    (((0.06, -1.26), (0.12, -1.00), (0.06, -0.74), (0.14, -0.52), (0.05, -0.36)), 0.13),
    (((0.26, -1.26), (0.66, -1.04), (0.74, -0.70), (0.88, -0.44), (0.76, -0.20), (0.62, -0.25)), 0.155),
    (((-0.24, -1.26), (-0.64, -1.06), (-0.78, -0.72), (-0.90, -0.46), (-0.76, -0.22),
      (-0.62, -0.27)), 0.155),
    (((0.14, -1.28), (0.40, -1.04), (0.38, -0.76), (0.54, -0.52), (0.44, -0.30), (0.29, -0.34)), 0.155),
    (((-0.10, -1.28), (-0.40, -1.06), (-0.46, -0.78), (-0.58, -0.52), (-0.44, -0.32),
      (-0.30, -0.37)), 0.15),
    (((0.02, -1.28), (-0.14, -1.02), (-0.08, -0.78), (-0.22, -0.56), (-0.14, -0.33),
      (0.00, -0.30)), 0.145),
)  # fmt: skip

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=0.5, peak=0.58, shadow=1.0 if spine[0][0] < 0.05 else -1.0,
             dye=0.6, open_root=0.32, strands=2, sharp=2.1)
        for spine, width in LOCKS
    ),
    whorl=(0.06, -1.42),
    wide=1.16,
    high=1.39,
    ring=-1.00,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
