"""Emo: a deep side part, long sharp layers across the brow, choppy tips on the other side."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, tuft
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

# spine, half width; from the part over the performer's left to the other cheek
LAYERS = (
    (((0.34, -1.36), (-0.48, -1.24), (-1.04, -0.70), (-1.09, 0.00), (-0.98, 0.92)), 0.14),
    (((0.36, -1.32), (-0.40, -1.18), (-0.98, -0.68), (-1.04, -0.04), (-0.86, 0.66)), 0.13),
    (((0.40, -1.26), (-0.24, -1.10), (-0.80, -0.72), (-0.96, -0.20), (-0.86, 0.30)), 0.15),
    (((0.44, -1.16), (-0.02, -1.02), (-0.52, -0.72), (-0.82, -0.36), (-0.90, 0.00)), 0.16),
    (((0.46, -1.08), (0.14, -0.92), (-0.26, -0.66), (-0.54, -0.42), (-0.74, -0.19)), 0.15),
    (((0.48, -1.00), (0.28, -0.84), (0.00, -0.62), (-0.22, -0.46), (-0.46, -0.30)), 0.13),
    (((0.48, -0.96), (0.36, -0.80), (0.20, -0.62), (0.06, -0.48), (-0.14, -0.35)), 0.085),
    (((0.52, -1.20), (0.94, -0.98), (1.08, -0.44), (1.02, 0.02), (1.10, 0.34)), 0.11),
    (((0.50, -1.14), (0.84, -0.96), (0.98, -0.50), (0.94, -0.16), (1.02, 0.10)), 0.12),
    (((0.48, -1.04), (0.68, -0.88), (0.82, -0.62), (0.86, -0.42), (0.97, -0.26)), 0.09),
)

STYLE = Fringe(
    clumps=tuple(
        Lock(list(spine), width, root=0.4, peak=0.44, shadow=1.0 if spine[0][0] < 0.47 else -1.0,
             dye=0.8, open_root=0.24, strands=2 if width > 0.1 else 0, sharp=1.05)
        for spine, width in LAYERS
    ),
    tufts=(
        tuft(150, 0.12, -0.34, 0.20),
        tuft(166, 0.12, -0.36, 0.20),
        tuft(30, 0.12, 0.36, 0.20),
        tuft(12, 0.16, 0.34, 0.20),
        tuft(74, 0.15, 0.30, 0.17),
        tuft(112, 0.13, -0.30, 0.20),
        tuft(92, 0.12, -0.26, 0.15),
    ),
    whorl=(0.40, -1.36),
    high=1.34,
    hairline=((1.12, -0.03), (0.96, -0.40), (0.76, -0.78), (0.48, -1.00), (0.1, -0.84),
              (-0.56, -0.62), (-0.96, -0.38), (-1.12, -0.03)),
    ring=-1.04,
    dim=0.3,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
