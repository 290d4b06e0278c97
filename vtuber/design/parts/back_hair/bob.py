"""Bob: a round helmet of hair that swells beside the cheeks and turns in under the jaw."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.4, 1.0)

HEAD = (
    (0.0, -1.46), (0.55, -1.36), (0.96, -1.0), (1.13, -0.45), (1.18, 0.1), (1.14, 0.6), (0.98, 1.0),
    (0.6, 1.2), (0.0, 1.26),
)  # fmt: skip
BELL = (
    ((0.50, -0.4), (0.60, 0.3), (0.62, 0.8), (0.50, 1.16), (0.40, 1.34)),
    ((0.86, -1.24), (1.12, -0.66), (1.33, 0.05), (1.38, 0.66), (1.12, 1.26)),
)
CHEEK = (
    ((0.88, -0.4), (0.98, 0.1), (1.00, 0.55), (0.90, 0.95), (0.70, 1.22)),
    ((0.94, -0.95), (1.12, -0.50), (1.25, 0.10), (1.26, 0.68), (0.98, 1.16)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, HEAD)
    for name, side in sides():
        left, right = between(BELL, side)
        mass = Mass(
            f"bob/{name}", left, right, 6, cut=0.10, ragged=0.03, lean=-0.6 * side,
            tone=nape.BACK_TONE, strands=1.3, open_root=0.04,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    nape.deepen(sheet, look)
    for name, side in sides():
        left, right = between(CHEEK, side)
        front = board.layer(
            f"back_side_{name}", f"side_hair_{name}", depth=0.0, group="back_hair", place="ear"
        )
        mass = Mass(
            f"bob/cheek/{name}", left, right, 3, cut=0.14, ragged=0.05, lean=-0.6 * side,
            shine=(0.50,), open_root=0.08,
        )  # fmt: skip
        draw_mass(front, look, mass)
