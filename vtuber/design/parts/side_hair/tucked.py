"""Tucked: hair swept back over the ears, one thin strand left before each."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft.hair import Lock, draw_lock
from vtuber.design.craft.tails import Mass, between, draw_mass, on_side, sides
from vtuber.design.look import Look

SWEEP = (
    ((0.58, -0.90), (0.82, -0.50), (0.98, -0.20), (1.04, 0.10)),
    ((0.86, -1.00), (1.06, -0.64), (1.12, -0.34), (1.09, 0.08)),
)
STRAND = ((0.72, -0.80), (0.90, -0.40), (0.955, 0.05), (0.93, 0.45), (0.86, 0.92))


def draw(look: Look, board: Board) -> None:
    for name, side in sides():
        draw_side(look, board, name, side)


def draw_side(look: Look, board: Board, name: str, side: float) -> None:
    """Draw one side: the other may be worn differently."""
    sheet = board.layer(f"side_hair_{name}", depth=0.15, group="side_hair")
    strand = on_side(STRAND, side, 1.0 if side > 0 else 0.85)
    draw_lock(sheet, look, Lock(strand, 0.052, root=0.7, shadow=side, strands=0, open_root=0.2))
    left, right = between(SWEEP, side)
    mass = Mass(f"tucked/{name}", left, right, 1, cut=0.22, lean=0.6 * side)
    draw_mass(sheet, look, mass)
