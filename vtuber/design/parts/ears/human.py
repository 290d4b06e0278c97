"""Human ears."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.curves import sided, spline
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    for name, side in (("left", 1.0), ("right", -1.0)):
        _ear(look, board.layer(f"ear_{name}", depth=-0.12), side)


def _ear(look: Look, sheet: Sheet, side: float) -> None:
    skin = look.skin
    ear = sided(
        curves.closed_spline(
            [(0.86, -0.12), (1.02, -0.20), (1.13, -0.10), (1.10, 0.12), (1.0, 0.34), (0.88, 0.32)]
        ),
        side,
    )
    sheet.stroke(ear, look.skin_pen, 0.018, closed=True)
    sheet.fill(ear, skin)
    inner = spline([(0.98, -0.10), (1.07, -0.06), (1.05, 0.08), (0.98, 0.20)])
    with sheet.clip(ear):
        sheet.fill(sided(inner, side), skin.skin_shade())
    sheet.line(sided(inner[:40], side), look.skin_pen, 0.011)
