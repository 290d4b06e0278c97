"""Twin braids: a slim plait before each shoulder, tied at the chest."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_braid, draw_tassel, draw_tie
from vtuber.design.craft.tails import on_side, sides
from vtuber.design.look import Look

SUITS = (0.6, 1.0)
BESIDE = {"side_hair": ("layered", "tucked", "wavy")}

GATHER = (
    ((0.40, 0.4), (0.56, 0.8), (0.80, 1.08), (0.92, 1.20)),
    ((1.06, -0.2), (1.12, 0.4), (1.14, 0.80), (1.12, 1.12)),
)
PLAIT = ((0.68, 0.60), (0.92, 0.95), (1.04, 1.32), (1.05, 1.75), (0.98, 2.2), (0.94, 2.5))


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.LOW)
    for name, side in sides():
        nape.gather(sheet, look, name, side, GATHER)
        plait = nape.hanging(board, f"plait_{name}", name, "face")
        spine = on_side(PLAIT, side, 1.0 if side > 0 else 0.97)
        end = spine[-1]
        draw_tassel(plait, look, f"twin_braids/{name}", end, 0.34)
        draw_braid(plait, look, spine, 0.165, 0.0, 11)
        draw_tie(plait, look, (end[0], end[1]), 0.115, 0.065, 0.1 * side)
