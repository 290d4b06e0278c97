"""Layered: two overlapping tufts a side, the outer flicked out at the jaw, the inner shorter."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

OUTER = (
    ((0.78, -0.95), (0.95, -0.35), (0.98, 0.25), (0.98, 0.68), (1.05, 1.10)),
    ((1.00, -0.95), (1.15, -0.40), (1.19, 0.20), (1.17, 0.65), (1.30, 1.06)),
)
INNER = (
    ((0.66, -0.95), (0.88, -0.42), (0.92, 0.08), (0.88, 0.46), (0.76, 0.86)),
    ((0.86, -1.00), (1.04, -0.42), (1.09, 0.12), (1.07, 0.52), (0.93, 0.98)),
)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        end = 1.0 if side > 0 else 0.94
        for part, guides, clumps in (("outer", OUTER, 3), ("inner", INNER, 3)):
            left, right = between(guides, side, end)
            mass = Mass(
                f"layered/{part}/{name}", left, right, clumps, cut=0.22, ragged=0.12,
                lean=0.7 * side if part == "outer" else -0.7 * side, strands=0.8,
            )  # fmt: skip
            draw_mass(sheet, look, mass)
