"""Heart: heart-shaped sunglasses in the colour of the accent."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import Frame
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

SUITS = (0.4, 1.0)
ODDS = 0.3  # of being rolled, beside a common style


def draw(look: Look, board: Board) -> None:
    metal = look.accent.shade(0.3)
    frame = Frame(metal, 0.055, look.accent, dark=0.44, dark_below=0.16, wide=1.10, drop=0.05,
                  bridge=0.25)  # fmt: skip
    spectacles.draw(look, board, frame, _heart)


def _heart(centre: Point, w: float, h: float) -> Points:
    whole = curves.heart((0.0, 0.0), 1.0)
    half = len(whole) // 4  # from the outer side over the top, as the other lenses
    around = curves.joined(whole[half:], whole[:half])
    return curves.moved(around * (2 * w * 1.04, 2 * h * 1.22), centre[0], centre[1])
