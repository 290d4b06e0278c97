"""Curl: one lock that stands up and bends over."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.hair import Lock, draw_lock
from vtuber.design.look import Look


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("ahoge", "front_hair", depth=0.10, group="ahoge", place="headwear")
    path = [(0.12, -1.36), (0.06, -1.64), (0.17, -1.88), (0.40, -1.92), (0.56, -1.74)]
    draw_lock(sheet, look, Lock(path, 0.062, root=0.6, peak=0.45, shadow=-1.0, strands=1, dye=0.7))
