"""Wavy: long hair with volume, in broad S-waves to the ribs."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.35, 1.0)
BULK = 0.0  # W that it stands over the head; beside it a band has no room

HEAD = (
    (0.0, -1.48), (0.58, -1.38), (1.0, -1.02), (1.16, -0.45), (1.20, 0.2), (1.22, 0.8), (1.1, 1.6),
    (0.0, 1.7),
)  # fmt: skip
FALL = (
    ((0.30, -0.6), (0.40, 0.5), (0.55, 1.5), (0.80, 2.3), (0.9, 2.9)),
    ((1.06, -0.8), (1.30, -0.1), (1.48, 0.7), (1.62, 1.5), (1.80, 2.2), (1.98, 2.75)),
)
OVER = (
    ((0.90, -0.7), (1.08, 0.0), (1.16, 0.8), (1.22, 1.4), (1.36, 1.95)),
    ((0.98, -0.6), (1.22, 0.0), (1.40, 0.7), (1.58, 1.4), (1.82, 1.85)),
)
LOCK = (
    ((0.56, 0.44), (0.80, 0.95), (0.80, 1.6), (0.74, 2.2), (0.86, 2.9)),
    ((0.95, 0.16), (1.20, 0.70), (1.31, 1.5), (1.30, 2.2), (1.26, 2.8)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for name, side in sides():
        left, right = between(FALL, side, 1.0 if side > 0 else 0.97)
        mass = Mass(
            f"wavy/fall/{name}", left, right, 5, cut=0.16, ragged=0.08, lean=0.5 * side,
            wave=0.11 * side, turns=2.3, phase=0.1, tone=nape.BACK_TONE,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    nape.skull(sheet, look, HEAD, outlined=0.4)
    for name, side in sides():
        left, right = between(OVER, side)
        mass = Mass(
            f"wavy/over/{name}", left, right, 3, cut=0.2, ragged=0.12, lean=0.6 * side,
            wave=0.10 * side, turns=1.9, phase=0.35, tone=nape.BACK_TONE, open_root=0.3,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
        nape.front_mass(
            look, board, name, side, LOCK, clumps=3, cut=0.18, ragged=0.1, wave=0.09 * side,
            turns=2.1, phase=0.2, lean=0.5 * side,
        )  # fmt: skip
