"""Straight: a smooth sheet of hair to the waist, with two strands before the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, draw_mass, on_side, sides
from vtuber.design.look import Look

SUITS = (0.25, 1.0)

HEAD = (
    (0.0, -1.46), (0.55, -1.36), (0.94, -1.0), (1.10, -0.45), (1.15, 0.2), (1.16, 0.8), (1.1, 1.6),
    (0.0, 1.7),
)  # fmt: skip
SHEET = ((1.06, -0.6), (1.20, 0.2), (1.32, 1.0), (1.47, 1.8), (1.68, 2.6), (1.90, 3.6))
LOCK = (
    ((0.56, 0.44), (0.80, 0.90), (0.88, 1.5), (0.80, 2.1), (0.80, 2.7), (0.92, 3.22)),
    ((0.95, 0.16), (1.14, 0.62), (1.25, 1.3), (1.26, 2.1), (1.20, 2.75), (1.06, 3.16)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    left, right = on_side(SHEET, -1.0), list(SHEET)
    mass = Mass("straight", left, right, 11, cut=0.10, ragged=0.05, tone=nape.BACK_TONE)
    draw_mass(sheet, look, mass)
    nape.skull(sheet, look, HEAD, outlined=0.45)
    for name, side in sides():
        nape.front_mass(look, board, name, side, LOCK, clumps=3, cut=0.16, ragged=0.08)
