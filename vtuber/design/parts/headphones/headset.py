"""Headset: a light gaming headset with a microphone on a boom by the mouth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import glow, phones
from vtuber.design.craft.phones import INK, Phones
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import spline
from vtuber.design.look import Look

BESIDE = {"ears": ("human",)}

BOOM = ((-1.24, 0.26), (-1.20, 0.62), (-1.00, 0.88), (-0.62, 0.93))


def draw(look: Look, board: Board) -> None:
    style = Phones(INK, INK.light(0.55), INK.light(0.3), glow.neon(look), size=0.86, band=0.72)
    phones.draw(look, board, replace(style, trim=look.accent))
    sheet = board.layer("microphone", "accessory", mesh=(6, 6), depth=0.18)
    boom = spline(BOOM, 20)
    with solid(sheet, look, INK, curves.ribbon(boom, np.full(len(boom), 0.026))):
        lit = curves.moved(boom, -0.006, -0.008)
        sheet.line(lit, INK.light(1.0), 0.014, 0.2, 0.2)
    foam = curves.closed_spline([(-0.70, 0.88), (-0.60, 0.84), (-0.48, 0.87), (-0.44, 0.935),
                                 (-0.49, 1.00), (-0.61, 1.02), (-0.70, 0.98)])  # fmt: skip
    with solid(sheet, look, INK.light(0.25), foam, pen=look.pen(INK)):
        shade(sheet, foam, INK, -0.03, -0.05)
        sheet.line(spline([(-0.64, 0.885), (-0.58, 0.87), (-0.51, 0.885)]), INK.light(1.2), 0.018)
    sheet.stroke([(-0.715, 0.885), (-0.715, 0.975)], look.pen(INK), 0.065)
    sheet.stroke([(-0.715, 0.885), (-0.715, 0.975)], style.light, 0.034)
