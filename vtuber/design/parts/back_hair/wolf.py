"""Wolf: a shaggy cut in spiky layers that bristle beside the head and thin out down the neck."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.tails import Mass, between, draw_mass, sides
from vtuber.design.look import Look

BESIDE = {
    "front_hair": ("comma", "crossed", "curtain", "emo", "gapped", "messy", "quiff", "slicked",
                   "spiky", "swept", "veil", "wispy"),
    "side_hair": ("layered", "sideburns", "tucked"),
}  # fmt: skip

HEAD = (
    (0.0, -1.46), (0.55, -1.36), (0.94, -1.0), (1.08, -0.45), (1.08, 0.1), (0.98, 0.7),
    (0.78, 1.15),
    (0.5, 1.4), (0.0, 1.5),
)  # fmt: skip
# part, inner and outer guide, clumps, cut; back to front
LAYERS = (
    ("mane",
     ((0.20, 0.4), (0.30, 1.1), (0.42, 1.7), (0.62, 2.3)),
     ((0.95, 0.2), (0.92, 1.0), (1.00, 1.55), (1.34, 2.05)), 5, 0.34),
    ("low",
     ((0.70, 0.2), (0.84, 0.7), (0.92, 1.05), (1.04, 1.45)),
     ((1.02, 0.0), (1.16, 0.5), (1.32, 0.85), (1.66, 1.10)), 3, 0.36),
    ("mid",
     ((0.80, -0.3), (0.98, 0.15), (1.08, 0.45), (1.22, 0.85)),
     ((1.02, -0.5), (1.20, -0.05), (1.38, 0.20), (1.74, 0.36)), 3, 0.38),
    ("high",
     ((0.84, -0.8), (1.00, -0.45), (1.10, -0.15), (1.24, 0.16)),
     ((0.96, -0.95), (1.14, -0.65), (1.28, -0.45), (1.54, -0.36)), 2, 0.40),
)  # fmt: skip
LOCK = (
    ((0.48, 0.45), (0.58, 0.95), (0.58, 1.45), (0.64, 2.20)),
    ((0.86, 0.30), (0.98, 0.95), (0.98, 1.45), (1.16, 1.98)),
)


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    for i, (part, inner, outer, clumps, cut) in enumerate(LAYERS):
        if i == 1:
            nape.skull(sheet, look, HEAD)
        for name, side in sides():
            left, right = between((inner, outer), side, 1.0 if side > 0 else 0.95)
            mass = Mass(
                f"wolf/{part}/{name}", left, right, clumps, cut=cut, ragged=0.16, lean=0.3 * side,
                shadow=-side, tone=nape.BACK_TONE - 0.1 * i, open_root=0.25, strands=0.6,
            )  # fmt: skip
            draw_mass(sheet, look, mass)
    for name, side in sides():
        nape.front_mass(
            look, board, name, side, LOCK, place="face", clumps=3, cut=0.34, ragged=0.14,
            lean=0.4 * side, tone=0.25,
        )  # fmt: skip
