"""Braid: one thick plait drawn over the shoulder, with a ribbon at its end."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_braid, draw_tassel, draw_tie
from vtuber.design.look import Look

SUITS = (0.4, 1.0)
BESIDE = {"side_hair": ("layered", "sideburns", "tucked", "wavy")}

GATHER = (
    ((0.20, 0.6), (0.46, 1.0), (0.72, 1.26), (0.86, 1.40)),
    ((1.06, -0.4), (1.18, 0.1), (1.22, 0.7), (1.16, 1.26)),
)
PLAIT = ((0.66, 0.66), (0.92, 1.02), (1.08, 1.42), (1.06, 1.88), (0.94, 2.30), (0.84, 2.68))
END = (0.835, 2.70)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.LOW)
    nape.gather(sheet, look, "left", 1.0, GATHER)
    plait = nape.hanging(board, "plait", "left", "face")
    draw_tassel(plait, look, "braid/tassel", END, 0.46)
    draw_braid(plait, look, PLAIT, 0.235, 0.0, 10)
    draw_tie(plait, look, END, 0.15, 0.075, 0.2)
