"""Beanie: a knitted cap with a ribbed cuff and a fluffy bobble."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import Points, spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "casual", "hoodie", "jacket", "sweater")}

COVER = hats.SNUG  # under it the hair lies flat
LOW = ((-1.19, -0.56), (-0.86, -0.76), (-0.40, -0.88), (0.0, -0.91), (0.40, -0.88), (0.86, -0.76),
       (1.19, -0.56))  # fmt: skip
HIGH = ((-1.20, -0.88), (-0.88, -1.08), (-0.40, -1.21), (0.0, -1.24), (0.40, -1.21), (0.88, -1.08),
        (1.20, -0.88))  # fmt: skip
DOME = ((-1.17, -0.84), (-1.14, -1.22), (-0.90, -1.56), (-0.50, -1.78), (0.0, -1.86), (0.50, -1.78),
        (0.90, -1.56), (1.14, -1.22), (1.17, -0.84))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    wool, cuff = look.accent.shade(0.35), look.accent.light(0.75)
    low, high = spline(LOW), spline(HIGH)
    hats.cast(look, board, low)
    sheet = hats.layer(board)
    _bobble(look, sheet, cuff)
    dome = curves.joined(spline(DOME), high[::-1])
    with solid(sheet, look, wool, dome):
        shade(sheet, dome, wool.shade(1.0), -0.18, -0.08)
        for u in np.linspace(-0.95, 0.95, 9):
            rib = spline(
                [(u * 0.18, -1.86), (u * 0.72, -1.58), (u * 1.02, -1.20), (u * 1.08, -0.90)]
            )
            sheet.line(rib, look.pen(wool).mixed(wool, 0.35), look.line * 0.8, 0.3, 0.1)
            sheet.line(curves.moved(rib, 0.03, 0.0), wool.light(0.5), 0.03, 0.6, 0.4, alpha=0.5)
    band = hats.band(high, low)
    with solid(sheet, look, cuff, band):
        sheet.shadow(curves.moved(band, 0.80, 0.02), cuff.shade(0.9))
        sheet.shadow(curves.moved(band, 0.0, 0.24), cuff.shade(0.7), 0.7)
        for k in np.linspace(0.02, 0.98, 26):
            rib = np.array(
                [_at(high, k), (_at(high, k) + _at(low, k)) / 2 + (0.012, 0), _at(low, k)]
            )
            sheet.line(rib, look.pen(cuff).mixed(cuff, 0.3), look.line * 0.8, 0.25, 0.25)


def _bobble(look: Look, sheet: Sheet, wool: Colour) -> None:
    rng = look.rng("bobble")
    angles = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    around = 0.29 + 0.035 * np.abs(np.sin(angles * 8)) + rng.uniform(-0.012, 0.012, 64)
    ball = np.column_stack([around * np.cos(angles), -2.02 + around * np.sin(angles)])
    with solid(sheet, look, wool, ball):
        shade(sheet, ball, wool.shade(0.9), -0.09, -0.10)
        for a, r in zip(rng.uniform(0, 6.28, 22), rng.uniform(0.05, 0.26, 22), strict=True):
            u, v = r * np.cos(a), -2.02 + r * np.sin(a)
            hair = spline(
                [(u, v), (u + 0.03 * np.cos(a), v + 0.05), (u + 0.05 * np.cos(a), v + 0.08)]
            )
            sheet.line(hair, look.pen(wool).mixed(wool, 0.4), look.line * 0.7)


def _at(curve: Points, place: float) -> Points:
    at: Points = curve[round(place * (len(curve) - 1))]
    return at
