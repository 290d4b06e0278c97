"""Coily: a crown of round tight coils, a soft scalloped edge over the brow."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import coils, fringe, hair
from vtuber.design.craft.coils import Ball
from vtuber.design.craft.hats import Cover
from vtuber.design.curves import spline
from vtuber.design.look import Look

BESIDE = {
    "back_hair": ("afro", "corkscrews", "cropped", "curls", "puffs"),
    "side_hair": ("coily", "corkscrews"),
}
ODDS = 1.0

# rows from the crown to the brow: height in the middle, half width, fall at the ends, coils, radius
ROWS = (
    (-1.46, 0.52, 0.12, 5, 0.22),
    (-1.30, 0.86, 0.30, 7, 0.22),
    (-1.10, 1.02, 0.42, 8, 0.21),
    (-0.90, 1.05, 0.50, 9, 0.19),
    (-0.79, 1.06, 0.62, 10, 0.155),
)
# a few that fall out of line: onto the brow, more on one side, and before the ears
LOOSE = ((0.30, -0.65, 0.12), (0.54, -0.62, 0.12), (0.82, -0.38, 0.12), (-0.10, -0.70, 0.12),
         (-0.46, -0.65, 0.11), (-0.86, -0.32, 0.12))  # fmt: skip
TEMPLES = ((1.06, 0.04, 0.13), (-1.05, 0.02, 0.13), (1.02, 0.20, 0.10), (-1.01, 0.18, 0.10))
HAIRLINE = ((1.12, -0.03), (0.93, -0.40), (0.5, -0.66), (0.0, -0.72), (-0.5, -0.66),
            (-0.93, -0.40), (-1.12, -0.03))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    draw_under(look, board, None)


def draw_under(look: Look, board: Board, cover: Cover | None) -> None:
    """Draw it as it is, or as it lies under a hat."""
    balls = coils.kept(_balls(look), cover)
    cap = curves.joined(fringe.dome(1.10, 1.30), spline(HAIRLINE)[1:-1])
    tone = look.skin.skin_shade()
    if cover is None:
        shadow = board.layer("hair_shadow", depth=0.27, clip="face")
        for shape in (cap, *(curves.ellipse((u, v), r, r) for u, v, r in balls)):
            shadow.fill(curves.moved(shape, 0.024, 0.06), tone)
    sheet = board.layer("front_hair", depth=0.40, group="front_hair")
    sheet.fill(cap, hair.ink(look, 0.6))
    coils.draw_cloud(sheet, look, balls, 0.0, "coily", tight=True, glint=(-1.34, -0.80))
    coils.round_off(sheet, look, (0.0, -0.75), 1.15)


def _balls(look: Look) -> list[Ball]:
    rng = look.rng("front_hair")
    balls = list(TEMPLES)
    for top, half, fall, count, radius in ROWS:
        for place in np.linspace(-1.0, 1.0, count):
            u = half * place + rng.uniform(-0.03, 0.03)
            v = top + fall * place**2 + rng.uniform(-0.03, 0.03)
            balls.append((float(u), float(v), float(radius * rng.uniform(0.86, 1.12))))
    for u, v, r in LOOSE:
        du, dv = rng.uniform(-0.03, 0.03, 2)
        balls.append((u + float(du), v + float(dv), r))
    return balls
