"""Flicked: hair to the collar whose layered ends flick outwards over the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.4, 1.0)

HEAD = (
    (0.0, -1.46), (0.55, -1.36), (0.94, -1.0), (1.09, -0.45), (1.13, 0.2), (1.12, 0.8),
    (0.98, 1.35),
    (0.74, 1.66), (0.0, 1.72),
)  # fmt: skip
# inner and outer guide, clumps; the lower one first
UNDER = (
    ((0.66, 0.0), (0.80, 0.9), (0.88, 1.45), (0.98, 1.85), (1.20, 2.16)),
    ((1.05, 0.0), (1.14, 0.9), (1.24, 1.40), (1.50, 1.72), (1.86, 1.80)),
)
OVER = (
    ((0.90, -0.5), (1.02, 0.2), (1.06, 0.8), (1.10, 1.20), (1.28, 1.58)),
    ((1.06, -0.6), (1.19, 0.1), (1.22, 0.7), (1.34, 1.08), (1.68, 1.24)),
)
LOCK = (
    ((0.56, 0.44), (0.78, 0.90), (0.84, 1.25), (0.80, 1.60), (0.80, 2.00), (0.94, 2.40)),
    ((0.95, 0.16), (1.10, 0.60), (1.15, 1.10), (1.10, 1.55), (1.18, 1.95), (1.40, 2.20)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for name, side in sides():
        left, right = between(UNDER, side, 1.0 if side > 0 else 0.96)
        mass = Mass(
            f"flicked/under/{name}", left, right, 5, cut=0.22, ragged=0.10, lean=0.5 * side,
            shadow=-side, tone=nape.BACK_TONE,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    nape.skull(sheet, look, HEAD)
    for name, side in sides():
        left, right = between(OVER, side, 1.0 if side > 0 else 1.05)
        mass = Mass(
            f"flicked/over/{name}", left, right, 3, cut=0.24, ragged=0.12, lean=0.5 * side,
            shadow=-side, tone=nape.BACK_TONE, open_root=0.3,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
        nape.front_mass(
            look, board, name, side, LOCK, clumps=3, cut=0.26, ragged=0.12, lean=0.5 * side
        )
