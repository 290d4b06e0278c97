"""Fins: webbed ears of a sea dragon, three spines with skin between them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft.solid import SIDES, solid
from vtuber.design.curves import Point, bezier, sided, spline
from vtuber.design.look import Look
from vtuber.design.palette import deep

ROOT = (0.92, 0.06)
# how a spine bows, and its tip, from above
SPINES: tuple[tuple[Point, Point], ...] = (
    ((1.30, -0.34), (1.72, -0.78)), ((1.40, -0.08), (1.86, -0.22)), ((1.34, 0.16), (1.74, 0.26)),
    ((1.14, 0.28), (1.40, 0.56)),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    for name, side in SIDES:
        _fin(look, board.layer(f"ear_{name}", depth=-0.15), side)


def _fin(look: Look, sheet: Sheet, side: float) -> None:
    hue = look.accent.hue_deg
    edge = deep(hue, 0.62, 0.14)
    # yellow is only yellow when light
    web = Colour(0.80, 0.095, hue) if edge.hue_deg == hue else Colour(0.88, 0.115, hue)
    bone = look.skin.skin_shade().mixed(edge, 0.45)
    tips = [tip for _, tip in SPINES]
    pieces = [spline([ROOT, *SPINES[0]])]
    for a, b in pairwise(tips):
        dip = tuple((np.array(a) + np.array(b)) / 2 * 0.82 + np.array(ROOT) * 0.18)
        pieces.append(bezier(a, (float(dip[0]), float(dip[1])), (float(dip[0]), float(dip[1])), b))
    pieces.append(spline([SPINES[-1][1], SPINES[-1][0], (0.90, 0.30)]))
    fin = sided(curves.joined(*pieces), side)
    begin, end = (ROOT[0] * side, ROOT[1]), (1.75 * side, -0.20)
    fill = linear(begin, end, [(0.0, web.light(0.5), 1.0), (0.5, web, 1.0), (1.0, edge, 1.0)])
    with solid(sheet, look, fill, fin, pen=look.pen(edge)):
        for bow, tip in SPINES:
            course = sided(spline([ROOT, bow, tip]), side)
            drop = curves.moved(course, 0.0, 0.10)
            sheet.shadow(curves.joined(course, drop[::-1]), edge, 0.55)
        for bow, tip in SPINES:
            course = sided(spline([ROOT, bow, tip]), side)
            t = curves.parameter(course)
            ray = curves.ribbon(course, 0.036 * (1 - 0.8 * t))
            sheet.fill(ray, bone)
            sheet.line(course, look.pen(bone), look.line * 0.6, 0.3, 0.8)
