"""Bat: leathery demon wings, scalloped between clawed fingers, glowing towards the arm."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import linear
from vtuber.design.craft import behind
from vtuber.design.craft.horn import BONE, DARK
from vtuber.design.craft.solid import solid
from vtuber.design.curves import Point, Points, bezier, spline
from vtuber.design.look import Look

ODDS = 0.6  # of being rolled, beside a common style

WRIST = (1.52, -0.62)
ROOT = (0.55, 1.80)
ELBOW = (1.16, 0.40)
FINGERS: tuple[tuple[Point, Point], ...] = (  # how a finger bows, and its tip
    ((1.90, -0.92), (2.25, -0.90)),
    ((2.00, -0.40), (2.27, 0.26)),
    ((1.88, 0.10), (2.10, 1.32)),
    ((1.62, 0.40), (1.68, 1.92)),
)
HOLLOW = 0.13  # how deep the skin hangs between two tips


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "wings")
    skin, bone = DARK.mixed(look.accent, 0.30), DARK.mixed(look.accent, 0.10)
    glow = DARK.mixed(look.accent, 0.75)
    for side in (1.0, -1.0):
        fill = linear((1.0 * side, 1.6), (2.1 * side, -0.5), [(0.0, glow, 1.0), (0.75, skin, 1.0),
                                                              (1.0, skin, 1.0)])  # fmt: skip
        web = behind.spread(look, _web(), side)
        fingers = [behind.spread(look, _finger(*finger), side) for finger in FINGERS]
        with solid(sheet, look, fill, web, pen=look.pen(bone)):
            for course in fingers:
                # each fold of skin is dark beneath its finger
                drop = curves.moved(course, -0.13 * side, 0.10)
                sheet.shadow(curves.joined(course, drop[::-1]), skin.shade(1.3), 0.7)
            for course in fingers[1:]:
                vein = curves.moved(curves.cut(course, 0.35, 0.9), 0.13 * side, -0.02)
                sheet.line(vein, skin.light(0.35), 0.02, 0.8, 0.8, alpha=0.5)
        arm = behind.spread(look, spline([ROOT, ELBOW, WRIST], 30), side)
        bones = [_bone(course, 0.050) for course in fingers] + [_bone(arm, 0.085, 0.8)]
        with solid(sheet, look, bone, *bones):
            for course in (*fingers, arm):
                lit = curves.moved(curves.cut(course, 0.05, 0.85), -0.014, -0.016)
                sheet.line(lit, bone.light(0.8), 0.022, 0.4, 0.8, alpha=0.8)
        claw = behind.spread(look, behind.leaf((1.50, -0.56), (1.40, -0.96), 0.055, -0.07, 0), side)
        with solid(sheet, look, BONE.shade(0.4), claw):
            sheet.shadow(curves.moved(claw, 0.05, 0.05), BONE.shade(1.4))


def _finger(bow: Point, tip: Point) -> Points:
    return spline([WRIST, bow, tip], 20)


def _bone(course: Points, width: float, end: float = 0.12) -> Points:
    t = curves.parameter(course)
    return curves.ribbon(course, width * (1 - (1 - end) * t) * (1 - 0.25 * np.sin(np.pi * t)))


def _web() -> Points:
    tips = [tip for _, tip in FINGERS] + [(0.95, 1.95)]
    pieces = [spline([ROOT, ELBOW, WRIST], 20), _finger(*FINGERS[0])]
    for a, b in pairwise(tips):
        middle = (np.array(a) + np.array(b)) / 2
        inwards = np.array([WRIST[0], WRIST[1] + 0.35]) - middle
        dip = middle + inwards / np.linalg.norm(inwards) * HOLLOW * 1.6
        hang = (float(dip[0]), float(dip[1]))
        pieces.append(bezier(a, hang, hang, b, 20))
    return curves.joined(*pieces)
