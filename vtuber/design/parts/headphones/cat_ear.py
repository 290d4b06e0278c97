"""Cat ear: studio headphones with glowing cat ears on the band."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import glow, phones
from vtuber.design.craft.phones import INK, Phones
from vtuber.design.craft.solid import SIDES, scaled, shade, solid
from vtuber.design.curves import sided, spline
from vtuber.design.look import Look

BESIDE = {"ears": ("human",)}

INNER = ((0.34, -1.56), (0.44, -1.80), (0.60, -1.98), (0.80, -2.10))
OUTER = ((0.80, -2.10), (0.92, -1.88), (0.97, -1.60), (0.94, -1.20))


def draw(look: Look, board: Board) -> None:
    style = Phones(look.accent, INK, INK.light(0.2), glow.neon(look), band=1.05)
    for name, side in SIDES:
        # before the band: the foot of an ear is hidden by it
        sheet = board.layer(
            f"cat_ear_{name}", "accessory", mesh=(4, 4), depth=0.0, place="headwear"
        )
        _ear(look, sheet, style, side)
    phones.draw(look, board, style)


def _ear(look: Look, sheet: Sheet, style: Phones, side: float) -> None:
    ear = sided(curves.joined(spline(INNER), spline(OUTER)[1:]), side)
    with solid(sheet, look, style.shell, ear):
        shade(sheet, ear, style.shell.shade(1.0), -0.06, -0.01)
    hollow = scaled(ear, 0.60) + np.array([0.0, 0.015])
    with solid(sheet, look, INK, hollow, weight=0.8):
        glow.shine(sheet, hollow, style.light, 0.10, closed=True)
        inner = scaled(hollow, 0.72)
        sheet.stroke(inner, style.light, 0.040, closed=True)
        sheet.stroke(inner, glow.bright(style.light), 0.016, closed=True)
