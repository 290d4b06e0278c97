"""Heart: two strands that bow apart and meet again above the crown in a heart."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import sprig
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look

ODDS = 0.3  # of being rolled, beside a common style

LOCKS = (
    Lock(
        [(0.07, -1.36), (-0.02, -1.57), (-0.22, -1.74), (-0.34, -1.95), (-0.23, -2.12),
         (-0.06, -2.10), (0.04, -1.93)],
        0.050, root=0.7, peak=0.35, shadow=1.0, strands=1, dye=0.7, open_root=0.08, sharp=1.6,
    ),
    Lock(
        [(0.07, -1.36), (0.13, -1.57), (0.31, -1.74), (0.44, -1.95), (0.34, -2.13),
         (0.16, -2.11), (0.06, -1.92)],
        0.053, root=0.7, peak=0.35, shadow=1.0, strands=1, dye=0.7, open_root=0.08, sharp=1.6,
    ),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sprig.draw(look, board, LOCKS)
