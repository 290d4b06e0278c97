"""Maid: a frilled white headdress from temple to temple, edged with ribbon."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import hats, trinket
from vtuber.design.craft.solid import SIDES, solid
from vtuber.design.curves import Points
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
BESIDE = {"outfit": ("dress", "gothic", "maid"), "horns": ()}

WHITE = Colour(0.975, 0.010, 285.0)
FRILLS = 13


def draw(look: Look, board: Board) -> None:
    low = _arc(1.08, 1.20)
    hats.cast(look, board, low, 0.06, "maid_shadow")
    sheet = board.layer("maid_headdress", "headwear", depth=0.20)
    _frill(look, sheet)
    band = hats.band(_arc(1.13, 1.42), low)
    with solid(sheet, look, WHITE, band):
        sheet.shadow(curves.moved(band, 0.0, 0.16), WHITE.pale_shade())
        for k in (0.34, 0.66):
            line = _arc(1.13, 1.42) * k + low * (1 - k)
            sheet.line(line, look.accent, 0.032, 0.05, 0.05)
    for name, side in SIDES:
        at, tilt = (1.04 * side, -0.78), 70.0 * side
        trinket.tied(
            look, board, f"maid_bow_{name}", (3, 4), 0.30, at, 0.23, look.accent, tilt, 1.3
        )


def _arc(wide: float, high: float) -> Points:
    return curves.ellipse((0.0, -0.12), wide, high, 208, 332)


def _frill(look: Look, sheet: Sheet) -> None:
    """Draw scallops that stand up from the band, fullest in the middle."""
    t = np.linspace(0.0, 1.0, 240)
    foot, top = _even(_arc(1.10, 1.34)), _even(_arc(1.20, 1.72))
    wave = np.abs(np.sin(np.pi * FRILLS * t)) ** 0.55
    full = np.sin(np.pi * t) ** 0.45
    edge = foot + (top - foot) * (full * (0.70 + 0.30 * wave))[:, None]
    shape = hats.band(edge, foot)
    with solid(sheet, look, WHITE, shape):
        inner = foot + (top - foot) * (full * (0.52 + 0.22 * wave))[:, None]
        sheet.shadow(hats.band(inner, foot), WHITE.pale_shade())
        for i in range(1, FRILLS):
            k = round(i / FRILLS * 239)
            pleat = np.array([edge[k], foot[k] * 0.4 + edge[k] * 0.6, foot[k]])
            sheet.line(pleat, look.pen(WHITE), look.line * 0.8, 0.2, 0.8)


def _even(curve: Points) -> Points:
    t, at = curves.parameter(curve), np.linspace(0.0, 1.0, 240)
    return np.column_stack([np.interp(at, t, curve[:, 0]), np.interp(at, t, curve[:, 1])])
