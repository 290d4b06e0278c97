"""Big bow: a huge bow of cloth on top of the head."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import trinket
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
BESIDE = {"halo": (), "ears": ("human", "elf", "fins")}


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("hair_bow", "accessory", mesh=(8, 6), depth=0.10)
    trinket.bow(look, sheet, (0.02, -1.60), 0.86, look.accent, 0.0, tails=0.0)
