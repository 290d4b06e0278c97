"""Ringlets: a drill curl on each side, from the temple to the collar."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.curls import draw_ringlet
from vtuber.design.craft.tails import Mass, between, draw_mass, on_side, sides
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {"back_hair": ("bob", "curls", "flicked", "floor_long", "straight", "wavy")}

TUFT = (
    ((0.68, -0.95), (0.87, -0.42), (0.92, 0.0), (0.92, 0.34)),
    ((1.00, -1.00), (1.15, -0.42), (1.20, 0.0), (1.22, 0.36)),
)
DRILL = ((1.08, 0.16), (1.12, 0.62), (1.13, 1.10), (1.08, 1.62), (1.12, 2.06))


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        draw_ringlet(sheet, look, on_side(DRILL, side), 0.24, 7, side=side)
        left, right = between(TUFT, side)
        mass = Mass(f"ringlets/{name}", left, right, 3, cut=0.25, ragged=0.1, strands=0.8)
        draw_mass(sheet, look, mass)
