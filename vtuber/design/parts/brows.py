"""Brows: once on the skin, and once more, faint, over the hair."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.curves import Points
from vtuber.design.design import Design


def draw(design: Design, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        curve = curves.sided(arc(design), side)
        under = board.layer(f"brow_{name}", depth=0.43, place="glasses")
        _pen(under, design, curve, 1.0)
        over = board.layer(f"brow_{name}_over", f"brow_{name}", depth=0.44)
        _pen(over, design, curve, 0.85)
        for where, place in (("inner", 0.03), ("middle", 0.5), ("outer", 0.97)):
            board.mark(f"brow_{name}_{where}", curve[round(place * (len(curve) - 1))])


def arc(design: Design) -> Points:
    """Give the brow of the performer's left, from inner to outer."""
    x, v = design.eye_out, -design.eye_height / 2 - 0.235
    return curves.spline(
        [
            (x - 0.215, v + 0.050),
            (x - 0.06, v - 0.012),
            (x + 0.10, v - 0.018),
            (x + 0.265, v + 0.06),
        ]
    )


def _pen(sheet: Sheet, design: Design, curve: Points, alpha: float) -> None:
    sheet.line(
        curve,
        design.hair_root.line().mixed(Colour(0.20, 0.06, 285.0), 0.5),
        0.054,
        0.30,
        0.72,
        alpha,
    )
