"""Square: a thick black frame with round corners."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import BLACK, Frame
from vtuber.design.look import Look

STYLE = Frame(BLACK, weight=0.062, wide=1.06, high=0.98, bridge=0.35, drop=0.02)


def draw(look: Look, board: Board) -> None:
    spectacles.draw(look, board, STYLE, spectacles.square_lens)
