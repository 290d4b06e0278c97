"""Short: cropped behind the ears, tapering into tufts at the nape."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

SUITS = (0.0, 0.6)
ODDS = 2.5  # of being rolled, beside a common style
BESIDE = {"side_hair": ("layered", "sideburns", "tucked")}

HEAD = (
    (0.0, -1.46), (0.55, -1.37), (0.92, -1.02), (1.06, -0.50), (1.05, 0.0), (0.96, 0.4),
    (0.80, 0.75),
    (0.5, 1.0), (0.0, 1.1),
)  # fmt: skip
NAPE = (
    ((0.0, 0.3), (0.0, 0.9), (0.04, 1.42)),
    ((1.02, -0.1), (0.97, 0.5), (0.80, 1.0), (0.72, 1.36)),
)
TUFT = (
    ((0.80, -0.3), (0.88, 0.1), (0.84, 0.5), (0.80, 0.86)),
    ((1.06, -0.4), (1.11, 0.1), (1.08, 0.45), (1.10, 0.76)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for name, side in sides():
        left, right = between(NAPE, side, 1.0 if side > 0 else 0.96)
        mass = Mass(
            f"short/nape/{name}", left, right, 4, cut=0.28, ragged=0.12, lean=0.4 * side,
            tone=nape.BACK_TONE, strands=0.6,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
    nape.skull(sheet, look, HEAD)
    for name, side in sides():
        left, right = between(TUFT, side, 1.0 if side > 0 else 0.95)
        mass = Mass(
            f"short/tuft/{name}", left, right, 3, cut=0.30, ragged=0.15, lean=0.5 * side,
            tone=nape.BACK_TONE, open_root=0.3, strands=0.6,
        )  # fmt: skip
        draw_mass(sheet, look, mass)
