"""Twin ribbons: a small bow with short tails on each side of the crown."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import trinket
from vtuber.design.craft.solid import SIDES
from vtuber.design.look import Look

SUITS = (0.5, 1.0)


def draw(look: Look, board: Board) -> None:
    for name, side in SIDES:
        sheet = board.layer(
            f"hair_bow_{name}", "accessory", mesh=(5, 5), depth=0.30, group="ribbon"
        )
        tilt = 28.0 * side
        trinket.bow(look, sheet, (0.84 * side, -1.20), 0.36, look.accent, tilt, tails=0.8)
