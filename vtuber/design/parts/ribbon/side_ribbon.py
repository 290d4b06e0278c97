"""Side ribbon: a bow with long tails over one ear."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import trinket
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
SIDE = 1.0  # worn on the performer's left


def draw(look: Look, board: Board) -> None:
    trinket.tied(look, board, "hair_bow", (5, 4), 0.40, (0.94, -0.82), 0.42, look.accent, 24.0, 1.5)
