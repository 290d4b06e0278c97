"""Side ribbon: a bow with long tails over one ear."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import trinket
from vtuber.design.look import Look

SUITS = (0.5, 1.0)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hair_bow", "accessory", mesh=(6, 8), depth=0.40, group="ribbon")
    trinket.bow(look, sheet, (0.94, -0.82), 0.42, look.accent, 24.0, tails=1.5)
