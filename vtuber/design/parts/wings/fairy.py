"""Fairy: four slender dragonfly wings of clear glass, veined and shimmering."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import behind, glow
from vtuber.design.curves import Point
from vtuber.design.look import Look

SUITS = (0.4, 1.0)

BESIDE = {"tail": (), "ears": ("human", "elf", "cat", "bunny")}

# root, tip, half width, bow
WINGS: tuple[tuple[Point, Point, float, float], ...] = (
    ((0.60, 1.75), (2.06, 2.42), 0.24, 0.10),
    ((0.62, 1.60), (2.24, 1.38), 0.28, 0.06),
    ((0.62, 1.45), (2.25, 0.30), 0.32, -0.02),
    ((0.62, 1.30), (1.98, -1.02), 0.33, -0.12),
)


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "wings")
    for side in (1.0, -1.0):
        for wing in WINGS:
            _wing(look, sheet, *wing, side)


def _wing(
    look: Look, sheet: Sheet, root: Point, tip: Point, width: float, bow: float, side: float
) -> None:
    shape = behind.spread(look, behind.leaf(root, tip, width, bow, 0.75), side)
    n = len(shape) // 2
    upper, lower = shape[:n], shape[n:][::-1]
    spine = (upper + lower) / 2
    hue = look.accent.hue_deg
    cool, warm = Colour(0.86, 0.085, hue), Colour(0.90, 0.075, (hue + 90) % 360)
    rim = Colour(0.58, 0.12, hue)
    stops = [(0.0, cool, 0.80), (0.5, warm, 0.70), (0.8, cool, 0.80), (1.0, WHITE, 0.85)]
    glass = linear(curves.point(spine[0]), curves.point(spine[-1]), stops)
    glow.shine(sheet, shape, cool, 0.07, closed=True)
    sheet.fill(shape, glass)
    with sheet.clip(shape):
        for k in (-0.55, 0.0, 0.5):
            vein = spine + (upper - spine) * k
            sheet.line(curves.cut(vein, 0.02, 0.93), rim, 0.018, 0.1, 0.6, alpha=0.8)
        for at in np.arange(0.35, 0.95, 0.10):
            i = int(at * (n - 1))
            for k in (0.9, -0.9):
                cross = np.array([spine[i], spine[min(i + 2, n - 1)] + (upper - spine)[i] * k])
                sheet.line(cross, rim, 0.012, 0.2, 0.8, alpha=0.65)
        lit = curves.joined(upper, (upper + (spine - upper) * 0.35)[::-1])
        sheet.fill(lit, WHITE, 0.35)
    sheet.stroke(shape, rim, look.line * 0.9, closed=True)
