"""Straight: smooth cheek-long locks cut square at the chin."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

LOCK = (
    ((0.70, -0.95), (0.86, -0.42), (0.89, 0.10), (0.87, 0.55), (0.86, 1.00)),
    ((0.98, -1.00), (1.13, -0.42), (1.18, 0.10), (1.18, 0.58), (1.17, 1.04)),
)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        left, right = between(LOCK, side)
        mass = Mass(
            f"square/{name}", left, right, 4, cut=0.018, ragged=0.008, blunt=True, shine=(0.46,),
            strands=1.2,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
