"""Box braids: many slim plaits to the chest, some with golden cuffs."""

from __future__ import annotations

from vtuber.design.board import Board
from vtuber.design.craft import nape
from vtuber.design.craft.curls import draw_cuff, draw_rope
from vtuber.design.craft.tails import on_side, sides
from vtuber.design.look import Look

ODDS = 0.7  # of being rolled, beside a common style
BESIDE = {
    "side_hair": ("sideburns", "tucked"),
    "front_hair": (
        "comma",
        "cornrows",
        "curtain",
        "emo",
        "gapped",
        "slicked",
        "swept",
        "undercut",
        "veil",
    ),
}

# spines on one side, those behind first; half widths
BEHIND = (
    ((0.94, 0.0), (1.14, 0.6), (1.26, 1.3), (1.44, 1.95), (1.52, 2.5)),
    ((1.02, -0.4), (1.24, 0.3), (1.38, 1.0), (1.54, 1.6), (1.66, 2.15)),
    ((0.80, 0.3), (0.98, 0.9), (1.10, 1.5), (1.22, 2.1), (1.26, 2.7)),
    ((1.02, -0.6), (1.22, 0.0), (1.28, 0.7), (1.36, 1.3), (1.48, 1.85)),
    ((0.96, -0.3), (1.08, 0.3), (1.12, 0.9), (1.16, 1.5), (1.24, 2.05)),
    ((0.62, 0.5), (0.70, 1.0), (0.76, 1.5), (0.80, 1.9)),
)
BEFORE = (
    ((0.80, 0.24), (1.06, 0.70), (1.14, 1.4), (1.06, 2.1), (1.10, 2.75)),
    ((0.70, 0.36), (0.93, 0.85), (0.96, 1.4), (0.86, 2.0), (0.84, 2.55)),
)
HALF = 0.095


def draw(look: Look, board: Board) -> None:
    sheet = board.layer("back_hair", depth=-0.45, group="back_hair")
    nape.skull(sheet, look, nape.PINNED_UP)
    rng = look.rng("box_braids")
    for path in BEHIND:
        for _, side in sides():
            spine = on_side(path, side, float(rng.uniform(0.93, 1.04)))
            draw_rope(sheet, look, spine, HALF, nape.BACK_TONE)
    for name, side in sides():
        front = nape.hanging(board, f"back_locks_{name}", name, "face")
        for path in BEFORE:
            spine = on_side(path, side, float(rng.uniform(0.93, 1.03)))
            draw_rope(front, look, spine, HALF, 0.0)
            if rng.uniform() < 0.8:
                draw_cuff(front, look, spine[3], HALF * 1.15, 0.055)
