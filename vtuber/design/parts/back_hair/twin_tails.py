"""Twin tails: two long tails tied high beside the head, swinging out and down past the elbows."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_tie
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {
    "side_hair": ("layered", "long_locks", "straight", "tucked", "wavy"),
    "hat": ("beret", "crown", "nurse"),
}

TAIL = (
    ((1.08, -0.76), (1.24, -0.60), (1.30, 0.1), (1.32, 1.0), (1.40, 1.9), (1.48, 2.6), (1.72, 3.3)),
    (
        (1.10, -1.00),
        (1.46, -1.22),
        (1.82, -0.7),
        (1.98, 0.3),
        (2.02, 1.3),
        (1.98, 2.3),
        (2.06, 3.15),
    ),
)
STRAND = (
    ((1.10, -0.75), (1.30, -0.35), (1.30, 0.3), (1.26, 0.9), (1.34, 1.5)),
    ((1.14, -0.80), (1.42, -0.40), (1.48, 0.3), (1.44, 0.9), (1.46, 1.4)),
)
TIE = (1.12, -0.88)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.drawn_up(sheet, look)
    for name, side in sides():
        tail = board.layer(f"tail_{name}", "back_hair", depth=-0.2, group="back_hair")
        end = 1.0 if side > 0 else 0.97
        left, right = between(STRAND, side, end)
        draw_mass(
            tail, look, Mass(f"twin/strand/{name}", left, right, 2, cut=0.3, tone=0.4, strands=0.4)
        )
        left, right = between(TAIL, side, end)
        mass = Mass(
            f"twin/{name}", left, right, 5, cut=0.13, ragged=0.09, lean=0.4 * side, tone=0.15,
            wave=0.03 * side,  strands=1.4, open_root=0.0,
        )  # fmt: skip
        draw_mass(tail, look, mass)
        draw_tie(tail, look, (TIE[0] * side, TIE[1]), 0.10, 0.19, -0.35 * side)
