"""Fox: a huge soft brush with a pale tip, curling up beside the shoulder."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import behind, brush, furry
from vtuber.design.craft.brush import Brush
from vtuber.design.look import Look

BESIDE = {"ears": ("fox", "dog")}

STYLE = Brush(
    ((0.70, 3.30), (1.35, 2.90), (1.78, 2.30), (1.80, 1.60), (1.66, 0.95), (1.72, 0.35),
     (2.06, -0.18)),
    0.46,
    root=0.45,
    peak=0.55,
    point=1.9,
    tufts=((0.42, -1.0, 0.30), (0.60, -1.0, 0.30)),
    dip=0.72,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    brush.draw(look, behind.layer(board, "grown_tail"), STYLE, furry.fur(look), 1.0)
