"""Butterfly: translucent fairy wings with dark rims, veins and pale spots."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import behind
from vtuber.design.craft.solid import scaled
from vtuber.design.curves import Point, Points, closed_spline, spline
from vtuber.design.look import Look

SUITS = (0.4, 1.0)
BESIDE = {"tail": (), "ears": ("human", "elf", "cat", "bunny")}

UPPER = (
    (0.60, 1.30), (0.95, 0.50), (1.30, -0.38), (1.72, -0.98), (2.10, -1.12), (2.25, -0.86),
         (2.22, -0.40), (2.24, 0.00), (2.12, 0.42), (1.90, 0.78), (1.60, 1.02), (1.10, 1.30),
)  # fmt: skip
LOWER = ((0.80, 1.10), (1.30, 0.92), (1.78, 0.92), (2.08, 1.12), (2.15, 1.46), (2.02, 1.72),
         (2.00, 2.00), (1.86, 2.34), (1.66, 2.22), (1.40, 2.10), (0.90, 1.80))  # fmt: skip
UPPER_VEINS: tuple[tuple[Point, ...], ...] = (
    ((0.9, 0.9), (1.45, -0.10), (2.02, -0.90)), ((0.9, 0.9), (1.56, 0.10), (2.12, -0.34)),
    ((0.9, 1.0), (1.58, 0.38), (2.10, 0.16)), ((0.9, 1.1), (1.46, 0.70), (1.86, 0.62)),
)  # fmt: skip
LOWER_VEINS: tuple[tuple[Point, ...], ...] = (
    ((1.0, 1.2), (1.55, 1.14), (2.00, 1.32)), ((1.0, 1.3), (1.52, 1.42), (1.92, 1.66)),
    ((1.0, 1.4), (1.42, 1.70), (1.80, 2.14)),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "wings")
    for side in (1.0, -1.0):
        _wing(look, sheet, LOWER, LOWER_VEINS, side, look.hair_tip)
        _wing(look, sheet, UPPER, UPPER_VEINS, side, look.accent)


def _wing(
    look: Look, sheet: Sheet, around: tuple[Point, ...], veins: tuple[tuple[Point, ...], ...],
    side: float, tint: Colour,
) -> None:  # fmt: skip
    wing = behind.spread(look, closed_spline(list(around)), side)
    rim = Colour(0.30, 0.09, tint.hue_deg).mixed(look.pen(tint), 0.4)
    light = Colour(0.93, 0.055, (tint.hue_deg + 50) % 360)
    inner = scaled(wing, 0.80)
    inner = inner + (wing[0] - inner[0]) * 0.55
    low, high = wing.min(axis=0), wing.max(axis=0)
    stops = [(0.0, light, 0.95), (0.55, tint.light(0.4), 0.85), (1.0, tint, 0.85)]
    glass = linear((float(wing[0, 0]), 1.2), (float(high[0] if side > 0 else low[0]),
                                              float(low[1])), stops)  # fmt: skip
    sheet.fill(wing, rim, 0.95)
    with sheet.clip(wing):
        sheet.erase(inner)
        sheet.fill(inner, glass)
        for vein in veins:
            course = behind.spread(look, spline(list(vein)), side)
            sheet.line(course, rim, 0.045, 0.15, 0.35, alpha=0.9)
        sheen = curves.moved(inner, -0.16, -0.10)
        with sheet.clip(inner), sheet.outside(sheen):
            sheet.fill(inner, light.light(0.8), 0.45)
        _spots(sheet, wing, inner, light)
    sheet.stroke(wing, rim, look.line * 1.2, closed=True)


def _spots(sheet: Sheet, wing: Points, inner: Points, light: Colour) -> None:
    """Dot the rim where it is broad."""
    n = len(wing)
    for i in range(0, n, 7):
        at = (wing[i] + inner[i]) / 2
        room = float(np.linalg.norm(wing[i] - inner[i]))
        if room > 0.12:
            sheet.fill(
                curves.ellipse((float(at[0]), float(at[1])), room * 0.17, room * 0.17), light
            )
