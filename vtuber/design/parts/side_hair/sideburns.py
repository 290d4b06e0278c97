"""Short sideburns: pointed tufts before the ears, which stay free."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.0, 0.6)

TUFT = (
    ((0.66, -0.95), (0.86, -0.50), (0.91, -0.15), (0.84, 0.26)),
    ((1.00, -0.95), (1.13, -0.55), (1.12, -0.20), (0.98, 0.24)),
)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        left, right = between(TUFT, side, 1.0 if side > 0 else 0.9)
        mass = Mass(
            f"sideburns/{name}", left, right, 3, cut=0.26, ragged=0.20, lean=-0.6 * side,
            strands=0.6, weight=0.9,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
