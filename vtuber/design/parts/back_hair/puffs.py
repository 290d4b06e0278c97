"""Puffs: two round clouds of coils high on the sides, each in a ruffled band."""

from __future__ import annotations

import numpy as np

from vtuber.design.board import Board
from vtuber.design.craft import coils, nape
from vtuber.design.craft.coils import Ball
from vtuber.design.craft.curls import draw_tie
from vtuber.design.craft.tails import sides
from vtuber.design.look import Look

SUITS = (0.5, 1.0)
BESIDE = {
    "front_hair": ("coily", "cornrows"),
    "side_hair": ("coily", "corkscrews"),
    "ears": ("human", "elf", "fins"),
    "horns": (),
    "hat": ("crown", "top_hat"),
    "headphones": ("neck",),
    "ahoge": (),
}

MIDDLE, RADIUS = (1.20, -1.22), 0.64
RINGS = ((1.0, 15, 0.17), (0.68, 9, 0.18), (0.30, 4, 0.18))  # of the radius, coils, radius


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.UP)
    for name, side in sides():
        puff = board.layer(f"puff_{name}", "back_hair", depth=-0.20, group="back_hair")
        middle = (MIDDLE[0] * side, MIDDLE[1])
        coils.draw_cloud(puff, look, _balls(look, name, side), 0.15, f"puffs/{name}", tight=True)
        coils.round_off(puff, look, middle, 0.92)
        at = ((MIDDLE[0] - 0.42) * side, MIDDLE[1] + 0.36)
        draw_tie(puff, look, at, 0.34, 0.11, 0.72 * side)


def _balls(look: Look, name: str, side: float) -> list[Ball]:
    rng = look.rng(f"puffs/{name}/coils")
    balls = []
    for part, count, radius in RINGS:
        for angle in np.linspace(0, 2 * np.pi, count, endpoint=False) + rng.uniform(0, 1):
            reach = RADIUS * part * rng.uniform(0.92, 1.06)
            u, v = MIDDLE[0] + reach * np.cos(angle), MIDDLE[1] + 0.95 * reach * np.sin(angle)
            balls.append((float(u) * side, float(v), float(radius * rng.uniform(0.88, 1.12))))
    return balls
