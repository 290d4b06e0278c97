"""Twin: two feelers that spring from one root and arch to both sides."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import sprig
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style

LOCKS = (
    Lock(
        [(0.05, -1.36), (-0.02, -1.66), (-0.20, -1.92), (-0.52, -1.98), (-0.78, -1.78)],
        0.056, root=0.6, peak=0.42, shadow=-1.0, strands=1, dye=0.7, open_root=0.12, sharp=1.25,
    ),
    Lock(
        [(0.06, -1.36), (0.12, -1.70), (0.31, -1.98), (0.61, -2.02), (0.84, -1.78)],
        0.062, root=0.6, peak=0.42, shadow=-1.0, strands=1, dye=0.7, open_root=0.12, sharp=1.25,
    ),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sprig.draw(look, board, LOCKS)
