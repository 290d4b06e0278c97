"""Cornrows: rows of plaits from a free forehead back over the head, two slim braids hang free."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import coils, fringe, hair
from vtuber.design.craft.curls import draw_cuff, draw_rope
from vtuber.design.curves import Point, bezier, spline
from vtuber.design.look import Look

BESIDE = {
    "back_hair": ("afro", "box_braids", "corkscrews", "puffs", "twin_braids"),
    "side_hair": (),
    "ahoge": (),
}
ODDS = 1.6  # of being rolled, beside a common style

WIDE, HIGH = 1.10, 1.35  # of the head under the rows
HAIRLINE = ((1.10, -0.02), (1.03, -0.22), (0.94, -0.44), (0.80, -0.68), (0.54, -0.84),
            (0.26, -0.90), (0.0, -0.88), (-0.26, -0.90), (-0.54, -0.84), (-0.80, -0.68),
            (-0.94, -0.44), (-1.03, -0.22), (-1.10, -0.02))  # fmt: skip
# where rows begin at the hairline, on one side, and half widths
ROWS = ((1.06, -0.20, 0.085), (0.97, -0.50, 0.100), (0.80, -0.74, 0.108), (0.56, -0.88, 0.112),
        (0.28, -0.94, 0.112))  # fmt: skip
MIDDLE_ROW = (0.0, -0.93, 0.112)
CROWN = (0.0, -1.67)
# before the face: spine, half width
LOOSE = (
    (((0.70, -0.86), (0.94, -0.66), (1.02, -0.20), (0.98, 0.34), (1.00, 0.86)), 0.058),
    (((-0.70, -0.86), (-0.94, -0.66), (-1.02, -0.20), (-0.98, 0.30), (-1.01, 0.74)), 0.058),
)


def draw(look: Look, board: Board) -> None:
    cap = curves.joined(fringe.dome(WIDE, HIGH), spline(HAIRLINE)[1:-1])
    shadow = board.layer("hair_shadow", depth=0.27, clip="face")
    for shape in (cap, *(curves.ribbon(spline(path), np.full(57, w)) for path, w in LOOSE)):
        shadow.fill(curves.moved(shape, 0.024, 0.05), look.skin.skin_shade())
    sheet = board.layer("front_hair", depth=0.40, group="front_hair")
    scalp = look.hair_root.shade(1.3)
    rows = [(u * side, v, w) for u, v, w in ROWS for side in (1.0, -1.0)]
    with hair.merged(sheet, look, [cap]):
        sheet.fill(cap, scalp)
        for u, v, w in (*rows, MIDDLE_ROW):
            draw_rope(sheet, look, _row(u, v), w, 0.0)
    with sheet.inside():
        at = (-0.34, -1.05)
        sheet.fill(curves.ellipse(at, 0.9, 0.7), coils.lit(look, at, 0.9))
    for path, width in LOOSE:
        draw_rope(sheet, look, path, width, 0.0)
        draw_cuff(sheet, look, path[-2], width * 1.2, 0.05)


def _row(u: float, v: float) -> list[Point]:
    """Lead a row from its place at the hairline over the head towards the crown."""
    way = bezier(
        (u, v),
        (u * 1.12, v - 0.30),
        (u * 0.86 + CROWN[0], CROWN[1] + 0.16 + 0.10 * abs(u)),
        (u * 0.42 + CROWN[0], CROWN[1] + 0.02),
        9,
    )
    return [(float(a), float(b)) for a, b in way]
