"""Antlers: a young deer's, branched, with a few leaves and a blossom at the root."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import furry, trinket
from vtuber.design.craft.behind import leaf
from vtuber.design.craft.solid import SIDES, shade, solid
from vtuber.design.curves import Point, Points, sided, spline
from vtuber.design.look import Look

WOOD = Colour(0.62, 0.060, 62.0)
LEAF = Colour(0.60, 0.11, 145.0)
# course and half width of each branch
BRANCHES: tuple[tuple[tuple[Point, ...], float], ...] = (
    (((0.50, -1.20), (0.72, -1.56), (0.98, -1.78), (1.16, -2.06), (1.12, -2.40)), 0.095),
    (((0.74, -1.58), (0.72, -1.80), (0.78, -2.06)), 0.065),
    (((1.02, -1.82), (1.26, -1.90), (1.50, -2.12)), 0.065),
    (((1.14, -2.02), (1.28, -2.12), (1.38, -2.34)), 0.045),
)
TUFT = (
    ((0.36, -1.26), (0.43, -1.38), (0.46, -1.48), (0.44, -1.60)),
    ((0.66, -1.12), (0.74, -1.24), (0.77, -1.34), (0.76, -1.46)),
)


def draw(look: Look, board: Board) -> None:
    for name, side in SIDES:
        sheet = board.layer(f"horn_{name}", "accessory", depth=0.05, place="ear")
        _antler(look, sheet, side)
        over = board.layer(f"horn_tuft_{name}", "front_hair", depth=0.42, mesh=(4, 4),
                           place="headwear")  # fmt: skip
        for path in TUFT:
            furry.lock(look, over, [(u * side, v) for u, v in path], 0.05, side)
    dress = board.layer("horn_blossom", "accessory", depth=0.30, mesh=(4, 4))
    for root, tip in (((0.52, -1.34), (0.20, -1.44)), ((0.62, -1.30), (0.94, -1.22))):
        shape = leaf(root, tip, 0.075, 0.02, 0.0)
        with solid(dress, look, LEAF, shape, weight=0.85):
            shade(dress, shape, LEAF.shade(1.1), -0.03, -0.04)
            dress.line(np.array([root, tip]), look.pen(LEAF), look.line * 0.6, 0.2, 1.0)
    trinket.flower(look, dress, (0.57, -1.34), 0.16, look.accent.light(0.7), 20.0)


def _antler(look: Look, sheet: Sheet, side: float) -> None:
    courses = [(sided(spline(path, 18), side), width) for path, width in BRANCHES]
    with solid(sheet, look, WOOD, *(_branch(course, width) for course, width in courses)):
        for course, width in courses:
            body = _branch(course, width)
            sheet.shadow(curves.moved(body, width * 0.9, width * 0.5), WOOD.shade(1.1), 0.8)
        for course, width in courses:
            lit = curves.moved(curves.cut(course, 0.1, 0.8), -width * 0.35, -width * 0.1)
            sheet.line(lit, WOOD.light(0.9), width * 0.35, 0.5, 0.9, alpha=0.8)


def _branch(course: Points, width: float) -> Points:
    t = curves.parameter(course)
    return curves.ribbon(course, width * (1 - 0.9 * t**1.6) * (1 + 0.06 * np.sin(9 * t)))
