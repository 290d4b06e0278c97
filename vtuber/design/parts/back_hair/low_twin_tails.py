"""Low twin tails: two soft bunches tied under the ears, hanging before the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_tie
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {"side_hair": ("layered", "straight", "tucked", "wavy")}

TAIL = (
    ((0.84, 1.20), (0.78, 1.50), (0.74, 2.0), (0.80, 2.5), (1.02, 3.00)),
    ((1.06, 1.08), (1.36, 1.26), (1.50, 1.80), (1.44, 2.4), (1.30, 2.94)),
)
GATHER = (
    ((0.46, 0.4), (0.60, 0.8), (0.80, 1.14), (0.92, 1.24)),
    ((1.06, -0.2), (1.10, 0.4), (1.08, 0.85), (1.02, 1.16)),
)
TIE = (0.96, 1.15)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.LOW)
    for name, side in sides():
        nape.gather(sheet, look, name, side, GATHER)
        tail = nape.hanging(board, f"tail_{name}", name, "glasses")
        left, right = between(TAIL, side, 1.0 if side > 0 else 0.96)
        mass = Mass(
            f"low/{name}",
            left,
            right,
            4,
            cut=0.24,
            ragged=0.12,
            lean=0.3 * side,
            shine=(0.24,),
        )
        draw_mass(tail, look, mass)
        draw_tie(tail, look, (TIE[0] * side, TIE[1]), 0.15, 0.095, -0.5 * side)
