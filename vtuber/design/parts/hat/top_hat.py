"""Top hat: a small tall hat perched on one side, with a band and a feather."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import behind, hats
from vtuber.design.craft.solid import shade, solid, turned
from vtuber.design.curves import Points, spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("gothic", "idol", "mage", "suit")}

COVER = None  # the hair stays as it is
SILK = Colour(0.30, 0.030, 290.0)
AT, TILT = (-0.48, -1.36), -17.0
CROWN = ((-0.38, 0.0), (-0.36, -0.30), (-0.42, -0.66))


def draw(look: Look, board: Board) -> None:
    def placed(points: Points) -> Points:
        return curves.moved(turned(points, TILT), *AT)

    silk = SILK.mixed(look.cloth.shade(1.5), 0.3)
    brim = curves.ellipse((0.0, 0.0), 0.66, 0.16)
    hats.cast(look, board, placed(curves.ellipse((0.0, 0.0), 0.62, 0.15, 175, 5)), 0.07)
    sheet = hats.layer(board)
    with solid(sheet, look, silk, placed(brim)):
        shade(sheet, placed(brim), silk.shade(1.4), 0.0, -0.05)
        sheet.line(placed(curves.ellipse((0.0, 0.0), 0.62, 0.13, 170, 235)), silk.light(0.9), 0.025)
    left = spline(CROWN)
    top, foot = (
        curves.ellipse((0.0, -0.66), 0.42, 0.10),
        curves.ellipse((0.0, 0.0), 0.38, 0.10, 0, 180),
    )
    crown = curves.joined(left, curves.mirrored(left)[::-1], foot)
    plume = placed(behind.leaf((0.30, -0.12), (0.66, -0.86), 0.13, -0.10, 0.2))
    tint = look.accent.light(0.8)
    behind.feather(sheet, look, tint, look.pen(tint), look.accent, plume)
    with solid(sheet, look, silk, placed(crown), placed(top)):
        shade(sheet, placed(crown), silk.shade(1.4), -0.14, 0.0)
        glow = placed(np.array([(-0.29, -0.52), (-0.26, -0.25)]))
        sheet.line(glow, silk.light(0.9), 0.05, 0.6, 0.6, alpha=0.8)
        low = curves.ellipse((0.0, -0.01), 0.385, 0.10, 0, 180)
        band = placed(hats.band(curves.moved(low, 0.0, -0.17), low))
        sheet.fill(band, look.accent)
        with sheet.clip(band):
            shade(sheet, placed(crown), look.accent.shade(1.2), -0.14, 0.0)
    with solid(sheet, look, silk.light(0.25), placed(top), pen=look.pen(silk), weight=0.9):
        pass
