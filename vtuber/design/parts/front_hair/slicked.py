"""Slicked: combed back from a high forehead, two loose strands fall before the brow."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

BESIDE = {
    "back_hair": ("short_boy", "wolf", "ponytail", "box_braids"),
    "side_hair": ("sideburns", "tucked"),
    "ahoge": (),
}

SUITS = (0.0, 0.65)

# from the hairline back over the head: spine, half width
COMBED = (
    (((1.06, -0.28), (1.07, -0.50), (1.10, -0.76), (1.02, -1.02)), 0.11),
    (((-1.06, -0.28), (-1.07, -0.50), (-1.10, -0.76), (-1.02, -1.02)), 0.11),
    (((0.97, -0.62), (1.00, -0.84), (0.96, -1.14), (0.76, -1.38)), 0.14),
    (((-0.97, -0.62), (-1.00, -0.84), (-0.96, -1.14), (-0.74, -1.40)), 0.14),
    (((0.76, -0.84), (0.82, -1.06), (0.72, -1.36), (0.44, -1.56)), 0.16),
    (((-0.74, -0.86), (-0.80, -1.08), (-0.68, -1.38), (-0.36, -1.60)), 0.16),
    (((0.42, -0.98), (0.50, -1.18), (0.36, -1.46), (0.10, -1.62)), 0.16),
    (((-0.38, -1.00), (-0.46, -1.20), (-0.32, -1.50), (-0.02, -1.68)), 0.17),
    (((0.03, -0.97), (0.04, -1.18), (0.14, -1.46), (0.34, -1.66)), 0.15),
)
# before the brow and the ears
LOOSE = (
    (((-1.00, -0.40), (-1.05, -0.14), (-1.00, 0.14), (-0.96, 0.36)), 0.075),
    (((1.00, -0.40), (1.05, -0.14), (1.00, 0.14), (0.96, 0.38)), 0.075),
    (((0.16, -1.10), (0.48, -1.02), (0.66, -0.66), (0.62, -0.34), (0.72, -0.16)), 0.060),
    (((0.14, -1.06), (0.34, -0.92), (0.45, -0.70), (0.44, -0.50)), 0.034),
    (((0.08, -1.08), (-0.12, -0.98), (-0.24, -0.74), (-0.20, -0.52)), 0.036),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=root, peak=0.5, dye=0.4, shadow=1.0, open_root=gap,
             strands=3 if width > 0.1 else 0, sharp=1.3)
        for table, root, gap in ((COMBED, 0.30, 0.10), (LOOSE, 0.25, 0.20))
        for spine, width in table
    ),
    whorl=(0.05, -1.30),
    wide=1.09,
    high=1.34,
    hairline=((1.10, -0.02), (1.03, -0.22), (0.93, -0.44), (0.84, -0.66), (0.58, -0.82),
              (0.26, -0.92), (0.04, -0.86), (-0.20, -0.92), (-0.56, -0.84), (-0.84, -0.66),
              (-0.93, -0.44), (-1.03, -0.22), (-1.10, -0.02)),
    ring=-1.20,
    ring_span=(-0.70, 0.62),
    crown=0.0,
    dim=0.3,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
