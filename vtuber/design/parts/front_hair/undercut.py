"""Undercut: the sides shorn close, a thick top combed over to one side."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

BESIDE = {
    "back_hair": ("short_boy", "ponytail", "box_braids"),
    "side_hair": ("sideburns", "tucked"),
    "ahoge": (),
}

SUITS = (0.0, 0.7)

# the top, from the part on the performer's left: spine, half width
TOP = (
    (((0.62, -1.02), (0.60, -1.34), (0.34, -1.62), (0.00, -1.72)), 0.19),
    (((0.60, -1.06), (0.44, -1.46), (-0.06, -1.68), (-0.58, -1.58)), 0.20),
    (((0.58, -1.04), (0.26, -1.44), (-0.40, -1.56), (-0.98, -1.26)), 0.20),
    (((0.54, -1.00), (0.14, -1.36), (-0.56, -1.40), (-1.14, -0.92)), 0.20),
    (((0.48, -0.94), (0.10, -1.22), (-0.52, -1.22), (-0.98, -0.84), (-1.10, -0.52)), 0.19),
    (((0.42, -0.90), (0.08, -1.10), (-0.46, -1.04), (-0.80, -0.72), (-0.84, -0.36)), 0.17),
    (((0.34, -0.86), (0.06, -0.98), (-0.32, -0.88), (-0.54, -0.64), (-0.56, -0.38)), 0.12),
    (((0.68, -1.01), (0.75, -1.16), (0.74, -1.36), (0.58, -1.56)), 0.10),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=0.3, peak=0.5, dye=0.5, shadow=1.0, open_root=0.12,
             strands=3 if width > 0.15 else 1, sharp=1.25)
        for spine, width in TOP
    ),
    whorl=(0.5, -1.10),
    wide=1.07,
    high=1.31,
    hairline=((1.07, 0.06), (0.99, 0.22), (0.92, -0.02), (0.90, -0.22), (0.86, -0.40),
              (0.80, -0.62), (0.50, -0.80), (0.10, -0.84), (-0.40, -0.78), (-0.80, -0.62),
              (-0.86, -0.40), (-0.90, -0.22), (-0.92, -0.02), (-0.99, 0.22), (-1.07, 0.06)),
    shorn=(((0.46, -0.76), (0.66, -0.96), (0.82, -1.12), (0.98, -1.20)),
           ((-0.60, -0.60), (-0.84, -0.84), (-1.10, -0.90))),
    crown=0.0,
    ring=-1.24,
    ring_span=(-0.72, 0.40),
    gloss=0.0,
    dim=0.0,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
