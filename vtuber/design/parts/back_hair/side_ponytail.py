"""Side ponytail: gathered under one ear into a thick tail that falls over the shoulder."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_tie
from vtuber.design.craft.tails import Mass, draw_mass
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {"tail": (), "side_hair": ("layered", "straight", "tucked", "wavy")}

GATHER = (
    ((0.30, 0.5), (0.62, 0.9), (0.90, 1.06), (1.02, 1.10)),
    ((1.06, -0.4), (1.18, 0.1), (1.22, 0.6), (1.20, 0.98)),
)
TAIL = (
    ((1.00, 1.10), (0.88, 1.36), (0.76, 1.8), (0.66, 2.3), (0.62, 2.8), (0.78, 3.40)),
    ((1.20, 0.98), (1.44, 1.16), (1.58, 1.6), (1.58, 2.2), (1.46, 2.7), (1.22, 3.30)),
)
TIE = (1.11, 1.03)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.LOW)
    nape.gather(sheet, look, "left", 1.0, GATHER)
    tail = nape.hanging(board, "tail", "left", "glasses")
    mass = Mass(
        "side", *TAIL, 5, cut=0.27, ragged=0.14, wave=0.06, turns=1.6, shine=(0.22,), strands=0.7
    )
    draw_mass(tail, look, mass)
    draw_tie(tail, look, TIE, 0.18, 0.11, -0.45)
