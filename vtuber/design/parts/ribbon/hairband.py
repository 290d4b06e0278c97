"""Hairband: a broad satin band over the crown with a small flat bow to one side."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import coils, hats, trinket
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
SIDE = 1.0  # of its bow
ODDS = 0.7  # of being rolled, beside a common style
BESIDE = {"horns": ()}


def draw(look: Look, board: Board) -> None:
    low = curves.ellipse((0.0, -0.10), 1.10, 1.21, 196, 344)
    hats.cast(look, board, low, 0.06, "hairband_shadow")
    sheet = board.layer("hairband", "headwear", depth=0.30)
    _band(look, sheet)
    if coils.is_deep(look):
        coils.bury(sheet, look, curves.ellipse((0.0, -0.10), 1.14, 1.37, 192, 348), 0.10)
    satin, at = look.accent.light(0.35), (0.66, -1.20)
    trinket.tied(look, board, "hairband_bow", (4, 3), 0.36, at, 0.30, satin, 30.0, 0.6)


def _band(look: Look, sheet: Sheet) -> None:
    cloth = look.accent
    high = curves.ellipse((0.0, -0.10), 1.165, 1.50, 186, 354)
    low = curves.ellipse((0.0, -0.10), 1.12, 1.24, 186, 354)
    band = hats.band(high, low)
    sheet.stroke(band, look.pen(cloth), look.line * 1.6, closed=True)
    sheet.fill(band, cloth)
    with sheet.clip(band):
        sheet.shadow(curves.moved(hats.band(high, low), 0.0, 0.17), cloth.shade(0.9))
        sheet.shadow(curves.moved(curves.cut(high, 0.62, 1.0), 0.0, 0.08), cloth.shade(1.0), 0.8)
        lit = (high * 0.62 + low * 0.38)[16:36]
        sheet.line(lit, cloth.light(0.9), 0.07, 0.7, 0.7, alpha=0.8)
