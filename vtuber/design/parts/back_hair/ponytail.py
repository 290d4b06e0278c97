"""Ponytail: tied high on the crown, arching over to one side and falling past the shoulder."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_tie
from vtuber.design.craft.tails import Mass, draw_mass
from vtuber.design.look import Look

BESIDE = {
    "ahoge": (),
    "tail": (),
    "halo": (),
    "ribbon": ("flower", "hairband", "hairclips", "maid", "side_ribbon", "star_pin"),
}

TAIL = (
    ((0.52, -1.46), (0.78, -1.34), (1.00, -0.94), (1.14, -0.2), (1.26, 0.6), (1.36, 1.3),
     (1.66, 2.05)),
    ((0.40, -1.70), (0.84, -2.14), (1.54, -1.92), (1.94, -0.95), (2.02, 0.2), (1.98, 1.2),
     (2.10, 1.92)),
)  # fmt: skip
UNDER = (
    ((0.70, -1.2), (1.02, -1.1), (1.16, -0.5), (1.20, 0.3), (1.24, 1.0), (1.20, 1.6)),
    ((0.60, -1.3), (1.30, -1.3), (1.60, -0.6), (1.68, 0.3), (1.66, 1.0), (1.56, 1.7)),
)
TIE = (0.50, -1.58)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.drawn_up(sheet, look)
    tail = board.layer("tail", "back_hair", depth=-0.3, group="back_hair")
    draw_mass(tail, look, Mass("pony/under", *UNDER, 3, cut=0.26, ragged=0.12, tone=0.7))
    mass = Mass(
        "pony",
        *TAIL,
        5,
        cut=0.17,
        ragged=0.10,
        lean=0.4,
        tone=0.15,
        strands=1.4,
        open_root=0.0,
    )
    draw_mass(tail, look, mass)
    draw_tie(tail, look, TIE, 0.105, 0.20, 0.72)
