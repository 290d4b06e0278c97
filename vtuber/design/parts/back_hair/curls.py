"""Curls: a big round mass of loose curls down to the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import tails
from vtuber.design.craft.curls import draw_cloud
from vtuber.design.craft.tails import sides
from vtuber.design.look import Look

# u, v, radius of the curls on one side, those behind first
CURLS = (
    (1.05, -0.75, 0.30), (1.22, -0.35, 0.32), (1.36, 0.08, 0.34), (1.46, 0.56, 0.36),
    (1.50, 1.06, 0.36), (1.42, 1.54, 0.34), (1.18, 1.90, 0.32), (0.86, 1.70, 0.30),
    (1.02, -0.15, 0.30), (1.10, 0.34, 0.32), (1.12, 0.82, 0.33), (1.06, 1.26, 0.32),
    (0.80, 1.36, 0.24),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    tails.skull(sheet, look, tails.PINNED_UP)
    rng = look.rng("curls")
    balls = [
        (u * side + rng.uniform(-0.04, 0.04), v + rng.uniform(-0.05, 0.05), r * rng.uniform(0.9, 1.1))
        for u, v, r in CURLS
        for _, side in sides()
    ]
    draw_cloud(sheet, look, [(float(u), float(v), float(r)) for u, v, r in balls], 0.4, "curls")
