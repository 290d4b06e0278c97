"""One-sided: a full fall of hair to the collar on one side, the other tucked behind the ear."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.tails import Mass, between, draw_mass
from vtuber.design.look import Look
from vtuber.design.parts.side_hair import tucked

FALL = (
    ((0.56, -1.05), (0.80, -0.50), (0.88, 0.10), (0.86, 0.65), (0.80, 1.20), (0.86, 1.78)),
    ((1.00, -1.00), (1.18, -0.45), (1.25, 0.15), (1.24, 0.75), (1.22, 1.30), (1.30, 1.70)),
)
FRONT = (
    ((0.56, -1.05), (0.78, -0.50), (0.83, 0.05), (0.78, 0.50), (0.66, 0.98)),
    ((0.80, -1.05), (0.98, -0.50), (1.03, 0.05), (1.00, 0.55), (0.86, 1.12)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("side_hair_left", depth=0.15, group="side_hair")
    for name, guides, clumps, lean in (("fall", FALL, 4, 0.3), ("front", FRONT, 2, -0.7)):
        left, right = between(guides, 1.0)
        mass = Mass(f"one_sided/{name}", left, right, clumps, cut=0.18, ragged=0.09, lean=lean)
        draw_mass(sheet, look, mass)
    tucked.draw_side(look, board, "right", -1.0)
