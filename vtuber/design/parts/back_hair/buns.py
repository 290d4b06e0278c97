"""Buns: two odango on the crown, a loose strand hanging from each."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_bun, draw_tie
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {"ears": ("human", "elf", "fins"), "horns": ()}

STRAND = (
    ((1.00, -1.0), (1.22, -0.6), (1.26, 0.1), (1.24, 0.8), (1.34, 1.5), (1.56, 2.1)),
    ((1.06, -1.1), (1.40, -0.7), (1.50, 0.1), (1.50, 0.8), (1.60, 1.4), (1.80, 1.9)),
)
BUN, RADIUS = (0.93, -1.36), 0.44


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.drawn_up(sheet, look)
    for name, side in sides():
        bun = board.layer(f"bun_{name}", "back_hair", depth=-0.15, group="back_hair")
        left, right = between(STRAND, side, 1.0 if side > 0 else 0.95)
        mass = Mass(
            f"buns/{name}", left, right, 2, cut=0.28, ragged=0.12, lean=0.5 * side, tone=0.2,
            wave=0.04 * side,
        )  # fmt: skip
        draw_mass(bun, look, mass)
        draw_bun(bun, look, (BUN[0] * side, BUN[1]), RADIUS, side)
        at = ((BUN[0] - 0.17) * side, BUN[1] + 0.28)
        draw_tie(bun, look, at, 0.26, 0.09, 0.65 * side)
