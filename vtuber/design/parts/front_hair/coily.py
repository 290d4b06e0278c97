"""Coily: a crown of round tight coils, a soft scalloped edge over the brow."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import fringe, hair
from vtuber.design.craft.curls import draw_cloud
from vtuber.design.curves import Points, spline
from vtuber.design.look import Look

BESIDE = {"back_hair": ("afro", "curls", "buns"), "side_hair": ("ringlets", "sideburns")}
ODDS = 0.7

# rows from the crown to the brow: height in the middle, half width, fall at the ends, coils, radius
ROWS = (
    (-1.46, 0.52, 0.12, 5, 0.22),
    (-1.30, 0.86, 0.30, 7, 0.22),
    (-1.10, 1.02, 0.42, 8, 0.21),
    (-0.90, 1.05, 0.50, 9, 0.20),
    (-0.70, 1.06, 0.62, 10, 0.17),
)
TEMPLES = ((1.06, 0.04, 0.13), (-1.05, 0.02, 0.13), (1.02, 0.20, 0.10), (-1.01, 0.18, 0.10))
HAIRLINE = ((1.12, -0.03), (0.92, -0.36), (0.5, -0.60), (0.0, -0.66), (-0.5, -0.60),
            (-0.92, -0.36), (-1.12, -0.03))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    balls = _balls(look)
    cap = curves.joined(fringe.dome(1.10, 1.30), spline(HAIRLINE)[1:-1])
    tone = look.skin.skin_shade()
    shadow = board.layer("hair_shadow", depth=0.27, clip="face")
    for shape in (cap, *(curves.ellipse((u, v), r, r) for u, v, r in balls)):
        shadow.fill(curves.moved(shape, 0.024, 0.06), tone)
    sheet = board.layer("front_hair", depth=0.40, group="front_hair")
    sheet.fill(cap, hair.ink(look, 0.6))
    draw_cloud(sheet, look, balls, 0.0, "coily", tight=True)
    _gloss(look, board, cap)


def _balls(look: Look) -> list[tuple[float, float, float]]:
    rng = look.rng("front_hair")
    balls = list(TEMPLES)
    for top, half, fall, count, radius in ROWS:
        for place in np.linspace(-1.0, 1.0, count):
            u = half * place + rng.uniform(-0.03, 0.03)
            v = top + fall * place**2 + rng.uniform(-0.03, 0.03)
            balls.append((float(u), float(v), float(radius * rng.uniform(0.86, 1.12))))
    return balls


def _gloss(look: Look, board: Board, cap: Points) -> None:
    sheet, lit = board.sheets["front_hair"], look.hair.light(0.7)
    rng = look.rng("gloss")
    with sheet.clip(cap):
        for u in np.linspace(-0.72, 0.62, 9):
            at = (float(u), -1.04 + 0.27 * float(u) ** 2 + float(rng.uniform(-0.04, 0.04)))
            bow = curves.ellipse(at, 0.085, 0.05, 195, 320)
            sheet.line(bow, lit, look.line * 1.8, 0.6, 0.6, alpha=0.75)
