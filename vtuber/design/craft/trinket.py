"""Small things worn in the hair: bows, flowers, roses."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft.solid import shade, solid, turned
from vtuber.design.curves import Point, Points, closed_spline, moved, spline
from vtuber.design.look import Look

YELLOW = Colour(0.86, 0.13, 88.0)
# one loop of a bow, to the right of its knot; size 1
LOOP = ((0.06, 0.0), (0.30, -0.34), (0.72, -0.56), (1.00, -0.46), (1.04, -0.06), (0.98, 0.34),
        (0.70, 0.42), (0.30, 0.22))  # fmt: skip
HOLE = ((0.34, -0.02), (0.62, -0.22), (0.92, -0.26), (0.97, -0.04), (0.92, 0.16), (0.62, 0.14))
TAIL = ((0.02, 0.05), (0.22, 0.30), (0.42, 0.66), (0.50, 1.02))
FOLDS = (
    ((0.14, -0.06), (0.34, -0.24), (0.56, -0.36)),
    ((0.14, 0.08), (0.36, 0.20), (0.60, 0.25)),
)
KNOT = ((-0.17, -0.14), (0.0, -0.18), (0.17, -0.14), (0.19, 0.04), (0.14, 0.18), (-0.14, 0.18),
        (-0.19, 0.04))  # fmt: skip

PETAL = ((0.0, -0.12), (-0.30, -0.42), (-0.34, -0.80), (-0.10, -1.0), (0.0, -0.92), (0.10, -1.0),
         (0.34, -0.80), (0.30, -0.42))  # fmt: skip


def bow(
    look: Look, sheet: Sheet, at: Point, size: float, cloth: Colour, tilt: float = 0.0,
    tails: float = 1.0, loose: Sheet | None = None,
) -> None:  # fmt: skip
    """Tie a bow; `tilt` turns it clockwise, in degrees; `tails` is their length.

    They are drawn on the sheet `loose`, if given: one that swings below the knot.
    """

    def placed(points: Points, side: float = 1.0) -> Points:
        return moved(turned(curves.sided(points, side) * size, tilt), *at)

    for side in (1.0, -1.0) if tails else ():
        course = placed(spline(TAIL) * (1.0 if side > 0 else 0.92, tails), side)
        t = curves.parameter(course)
        ends = curves.ribbon(course, size * (0.07 + 0.13 * t))
        n = len(course)
        notch = course[-1] + (course[-4] - course[-1]) * 1.6
        strip = np.vstack([ends[:n], notch, ends[n:]])
        under = loose or sheet
        with solid(under, look, cloth.shade(0.35), strip, weight=0.9):
            shade(under, strip, cloth.shade(1.3), -0.10 * size, -0.02 * size)
    for side in (1.0, -1.0):
        loop = placed(closed_spline(list(LOOP), 10), side)
        with solid(sheet, look, cloth, loop, weight=0.95):
            shade(sheet, loop, cloth.shade(1.0), -0.10 * size, -0.16 * size)
            sheet.fill(placed(closed_spline(list(HOLE), 10), side), cloth.shade(1.5))
            rim = placed(closed_spline(list(HOLE), 10)[5:48], side)
            sheet.line(rim, look.pen(cloth), look.line * 0.7)
            for fold in FOLDS:
                sheet.line(placed(spline(fold), side), look.pen(cloth), look.line * 0.8, 0.1, 1.1)
            gloss = spline([(0.46, -0.36), (0.68, -0.45), (0.88, -0.40)])
            sheet.line(placed(gloss, side), cloth.light(0.9), 0.07 * size, 0.7, 0.7, alpha=0.8)
    knot = placed(closed_spline(list(KNOT), 10))
    with solid(sheet, look, cloth, knot, weight=0.95):
        shade(sheet, knot, cloth.shade(1.1), -0.07 * size, -0.08 * size)


def tied(
    look: Look, board: Board, name: str, mesh: tuple[int, int], depth: float, at: Point,
    size: float, cloth: Colour, tilt: float, tails: float,
) -> None:  # fmt: skip
    """Tie a bow into the hair: only its tails swing."""
    loose = board.layer(f"{name}_tails", "accessory", mesh=(4, 5), depth=depth, group="ribbon")
    fast = board.layer(name, "accessory", mesh=mesh, depth=depth)
    bow(look, fast, at, size, cloth, tilt, tails, loose)


def flower(
    look: Look, sheet: Sheet, at: Point, size: float, petal: Colour, turn: float = 10.0,
    heart: Colour = YELLOW,
) -> None:  # fmt: skip
    """Draw a blossom of five notched petals."""
    for i in range(5):
        leaf = closed_spline(list(PETAL), 8)
        shape = moved(turned(leaf * size, turn + 72.0 * i), *at)
        with solid(sheet, look, petal, shape, weight=0.85):
            shade(sheet, shape, petal.pale_shade(), -0.10 * size, -0.10 * size)
            vein = moved(turned(np.array([(0.0, -0.2), (0.0, -0.62)]) * size, turn + 72.0 * i), *at)
            sheet.line(vein, petal.pale_shade().shade(0.8), 0.05 * size, 0.2, 1.0)
    middle = curves.ellipse(at, 0.24 * size, 0.24 * size)
    with solid(sheet, look, heart, middle, weight=0.8):
        shade(sheet, middle, heart.shade(1.2), -0.07 * size, -0.07 * size)
