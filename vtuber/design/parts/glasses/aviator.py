"""Aviator: dark drop-shaped sunglasses that fade below, a double bridge."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import spectacles
from vtuber.design.craft.spectacles import BLACK, GOLD, Frame
from vtuber.design.curves import Point, Points, closed_spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("casual", "cyber", "hoodie", "jacket", "lab_coat", "suit")}

STYLE = Frame(GOLD, weight=0.030, tint=BLACK, dark=0.82, dark_below=0.30, wide=1.10, high=1.08,
              drop=0.05, bridge=0.62)  # fmt: skip
DROP = ((-0.92, -0.20), (-0.80, -0.78), (-0.10, -0.92), (0.72, -0.86), (1.02, -0.40), (0.88, 0.36),
        (0.36, 0.92), (-0.24, 0.86), (-0.74, 0.38))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    spectacles.draw(look, board, STYLE, _drop)


def _drop(centre: Point, w: float, h: float) -> Points:
    return curves.moved(closed_spline(list(DROP)) * (w, h), *centre)
