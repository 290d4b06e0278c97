"""Comma: short and full, parted at one side, the fringe bent inwards like a comma."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, tuft
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

SUITS = (0.0, 0.7)

# spine, half width; from the part over the performer's left brow
LOCKS = (
    (((0.44, -1.30), (0.98, -1.04), (1.10, -0.46), (1.04, 0.04), (0.98, 0.32)), 0.12),
    (((-0.30, -1.36), (-0.98, -1.08), (-1.12, -0.48), (-1.05, 0.02), (-0.98, 0.28)), 0.12),
    (((0.44, -1.24), (0.86, -1.02), (1.02, -0.62), (1.04, -0.30), (0.97, -0.02)), 0.14),
    (((0.42, -1.10), (0.62, -1.02), (0.86, -0.74), (0.90, -0.46), (0.80, -0.28)), 0.12),
    (((0.20, -1.30), (-0.58, -1.16), (-0.98, -0.72), (-1.04, -0.34), (-0.96, -0.02)), 0.16),
    (((0.30, -1.24), (-0.34, -1.16), (-0.84, -0.80), (-0.94, -0.46), (-0.78, -0.22)), 0.18),
    (((0.36, -1.14), (-0.08, -1.12), (-0.56, -0.86), (-0.68, -0.52), (-0.50, -0.29)), 0.17),
    (((0.40, -1.02), (0.14, -1.06), (-0.24, -0.88), (-0.38, -0.58), (-0.22, -0.36)), 0.13),
    (((0.41, -1.00), (0.24, -1.00), (0.00, -0.84), (-0.10, -0.66), (-0.02, -0.50)), 0.06),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=0.4, peak=0.5, dye=0.5, open_root=0.24, sharp=1.5,
             shadow=1.0 if spine[2][0] < 0 else -1.0, strands=2 if width > 0.1 else 0)
        for spine, width in LOCKS
    ),
    tufts=(
        tuft(164, 0.06, -0.30, 0.18),
        tuft(18, 0.06, 0.30, 0.18),
        tuft(140, 0.08, -0.34, 0.20),
        tuft(44, 0.09, 0.34, 0.20),
        tuft(100, 0.10, -0.36, 0.18),
        tuft(72, 0.10, 0.34, 0.17),
    ),
    whorl=(0.38, -1.36),
    wide=1.10,
    high=1.36,
    hairline=((1.10, -0.03), (0.96, -0.40), (0.74, -0.78), (0.42, -0.96), (0.1, -0.86),
              (-0.56, -0.66), (-0.95, -0.38), (-1.10, -0.03)),
    ring=-1.08,
    dim=0.3,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
