"""Round: large thin golden hoops."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import GOLD, Frame
from vtuber.design.look import Look

STYLE = Frame(GOLD, weight=0.026, wide=1.03, high=1.10)


def draw(look: Look, board: Board) -> None:
    spectacles.draw(look, board, STYLE, spectacles.round_lens)
