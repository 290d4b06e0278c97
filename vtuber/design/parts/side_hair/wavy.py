"""Wavy: soft S-waves beside the face, to below the chin."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

OUTER = (
    ((0.76, -0.95), (0.95, -0.35), (1.00, 0.35), (1.02, 0.95), (1.08, 1.55)),
    ((1.02, -0.95), (1.18, -0.40), (1.26, 0.30), (1.30, 0.95), (1.34, 1.50)),
)
INNER = (
    ((0.64, -0.95), (0.85, -0.42), (0.88, 0.20), (0.86, 0.70), (0.84, 1.20)),
    ((0.86, -1.00), (1.05, -0.42), (1.09, 0.20), (1.07, 0.70), (1.02, 1.25)),
)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        for part, guides, phase in (("outer", OUTER, 0.0), ("inner", INNER, 0.3)):
            left, right = between(guides, side, 1.0 if side > 0 else 0.96)
            mass = Mass(
                f"wavy/{part}/{name}", left, right, 3, cut=0.20, ragged=0.08, lean=0.6 * side,
                wave=0.07 * side, turns=1.9, phase=phase + 0.5,
            )  # fmt: skip
            draw_mass(sheet, look, mass)
