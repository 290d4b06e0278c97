"""Twin ribbons: a small bow with short tails on each side of the crown."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import trinket
from vtuber.design.craft.solid import SIDES
from vtuber.design.look import Look

SUITS = (0.5, 1.0)


def draw(look: Look, board: Board) -> None:
    for name, side in SIDES:
        at, tilt = (0.84 * side, -1.20), 28.0 * side
        trinket.tied(
            look, board, f"hair_bow_{name}", (4, 3), 0.30, at, 0.36, look.accent, tilt, 0.8
        )
