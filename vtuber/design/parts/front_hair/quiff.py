"""Quiff: a full soft wave rolled up from the brow and over, the sides short."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, Lock
from vtuber.design.look import Look

# the roll, from behind to the front: spine from the brow upwards and over, half width
ROLL = (
    (((-0.78, -0.66), (-0.96, -1.06), (-0.74, -1.52), (-0.20, -1.72)), 0.20),
    (((0.60, -0.72), (0.92, -1.10), (0.96, -1.44), (0.74, -1.66)), 0.20),
    (((-0.54, -0.74), (-0.74, -1.22), (-0.34, -1.72), (0.34, -1.76)), 0.23),
    (((-0.22, -0.78), (-0.40, -1.26), (0.06, -1.76), (0.78, -1.62)), 0.24),
    (((0.08, -0.78), (-0.04, -1.22), (0.36, -1.64), (0.98, -1.36)), 0.23),
    (((0.34, -0.76), (0.32, -1.10), (0.62, -1.38), (1.04, -1.10)), 0.19),
    (((0.52, -0.70), (0.60, -0.90), (0.80, -1.04), (1.04, -0.86)), 0.13),
    (((-0.46, -0.88), (-0.70, -0.80), (-0.78, -0.58), (-0.64, -0.40)), 0.06),
)
SIDES = (
    (((-0.92, -0.62), (-1.03, -0.36), (-1.03, -0.06), (-0.97, 0.26)), 0.11),
    (((0.92, -0.62), (1.03, -0.36), (1.03, -0.06), (0.97, 0.28)), 0.11),
    (((-0.90, -0.74), (-1.06, -0.66), (-1.14, -0.50), (-1.12, -0.24)), 0.10),
    (((0.90, -0.74), (1.06, -0.66), (1.15, -0.50), (1.13, -0.22)), 0.10),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=root, peak=0.5, dye=0.5, shadow=1.0, open_root=0.14,
             strands=3 if width > 0.15 else 1, sharp=1.5)
        for table, root in ((SIDES, 0.4), (ROLL, 0.25))
        for spine, width in table
    ),
    whorl=(0.0, -1.30),
    wide=1.08,
    high=1.28,
    hairline=((1.09, -0.02), (1.0, -0.26), (0.90, -0.50), (0.72, -0.68), (0.40, -0.74),
              (0.0, -0.76), (-0.40, -0.76), (-0.74, -0.68), (-0.91, -0.50), (-1.0, -0.26),
              (-1.09, -0.02)),
    crown=0.0,
    gloss=0.0,
    dim=0.0,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
