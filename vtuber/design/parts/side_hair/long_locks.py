"""Long locks: slender strands from the temples over the shoulders to the chest, bound by cuffs."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.curls import draw_cuff
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.4, 1.0)
BESIDE = {
    "back_hair": (
        "bob",
        "buns",
        "flicked",
        "floor_long",
        "ponytail",
        "straight",
        "twin_tails",
        "wavy",
    )
}

TUFT = (
    ((0.70, -0.95), (0.88, -0.42), (0.93, 0.05), (0.90, 0.40), (0.84, 0.72)),
    ((0.98, -1.00), (1.12, -0.45), (1.15, 0.10), (1.12, 0.45), (1.02, 0.80)),
)
LOCK = (
    ((0.90, -0.50), (0.95, 0.20), (0.93, 0.80), (0.92, 1.42), (0.86, 1.90), (0.84, 2.35),
     (0.90, 2.86)),
    ((1.12, -0.50), (1.17, 0.20), (1.15, 0.80), (1.06, 1.42), (1.16, 1.90), (1.16, 2.35),
     (1.04, 2.90)),
)  # fmt: skip
CUFF = (0.985, 1.42)


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
        end = 1.0 if side > 0 else 0.985
        left, right = between(TUFT, side, end)
        long = board.layer(
            f"front_locks_{name}", depth=0.1, turn=0.2, group="front_locks", place="glasses"
        )
        mass = Mass(
            f"tuft/{name}", left, right, 3, cut=0.26, ragged=0.16, lean=-0.6 * side, strands=0.6
        )
        draw_mass(sheet, look, mass)
        left, right = between(LOCK, side, end)
        mass = Mass(f"long/{name}", left, right, 2, cut=0.16, ragged=0.06, lean=-0.4 * side)
        draw_mass(long, look, mass)
        draw_cuff(long, look, (CUFF[0] * side, CUFF[1]), 0.125, 0.085)
