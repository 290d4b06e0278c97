"""Antenna: one tall thin strand, upright, its tip bent like a hook."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import sprig
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

ODDS = 0.5  # of being rolled, beside a common style

LOCKS = (
    Lock(
        [(0.05, -1.38), (0.02, -1.66), (-0.04, -1.98), (-0.16, -2.22), (-0.36, -2.26)],
        0.052, root=0.75, peak=0.30, shadow=1.0, strands=1, dye=0.8, open_root=0.10, sharp=1.2,
    ),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sprig.draw(look, board, LOCKS)
