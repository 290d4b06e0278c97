"""Neck: headphones taken off and hung around the neck."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import glow
from vtuber.design.craft.phones import INK
from vtuber.design.craft.solid import SIDES, shade, solid, turned
from vtuber.design.curves import Points, closed_spline, moved, sided, spline
from vtuber.design.look import Look

BAND = ((-0.62, 1.66), (-0.58, 1.42), (-0.40, 1.22), (0.0, 1.14), (0.40, 1.22), (0.58, 1.42),
        (0.62, 1.66))  # fmt: skip
CUP = ((-0.20, -0.22), (0.0, -0.28), (0.20, -0.22), (0.26, 0.0), (0.20, 0.22), (0.0, 0.28),
       (-0.20, 0.22), (-0.26, 0.0))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    # on the collar, behind neck and chin; the hair that falls forward lies over it
    behind = board.layer("neckband", "item", depth=-0.2, mesh=(6, 4), place="back_hair")
    band = spline(BAND)
    with solid(behind, look, look.accent, curves.ribbon(band, np.full(len(band), 0.075))):
        behind.shadow(moved(curves.ribbon(band, np.full(len(band), 0.075)), 0.0, 0.08),
                      look.accent.shade(1.2))  # fmt: skip
    sheet = board.layer("neck_cups", "item", depth=0.25, mesh=(8, 4), place="ear")
    for _, side in SIDES:
        _cup(look, sheet, side)


def _cup(look: Look, sheet: Sheet, side: float) -> None:
    def placed(points: Points, grow: float = 1.0) -> Points:
        return sided(moved(turned(points * grow, 24.0), 0.60, 1.80), side)

    around = closed_spline(list(CUP))
    pad = moved(placed(around, 1.02), -0.075 * side, -0.055)
    yoke = sided(spline([(0.60, 1.46), (0.66, 1.60), (0.72, 1.74)]), side)
    with solid(sheet, look, INK.light(0.45), pad, pen=look.pen(INK)):
        shade(sheet, pad, INK.light(0.1), -0.05, -0.05)
    with solid(sheet, look, INK, curves.ribbon(yoke, np.full(len(yoke), 0.06))):
        sheet.line(moved(yoke, -0.015, 0.0), INK.light(0.9), 0.02)
    shell = placed(around)
    with solid(sheet, look, look.accent, shell):
        shade(sheet, shell, look.accent.shade(1.0), -0.07, -0.07)
    face = placed(around, 0.66)
    with solid(sheet, look, INK, face, weight=0.8):
        ring = placed(around, 0.42)
        light = glow.neon(look)
        glow.shine(sheet, ring, light, 0.06, closed=True)
        sheet.stroke(ring, light, 0.036, closed=True)
        sheet.stroke(ring, glow.bright(light), 0.014, closed=True)
    gloss = moved(spline([(-0.17, -0.10), (-0.10, -0.19), (0.02, -0.23)]), 0.60 * side, 1.80)
    sheet.line(gloss, look.accent.light(1.2), 0.03, 0.7, 0.7)
