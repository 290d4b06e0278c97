"""Hair that stands up from the crown: drawn as one layer above the front hair."""

from __future__ import annotations

from collections.abc import Sequence

from vtuber.design.board import Board
from vtuber.design.craft import hair
from vtuber.design.craft.hair import Lock
from vtuber.design.look import Look


def draw(look: Look, board: Board, locks: Sequence[Lock]) -> None:
    """Draw the locks of an ahoge, the last in front; their roots melt into the crown."""
    sheet = board.layer("ahoge", "front_hair", depth=0.10, group="ahoge", place="headwear")
    for lock in locks:
        hair.draw_lock(sheet, look, lock)
