"""Unicorn: one long spiral horn on the brow, pearly, in the colours of the tips."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.colour import Colour
from vtuber.design.craft import furry
from vtuber.design.craft.solid import solid
from vtuber.design.look import Look

PEARL = Colour(0.96, 0.020, 320.0)
FOOT, TIP, HALF, TURNS = (0.02, -0.80), (0.06, -2.02), 0.135, 7
TUFT = (
    ((-0.16, -0.62), (-0.14, -0.76), (-0.12, -0.86), (-0.17, -0.98)),
    ((0.20, -0.62), (0.18, -0.76), (0.16, -0.86), (0.21, -0.98)),
    ((0.00, -0.58), (0.00, -0.74), (0.01, -0.86), (-0.02, -0.98)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("horn", "accessory", depth=0.50, place="headwear", mesh=(3, 6))
    tint = Colour(0.80, 0.10, look.accent.hue_deg)
    spine = np.linspace(FOOT, TIP, 90)
    t = curves.parameter(spine)
    wave = 1 + 0.05 * np.sin(2 * np.pi * TURNS * t**0.85)
    horn = curves.ribbon(spine, HALF * (1 - t) ** 0.85 * wave * np.minimum(0.4 + t * 9, 1.0))
    fill = linear(FOOT, TIP, [(0.0, PEARL, 1.0), (0.5, PEARL, 1.0), (1.0, tint.light(0.5), 1.0)])
    with solid(sheet, look, fill, horn, pen=look.pen(PEARL)):
        dark = spine + np.array([0.05, 0.0]) * (1 - t)[:, None]
        shade = PEARL.shade(0.7).mixed(tint, 0.35)
        sheet.shadow(curves.joined(dark, curves.moved(spine, 0.4, 0.0)[::-1]), shade, 0.8)
        for i in range(TURNS):
            at = ((i + 0.75) / TURNS) ** (1 / 0.85)
            u, v = (np.array(FOOT) + (np.array(TIP) - FOOT) * at).tolist()
            wide = HALF * (1 - at) ** 0.85 * 1.1
            turn = curves.spline([(u - wide, v + 0.05), (u, v + 0.02), (u + wide, v - 0.08)])
            sheet.line(turn, look.pen(PEARL), look.line * 0.9, 0.2, 0.2)
        glint = curves.cut(spine - np.array([0.055, 0.0]) * (1 - t)[:, None], 0.1, 0.7)
        sheet.line(glint, PEARL.light(1.5), 0.035, 0.4, 1.0)
    over = board.layer("horn_tuft", "front_hair", depth=0.42, mesh=(4, 4), place="headwear")
    for path in TUFT:
        furry.lock(look, over, list(path), 0.05, 1.0, False)
