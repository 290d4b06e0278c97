"""Sprout: three short pointed tufts that stick up at the crown after sleep."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import sprig
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

LOCKS = (
    Lock([(0.02, -1.32), (-0.12, -1.58), (-0.30, -1.74), (-0.50, -1.76)], 0.075, root=0.8,
         peak=0.3, shadow=-1.0, strands=1, dye=0.6, open_root=0.30, sharp=1.2),
    Lock([(0.14, -1.32), (0.26, -1.58), (0.42, -1.76), (0.62, -1.80)], 0.070, root=0.8,
         peak=0.3, shadow=1.0, strands=1, dye=0.6, open_root=0.30, sharp=1.2),
    Lock([(0.07, -1.32), (0.04, -1.62), (0.09, -1.82), (0.22, -2.00)], 0.085, root=0.8,
         peak=0.3, shadow=1.0, strands=1, dye=0.6, open_root=0.30, sharp=1.2),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sprig.draw(look, board, LOCKS)
