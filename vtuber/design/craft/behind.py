"""What grows from the back, wings and tails: beside the shoulders, inside the picture, at rest.

They stay with the body when the head turns.
"""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Ink, Sheet
from vtuber.design.craft.solid import solid
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

CHIBI = 0.88  # its picture shows less on both sides


def layer(board: Board, name: str) -> Sheet:
    """Begin a layer behind everything. Points as on the standard head, out to u = 2.27."""
    return board.layer(
        name, "back_accessory", on="head", mesh=(8, 8), depth=-0.4, turn=0.0, place="back_accessory"
    )


def spread(look: Look, points: Points | list[Point], side: float) -> Points:
    """Give points of the performer's left on a side, within this character's picture."""
    chibi = look.design.body.proportions == "chibi"
    return np.array(points, float) * (side * (CHIBI if chibi else 1.0), 1.0)


def leaf(root: Point, tip: Point, width: float, bend: float = 0.0, blunt: float = 0.35) -> Points:
    """Give a feather or blade from root to tip; `bend` bows it to its right, W."""
    a, b = np.array(root), np.array(tip)
    along = b - a
    across = np.array([-along[1], along[0]]) / (np.linalg.norm(along) + 1e-9)
    middle = a + along * 0.5 + across * bend
    course = spline([root, (float(middle[0]), float(middle[1])), tip], 22)
    t = curves.parameter(course)
    rise = np.minimum(t / 0.25, 1.0) ** 0.6 * 0.6 + 0.4
    fall = 1.0 - np.clip((t - 0.45) / 0.55, 0.0, 1.0) ** (1.6 + 3.0 * blunt)
    return curves.ribbon(course, width * rise * fall)


def feather(
    sheet: Sheet, look: Look, fill: Ink, pen: Ink, shade: Ink, shape: Points, quill: bool = True
) -> None:
    """Draw one feather: shade along its lower edge, a quill."""
    n = len(shape) // 2
    spine = (shape[:n] + shape[n:][::-1]) / 2
    lower = shape[:n] if shape[:n, 1].mean() > shape[n:, 1].mean() else shape[n:][::-1]
    with solid(sheet, look, fill, shape, pen=pen, weight=0.85):
        # a sickle along the lower edge
        t = np.sin(np.pi * curves.parameter(spine))[:, None] ** 0.7
        sheet.shadow(curves.joined(lower, (lower + (spine - lower) * 0.75 * t)[::-1]), shade)
        if quill:
            sheet.line(curves.cut(spine, 0.15, 0.88), pen, look.line * 0.6, 0.3, 1.0, alpha=0.6)
