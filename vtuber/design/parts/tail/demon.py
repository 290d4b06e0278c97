"""Demon: a thin whip of a tail with a glossy spade at its end."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import behind
from vtuber.design.craft.horn import DARK
from vtuber.design.craft.solid import shade, solid, turned
from vtuber.design.curves import moved, spline
from vtuber.design.look import Look

BESIDE = {"ears": ("human", "elf")}

SPINE = ((0.60, 3.40), (1.40, 3.02), (2.00, 2.60), (2.12, 2.05), (1.80, 1.56), (1.58, 1.08),
         (1.72, 0.66), (1.96, 0.44))  # fmt: skip
# half of the spade, pointing up; its root at the origin
SPADE = ((0.0, -0.52), (0.05, -0.36), (0.20, -0.18), (0.24, -0.02), (0.15, 0.07), (0.05, 0.03),
         (0.0, -0.02))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "grown_tail")
    body = DARK.mixed(look.accent, 0.18)
    spine = behind.spread(look, spline(SPINE, 24), 1.0)
    t = curves.parameter(spine)
    whip = curves.ribbon(spine, 0.075 * (1 - 0.5 * t))
    half = curves.joined(spline(SPADE[:4]), spline(SPADE[3:])[1:])
    spade = moved(turned(curves.symmetric(half), 42.0), *map(float, spine[-1]))
    with solid(sheet, look, body, whip):
        lit = curves.moved(curves.cut(spine, 0.1, 0.95), -0.015, -0.02)
        sheet.line(lit, body.light(0.8), 0.024, 0.4, 0.4, alpha=0.85)
        sheet.shadow(curves.moved(whip, 0.045, 0.03), body.shade(1.2), 0.6)
    glow = DARK.mixed(look.accent, 0.8)
    with solid(sheet, look, glow, spade):
        shade(sheet, spade, glow.shade(1.3), -0.06, -0.05)
        keel = np.array([spade.mean(axis=0), spine[-1]])
        sheet.line(keel, look.pen(glow), look.line * 0.9, 1.0, 0.1)
        shine = moved(turned(spline([(-0.13, -0.02), (-0.11, -0.14), (-0.04, -0.26)]), 42.0),
                      *map(float, spine[-1]))  # fmt: skip
        sheet.line(shine, glow.light(1.2), 0.045, 0.6, 0.6)
