"""Coily: clusters of tight coils before the ears, down to the jaw."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import coils
from vtuber.design.craft.tails import sides
from vtuber.design.look import Look

BESIDE = {"front_hair": ("coily",), "back_hair": ("corkscrews", "curls", "puffs")}

# u, v, radius, those behind first
COILS = (
    (1.06, -0.72, 0.20), (1.12, -0.44, 0.19), (1.20, -0.20, 0.18), (1.22, 0.06, 0.18),
    (1.20, 0.32, 0.17), (1.16, 0.58, 0.15), (1.10, 0.80, 0.12), (1.02, -0.30, 0.16),
    (1.06, -0.04, 0.17), (1.03, 0.20, 0.15), (1.04, 0.42, 0.15), (1.02, 0.64, 0.12),
    (1.05, 0.84, 0.09),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        rng = look.rng(f"side_hair/{name}")
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        end = 1.0 if side > 0 else 0.93
        balls = []
        for u, v, r in COILS:
            du, dv = rng.uniform(-0.025, 0.025, 2)
            grown = float(r * rng.uniform(0.92, 1.08))
            balls.append(((u + float(du)) * side, v * (end if v > 0 else 1.0) + float(dv), grown))
        coils.draw_cloud(sheet, look, balls, 0.1, f"side/{name}", tight=True)
