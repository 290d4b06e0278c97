"""Straw: a sun hat with a broad woven brim, a ribbon and a flower."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.craft.trinket import flower
from vtuber.design.curves import spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("cardigan", "casual", "dress", "sailor", "sweater")}

COVER = hats.BRIM  # under it the hair lies flat
WHITE_PETAL = Colour(0.97, 0.012, 80.0)
STRAW = Colour(0.86, 0.085, 85.0)
FRONT = ((-1.92, -0.72), (-1.40, -0.60), (-0.70, -0.66), (0.0, -0.70), (0.70, -0.66), (1.40, -0.60),
         (1.92, -0.76))  # fmt: skip
BACK = ((-1.92, -0.72), (-1.60, -0.96), (-1.05, -1.10), (0.0, -1.16), (1.05, -1.10), (1.60, -0.98),
        (1.92, -0.76))  # fmt: skip
DOME = ((-1.12, -0.98), (-1.10, -1.32), (-0.86, -1.62), (-0.45, -1.78), (0.0, -1.81), (0.45, -1.78),
        (0.86, -1.62), (1.10, -1.32), (1.12, -0.98))  # fmt: skip
LOW = ((-1.14, -0.94), (-0.60, -0.84), (0.0, -0.82), (0.60, -0.84), (1.14, -0.94))
TOP = ((-1.13, -1.18), (-0.60, -1.07), (0.0, -1.05), (0.60, -1.07), (1.13, -1.18))


def draw(look: Look, board: Board) -> None:
    dark = STRAW.shade(1.0)
    under = curves.joined(spline(FRONT), spline([(1.92, -0.76), (1.25, -0.40), (0.0, -0.30),
                                                 (-1.25, -0.38), (-1.92, -0.72)]))  # fmt: skip
    behind = hats.back(board)
    with solid(behind, look, STRAW.shade(1.6), under):
        pass
    hats.cast(look, board, spline(FRONT), 0.16)
    sheet = hats.layer(board)
    brim = curves.joined(spline(FRONT), spline(BACK)[::-1])
    with solid(sheet, look, STRAW, brim):
        shade(sheet, brim, dark, 0.0, -0.07)
        for k in (0.2, 0.4, 0.6, 0.8):
            ring = spline(FRONT) * (1 - k) + spline(BACK) * k
            sheet.line(ring, STRAW.shade(1.5), 0.012, 0.2, 0.2, alpha=0.7)
    dome = curves.joined(spline(DOME), spline(LOW)[::-1])
    with solid(sheet, look, STRAW, dome):
        shade(sheet, dome, dark, -0.18, -0.08)
        for k in range(1, 8):
            v = -0.84 - 0.12 * k
            weave = spline(
                [(-1.2, v - 0.08), (-0.6, v), (0.0, v + 0.02), (0.6, v), (1.2, v - 0.08)]
            )
            sheet.line(weave, STRAW.shade(1.5), 0.012, 0.2, 0.2, alpha=0.7)
        sheet.line(spline([(-0.92, -1.38), (-0.72, -1.58), (-0.44, -1.70)]), STRAW.light(1.0), 0.07)
        band = hats.band(spline(TOP), spline(LOW))
        sheet.fill(band, look.accent)
        with sheet.clip(band):
            shade(sheet, dome, look.accent.shade(1.1), -0.18, -0.08)
        sheet.line(spline(TOP), look.pen(look.accent), look.line, 0.1, 0.1)
    flower(look, sheet, (-0.72, -1.00), 0.24, WHITE_PETAL)
