"""Corkscrews: three springy spirals before each ear, from the temple to the collar."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import coils
from vtuber.design.craft.tails import on_side, sides
from vtuber.design.look import Look

SUITS = (0.35, 1.0)
BESIDE = {
    "front_hair": ("coily", "curtain", "veil", "wavy"),
    "back_hair": ("corkscrews", "curls", "puffs", "wavy"),
}

# spine, half width, turns; those behind first
LOCKS = (
    (((1.00, -0.80), (1.16, -0.30), (1.22, 0.20), (1.20, 0.70), (1.26, 1.22)), 0.12, 8.0),
    (((0.92, -0.80), (1.06, -0.35), (1.10, 0.15), (1.04, 0.62), (1.06, 1.00)), 0.105, 8.0),
    (((0.86, -0.80), (0.96, -0.40), (0.98, 0.00), (0.95, 0.38), (0.98, 0.66)), 0.08, 7.5),
)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        rng = look.rng(f"corkscrews/{name}")
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        for path, half, turns in LOCKS:
            spine = on_side(path, side, float(rng.uniform(0.88, 1.06)))
            coils.draw_corkscrew(
                sheet, look, spine, half, turns, side=side, dye=0.4 * look.design.hair.gradient
            )
