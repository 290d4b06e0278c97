"""Cat: a slender tail that rises beside the shoulder and curls over at its dark tip."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import behind, brush, furry
from vtuber.design.craft.brush import Brush
from vtuber.design.look import Look

BESIDE = {"ears": ("cat",)}

STYLE = Brush(
    ((0.60, 3.40), (1.35, 3.00), (1.98, 2.55), (2.10, 1.90), (1.78, 1.30), (1.60, 0.78),
     (1.74, 0.34), (2.02, 0.30), (2.12, 0.54)),
    0.135,
    root=0.95,
    peak=0.75,
    point=3.2,
    dip=0.86,
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    brush.draw(look, behind.layer(board, "grown_tail"), STYLE, furry.dipped(look), 1.0)
