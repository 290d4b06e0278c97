"""Hats: made for the dome of the hair, whose top they cover; the shadow they throw on it.

A hat is `headwear`, so that it turns as the bowl that it is. What goes round behind the head is a
layer of its own, drawn at the place of the back accessories: with that role it would be taken for
a band, whose front fades as it turns away.
"""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.curves import Points
from vtuber.design.look import Look

DEPTH = 0.46  # just over the front hair


def layer(board: Board, name: str = "hat", depth: float = DEPTH) -> Sheet:
    """Begin the front of a hat."""
    return board.layer(name, "headwear", depth=depth, mesh=(12, 10))


def back(board: Board, name: str = "hat_back") -> Sheet:
    """Begin what is seen of a hat behind the head."""
    return board.layer(name, "headwear", depth=-0.30, mesh=(10, 6), place="back_accessory")


def cast(
    look: Look, board: Board, edge: Points, deep: float = 0.10, name: str = "hat_shadow"
) -> None:
    """Throw a hat's shadow on the hair: below its lower edge, which runs from ear to ear."""
    sheet = board.layer(name, "headwear", depth=0.43, mesh=(12, 6), clip="front_hair")
    low = curves.moved(edge, 0.02, deep)
    dark = look.hair_root.shade(1.8)
    sheet.fill(curves.joined(edge, low[::-1]), dark, 0.55, blur=0.012)


def band(top: Points, bottom: Points) -> Points:
    """Give the shape between two edges that run the same way."""
    return curves.joined(top, bottom[::-1])
