"""Quiff: a full soft wave rolled up from the brow and over, the sides short."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.0, 0.5)
BESIDE = {
    "back_hair": ("short_boy",),
    "side_hair": ("sideburns", "tucked"),
    "ahoge": (),
    "headphones": ("neck",),
}

# the roll, from behind to the front: spine from the brow upwards and over, half width
ROLL = (
    (((-0.80, -0.78), (-0.98, -1.06), (-0.86, -1.40), (-0.50, -1.60)), 0.17),
    (((0.66, -0.80), (0.90, -1.04), (1.00, -1.28), (0.98, -1.52)), 0.15),
    (((-0.56, -0.84), (-0.74, -1.18), (-0.50, -1.58), (0.00, -1.74)), 0.20),
    (((0.44, -0.82), (0.62, -1.10), (0.82, -1.36), (0.86, -1.66)), 0.17),
    (((-0.28, -0.86), (-0.44, -1.24), (-0.12, -1.64), (0.42, -1.84)), 0.21),
    (((0.18, -0.86), (0.20, -1.18), (0.46, -1.50), (0.64, -1.82)), 0.19),
    (((-0.04, -0.86), (-0.14, -1.22), (0.14, -1.56), (0.62, -1.70)), 0.19),
    (((-0.50, -0.90), (-0.72, -0.82), (-0.80, -0.60), (-0.66, -0.40)), 0.055),
)
SIDES = (
    (((-0.94, -0.60), (-1.03, -0.34), (-1.02, -0.06), (-0.97, 0.26)), 0.10),
    (((0.94, -0.60), (1.03, -0.34), (1.02, -0.06), (0.97, 0.28)), 0.10),
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
    high=1.30,
    hairline=((1.09, -0.02), (1.0, -0.26), (0.90, -0.50), (0.72, -0.68), (0.40, -0.74),
              (0.0, -0.76), (-0.40, -0.76), (-0.74, -0.68), (-0.91, -0.50), (-1.0, -0.26),
              (-1.09, -0.02)),
    crown=0.0,
    gloss=0.0,
    dim=0.0,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
