"""Cropped: a close cap of tight coils that ends round at the nape."""

from __future__ import annotations

import numpy as np

from vtuber.design.board import Board
from vtuber.design.craft import coils, nape
from vtuber.design.craft.hats import Cover
from vtuber.design.look import Look

ODDS = 0.4  # of being rolled, beside a common style
BESIDE = {"front_hair": ("coily",), "side_hair": (), "ahoge": ()}

MIDDLE, ACROSS, HIGH = (0.0, -0.36), 1.14, 1.24
# of the axes, coils, radius; from ear over the crown to ear, then the nape
RINGS = ((1.0, 22, 0.17), (0.86, 18, 0.18))
NAPE = ((0.96, 0.42, 0.16), (0.84, 0.64, 0.15), (0.68, 0.82, 0.14), (0.50, 0.94, 0.13),
        (0.28, 1.01, 0.12), (0.08, 1.03, 0.12))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    draw_under(look, board, None)


def draw_under(look: Look, board: Board, cover: Cover | None) -> None:
    """Draw it as it is, or as it lies under a hat."""
    sheet = board.layer("back_hair", depth=-0.42, group="back_hair")
    nape.skull(sheet, look, nape.UP)
    rng = look.rng("cropped")
    balls = []
    for part, count, radius in RINGS:
        for angle in np.radians(np.linspace(-212, 32, count)):
            reach = part + rng.uniform(-0.03, 0.03)
            u, v = ACROSS * reach * np.cos(angle), MIDDLE[1] + HIGH * reach * np.sin(angle)
            balls.append((float(u), float(v), float(radius * rng.uniform(0.88, 1.12))))
    for u, v, r in NAPE:
        balls += [(u * side, v + float(rng.uniform(-0.03, 0.03)), r) for side in (1.0, -1.0)]
    coils.draw_cloud(sheet, look, coils.kept(balls, cover), 0.45, "cropped", tight=True)
    coils.round_off(sheet, look, MIDDLE, 1.35)
    nape.deepen(sheet, look)
