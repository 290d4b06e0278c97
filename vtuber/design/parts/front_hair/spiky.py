"""Spiky: combed up and back into tall points, the forehead free but for two loose spikes."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import fringe
from vtuber.design.craft.fringe import Fringe, Lock, tuft
from vtuber.design.look import Look

STYLE = Fringe(
    whorl=(0.1, -0.86),
    wide=1.10,
    high=1.24,
    hairline=((1.11, 0.0), (1.0, -0.30), (0.86, -0.58), (0.55, -0.72), (0.22, -0.70),
              (0.05, -0.78), (-0.22, -0.72), (-0.58, -0.74), (-0.86, -0.58), (-1.0, -0.30),
              (-1.11, 0.0)),
    tufts=(
        tuft(-2, 0.14, -0.12, 0.16),
        tuft(182, 0.14, 0.14, 0.16),
        tuft(16, 0.30, -0.16, 0.22),
        tuft(164, 0.30, 0.16, 0.22),
        tuft(38, 0.38, -0.20, 0.25),
        tuft(144, 0.40, 0.16, 0.25),
        tuft(61, 0.44, -0.16, 0.26),
        tuft(121, 0.46, 0.18, 0.26),
        tuft(99, 0.50, 0.20, 0.25),
        tuft(80, 0.42, -0.02, 0.24),
    ),
    clumps=(
        Lock([(-0.92, -0.72), (-1.03, -0.3), (-0.99, 0.05), (-0.96, 0.30)], 0.10, open_root=0.3),
        Lock([(0.92, -0.72), (1.03, -0.3), (0.99, 0.05), (0.96, 0.32)], 0.10, open_root=0.3),
        Lock([(0.72, -0.64), (0.78, -1.0), (0.92, -1.28), (1.12, -1.46)], 0.17, shadow=1.0,
             open_root=0.25),
        Lock([(-0.74, -0.66), (-0.80, -1.0), (-0.92, -1.26), (-1.14, -1.40)], 0.17, shadow=1.0,
             open_root=0.25),
        Lock([(0.40, -0.70), (0.46, -1.05), (0.62, -1.40), (0.86, -1.66)], 0.19, shadow=1.0,
             open_root=0.25),
        Lock([(-0.42, -0.72), (-0.50, -1.08), (-0.58, -1.40), (-0.78, -1.68)], 0.19, shadow=1.0,
             open_root=0.25),
        Lock([(0.02, -0.74), (-0.02, -1.10), (0.05, -1.46), (0.22, -1.80)], 0.19, shadow=1.0,
             open_root=0.25),
        Lock([(-0.04, -0.94), (-0.30, -0.80), (-0.40, -0.55), (-0.30, -0.24)], 0.085, shadow=1.0,
             root=0.3, open_root=0.15),
        Lock([(0.08, -0.92), (-0.06, -0.80), (-0.14, -0.62), (-0.10, -0.44)], 0.05, shadow=1.0,
             root=0.3, open_root=0.15, strands=0),
    ),
    crown=0.0,
    gloss=0.0,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    fringe.draw(look, board, STYLE)
