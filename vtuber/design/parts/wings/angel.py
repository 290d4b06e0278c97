"""Angel: white feathered wings half raised, three tiers of feathers under a soft arm."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import behind
from vtuber.design.craft.solid import shade, solid
from vtuber.design.look import Look

BESIDE = {"tail": ()}

WHITE = Colour(0.975, 0.010, 275.0)
# root, tip, half width: from the outermost inwards
LONG = (
    ((1.66, -0.34), (2.02, -1.06), 0.15), ((1.66, -0.22), (2.22, -0.62), 0.17),
    ((1.64, -0.04), (2.27, -0.04), 0.18), ((1.56, 0.16), (2.25, 0.56), 0.19),
    ((1.42, 0.38), (2.16, 1.12), 0.19), ((1.24, 0.64), (1.98, 1.62), 0.19),
    ((1.04, 0.92), (1.70, 2.02), 0.19), ((0.86, 1.16), (1.40, 2.24), 0.18),
)  # fmt: skip
MIDDLE = (
    ((1.56, -0.40), (1.90, -0.72), 0.12), ((1.54, -0.22), (1.99, -0.26), 0.14),
    ((1.46, -0.02), (1.96, 0.22), 0.145), ((1.34, 0.20), (1.83, 0.68), 0.15),
    ((1.18, 0.46), (1.65, 1.10), 0.15), ((1.00, 0.74), (1.42, 1.46), 0.15),
)  # fmt: skip
SHORT = (
    ((1.52, -0.44), (1.78, -0.52), 0.10), ((1.48, -0.28), (1.78, -0.20), 0.115),
    ((1.40, -0.08), (1.70, 0.12), 0.12), ((1.28, 0.14), (1.56, 0.44), 0.12),
    ((1.12, 0.40), (1.38, 0.74), 0.12), ((0.96, 0.66), (1.18, 1.02), 0.12),
)  # fmt: skip
DOWN = (
    ((1.42, -0.66), (1.76, -0.74), 0.095), ((1.36, -0.50), (1.72, -0.46), 0.10),
    ((1.28, -0.32), (1.64, -0.18), 0.105), ((1.20, -0.12), (1.54, 0.10), 0.105),
    ((1.11, 0.10), (1.43, 0.38), 0.105), ((1.01, 0.32), (1.30, 0.64), 0.105),
    ((0.92, 0.54), (1.18, 0.88), 0.105),
)  # fmt: skip
ARM = ((0.55, 1.40), (0.90, 0.72), (1.16, 0.14), (1.34, -0.38), (1.52, -0.74), (1.68, -0.70),
       (1.68, -0.44), (1.56, -0.20), (1.38, 0.14), (1.18, 0.48), (0.90, 1.20))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "wings")
    tint = WHITE.mixed(look.hair_tip, 0.10)
    dark = WHITE.pale_shade()
    pen = look.pen(WHITE).mixed(dark, 0.25)
    for side in (1.0, -1.0):
        for tier, fill in ((LONG, tint), (MIDDLE, WHITE.mixed(tint, 0.5)), (SHORT, WHITE)):
            for root, tip, width in reversed(tier):
                shape = behind.spread(look, behind.leaf(root, tip, width, -0.05), side)
                behind.feather(sheet, look, fill, pen, dark, shape, tier is not SHORT)
        arm = behind.spread(look, curves.closed_spline(ARM), side)
        with solid(sheet, look, WHITE, arm, pen=pen):
            shade(sheet, arm, dark, -0.05, -0.07)
        for root, tip, width in reversed(DOWN):
            shape = behind.spread(look, behind.leaf(root, tip, width, 0.0, 0.6), side)
            behind.feather(sheet, look, WHITE, pen, dark, shape, False)
