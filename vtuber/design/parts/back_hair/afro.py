"""Afro: a great round halo of tight coils about the whole head."""

from __future__ import annotations

import numpy as np

from vtuber.design.board import Board
from vtuber.design.craft import tails
from vtuber.design.craft.curls import draw_cloud
from vtuber.design.look import Look

MIDDLE, ACROSS, HIGH = (0.0, -0.42), 1.50, 1.56  # the halo's half axes
RINGS = ((1.0, 30, 0.19), (0.84, 25, 0.20), (0.66, 20, 0.20))  # of the axes, coils, radius


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.40, group="back_hair")
    rng = look.rng("afro")
    tails.skull(sheet, look, tails.PINNED_UP)
    balls = []
    for part, count, radius in RINGS:
        for angle in np.linspace(0.0, 2 * np.pi, count, endpoint=False) + rng.uniform(0, 1):
            reach = part + rng.uniform(-0.04, 0.04)
            u = MIDDLE[0] + ACROSS * reach * np.cos(angle)
            v = MIDDLE[1] + HIGH * reach * np.sin(angle)
            balls.append((float(u), float(v), float(radius * rng.uniform(0.85, 1.15))))
    draw_cloud(sheet, look, balls, 0.45, "afro", tight=True)
    tails.deepen(sheet, look)
