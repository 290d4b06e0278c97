"""Corkscrews: a full fall of springy spirals to the shoulders."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import coils, nape
from vtuber.design.craft.tails import on_side, sides
from vtuber.design.look import Look

SUITS = (0.25, 1.0)
BESIDE = {
    "front_hair": ("coily", "cornrows", "curtain", "veil", "wavy"),
    "side_hair": ("coily", "corkscrews", "wavy"),
}
BULK = 0.0  # W that it stands over the head; beside it a band has no room

# half outline from the crown down: what the spirals grow from
HEAD = (
    (0.0, -1.54), (0.58, -1.46), (0.98, -1.20), (1.26, -0.80), (1.40, -0.30), (1.40, 0.25),
    (1.20, 0.80),
    (0.70, 1.20), (0.0, 1.34),
)  # fmt: skip
# spines on one side, those behind first; half width, turns
BEHIND = (
    (((0.20, 0.2), (0.34, 0.7), (0.40, 1.2), (0.44, 1.7)), 0.14, 6.0),
    (((0.50, 0.1), (0.66, 0.7), (0.74, 1.3), (0.78, 1.95)), 0.15, 7.0),
    (((0.84, -1.0), (1.20, -0.72), (1.48, -0.10), (1.60, 0.5), (1.74, 1.10)), 0.17, 8.0),
    (((0.84, -1.1), (1.14, -0.9), (1.36, -0.45), (1.46, 0.1), (1.56, 0.62)), 0.16, 7.0),
    (((0.84, -0.8), (1.18, -0.4), (1.42, 0.3), (1.50, 0.9), (1.60, 1.62)), 0.17, 9.0),
    (((0.80, -0.5), (1.16, -0.1), (1.28, 0.6), (1.32, 1.2), (1.40, 1.90)), 0.17, 9.0),
    (((0.70, -0.3), (1.00, 0.2), (1.08, 0.8), (1.10, 1.4), (1.14, 2.04)), 0.16, 9.0),
    (((0.66, 0.0), (0.86, 0.4), (0.92, 0.9), (0.92, 1.4), (0.94, 1.80)), 0.14, 8.0),
)
BEFORE = (((0.92, 0.30), (1.10, 0.75), (1.16, 1.3), (1.10, 1.8), (1.14, 2.20)), 0.14, 8.0)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, HEAD, 0.5)
    rng, dye = look.rng("corkscrews"), 0.5 * look.design.hair.gradient
    for path, half, turns in BEHIND:
        for _, side in sides():
            spine = on_side(path, side, float(rng.uniform(0.94, 1.05)))
            coils.draw_corkscrew(sheet, look, spine, half, turns, tone=0.45, side=side, dye=dye)
    nape.deepen(sheet, look)
    for name, side in sides():
        front = nape.hanging(board, f"back_locks_{name}", name, "face")
        path, half, turns = BEFORE
        spine = on_side(path, side, float(rng.uniform(0.94, 1.04)))
        coils.draw_corkscrew(front, look, spine, half, turns, side=side, dye=dye)
