"""Floor-long: heavy hair that widens past the arms and streams out of the picture in slow waves."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.4, 1.0)

HEAD = (
    (0.0, -1.48), (0.58, -1.38), (0.98, -1.02), (1.14, -0.45), (1.19, 0.2), (1.20, 0.8), (1.2, 1.6),
    (0.0, 1.7),
)  # fmt: skip
STREAM = (
    ((0.0, -0.6), (0.0, 0.5), (0.0, 1.8), (0.0, 3.2), (0.0, 4.6)),
    ((1.08, -0.7), (1.27, 0.1), (1.50, 1.0), (1.86, 1.9), (2.12, 2.8), (2.10, 3.7), (2.26, 4.6)),
)
WING = (
    ((0.95, 0.0), (1.12, 0.8), (1.34, 1.6), (1.72, 2.3), (1.94, 2.95), (2.10, 3.35)),
    ((1.10, -0.2), (1.32, 0.7), (1.62, 1.45), (2.02, 2.05), (2.24, 2.55), (2.52, 2.90)),
)
LOCK = (
    ((0.56, 0.44), (0.80, 0.95), (0.80, 1.6), (0.74, 2.3), (0.86, 3.1), (0.90, 3.8), (0.82, 4.6)),
    ((0.95, 0.16), (1.16, 0.65), (1.31, 1.5), (1.30, 2.3), (1.40, 3.1), (1.44, 3.8), (1.34, 4.6)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for name, side in sides():
        left, right = between(WING, side, 1.0 if side > 0 else 1.06)
        mass = Mass(
            f"floor/wing/{name}", left, right, 3, cut=0.24, ragged=0.12, lean=0.4 * side,
            tone=nape.BACK_TONE + 0.25,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    for name, side in sides():
        left, right = between(STREAM, side)
        mass = Mass(
            f"floor/{name}", left, right, 7, cut=0.08, wave=0.05 * side, turns=2.2,
            tone=nape.BACK_TONE, strands=1.6,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    nape.skull(sheet, look, HEAD, outlined=0.4)
    for name, side in sides():
        nape.front_mass(
            look, board, name, side, LOCK, clumps=3, cut=0.10, wave=0.04 * side, turns=2.0,
            strands=1.4,
        )  # fmt: skip
