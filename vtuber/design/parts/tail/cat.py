"""Cat: a slender tail that rises beside the shoulder and curls over at its dark tip."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import behind, brush, furry
from vtuber.design.craft.brush import Brush
from vtuber.design.look import Look

BESIDE = {"ears": ("cat",)}

STYLE = Brush(
    ((0.60, 3.40), (1.35, 3.00), (1.98, 2.55), (2.10, 1.90), (1.80, 1.36), (1.64, 0.86),
     (1.70, 0.42), (1.94, 0.20), (2.20, 0.28)),
    0.135,
    root=0.95,
    peak=0.75,
    point=3.2,
    dip=0.86,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    brush.draw(look, behind.layer(board, "grown_tail"), STYLE, furry.dipped(look), 1.0)
