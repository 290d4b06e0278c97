"""Half rim: a red bar along the lower edge only, low on the nose."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import Frame
from vtuber.design.look import Look

RED = Colour(0.50, 0.17, 22.0)
STYLE = Frame(RED, weight=0.040, wide=1.04, high=0.78, drop=0.115, bridge=-0.30, rim=(0.47, 1.0))


def draw(look: Look, board: Board) -> None:
    spectacles.draw(look, board, STYLE, spectacles.square_lens)
