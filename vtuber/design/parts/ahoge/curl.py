"""Curl: one lock that stands up and bends over."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import sprig
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

LOCKS = (
    Lock(
        [(0.14, -1.34), (0.05, -1.62), (0.13, -1.88), (0.37, -1.97), (0.58, -1.83), (0.60, -1.66)],
        0.074, root=0.55, peak=0.45, shadow=-1.0, strands=2, dye=0.7, open_root=0.14, sharp=1.3,
    ),
    Lock(
        [(0.10, -1.38), (0.00, -1.58), (-0.05, -1.76), (-0.21, -1.90)],
        0.044, root=0.6, peak=0.4, shadow=-1.0, strands=0, dye=0.7, open_root=0.2,
    ),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sprig.draw(look, board, LOCKS)
