"""Suit: square-shouldered jacket with notched lapels, waistcoat, shirt collar, striped tie."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Points, joined, sided, spline, symmetric
from vtuber.design.look import Look

ARM = Sleeve(
    seam=((1.10, 1.672), (1.17, 2.05), (1.12, 2.40), (1.02, 2.68)),
    outer=((1.10, 1.672), (1.32, 1.755), (1.50, 1.97), (1.62, 2.50), (1.71, 3.2), (1.78, BOTTOM)),
    inner=((1.02, 2.68), (1.08, 3.2), (1.12, 3.8), (1.14, BOTTOM)),
    folds=(
        ([(1.04, 2.74), (1.20, 2.76), (1.34, 2.64), (1.44, 2.44)], 0.09),
        ([(1.08, 2.96), (1.24, 3.06), (1.42, 3.02), (1.58, 2.88)], 0.10),
        ([(1.68, 3.06), (1.56, 3.22), (1.42, 3.30), (1.26, 3.30)], 0.11),
        ([(1.30, 1.84), (1.38, 2.00), (1.42, 2.22)], 0.06),
    ),
)
EDGE = ((0.44, 1.40), (0.46, 1.62), (0.36, 2.05), (0.20, 2.56), (0.03, 3.06))  # of the open front
LEAF = ((0.44, 1.38), (0.62, 1.46), (0.75, 1.60), (0.80, 1.86), (0.55, 2.02), (0.40, 1.93))
LAPEL = ((0.44, 1.60), (0.60, 2.03), (0.88, 2.10), (0.72, 2.44), (0.44, 2.80), (0.06, 3.12),
         (0.03, 3.06))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _shirt(look, sheet)
    _tie(look, hanging.hung(board, "tie", hanging.RIBBON, (3, 8)))
    sheet = board.layer("jacket", "body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        _points(look, sheet, side)
    _waistcoat(look, sheet)
    for side in (-1.0, 1.0):
        _front(look, sheet, side)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth, ARM, figured=True)
    _details(look, sheet)


def _behind(look: Look, sheet: Sheet) -> None:
    jacket = cloth.nape(0.7, 1.24, 1.72)
    with cloth.panel(look, sheet, jacket, cloth.dim(look.cloth)):
        pass
    shirt = curves.moved(jacket * (0.80, 1.0), 0.0, -0.07)
    with cloth.panel(look, sheet, shirt, cloth.dim(look.shirt, 1.3), weight=0.8):
        pass


def _shirt(look: Look, sheet: Sheet) -> None:
    shape = symmetric([(0.0, 1.74), (0.30, 1.42), (0.56, 1.52), (0.62, 2.0), (0.5, 3.3)])
    with cloth.panel(look, sheet, shape, look.shirt, weight=0.7):
        cloth.cast(sheet, look.shirt, 0.10)
        for side in (1.0, -1.0):
            crease = ([(0.10 * side, 1.86), (0.22 * side, 2.05), (0.26 * side, 2.36)], 0.06)
            cloth.folds(look, sheet, [crease], look.shirt)


def _tie(look: Look, sheet: Sheet) -> None:
    fill = look.accent
    stripe = look.cloth_second if look.cloth_second.lightness > 0.7 else fill.light(0.9)
    blade = symmetric([(0.0, 1.82), (0.068, 1.82), (0.10, 2.2), (0.155, 2.8), (0.16, 3.6)])
    with cloth.panel(look, sheet, blade, fill, weight=0.8):
        for i in range(7):
            at = 1.98 + 0.21 * i
            sheet.fill([(-0.3, at + 0.14), (0.3, at - 0.14), (0.3, at - 0.095),
                        (-0.3, at + 0.185)], stripe, 0.9)  # fmt: skip
        sheet.shadow([(0.02, 1.8), (0.05, 2.3), (0.07, 3.6), (0.4, 3.6), (0.3, 1.8)],
                     cloth.dim(fill), 0.75)  # fmt: skip
        sheet.shadow([(-0.2, 1.7), (0.2, 1.7), (0.1, 1.95), (-0.1, 1.91)], cloth.dim(fill))
    knot = [(-0.12, 1.655), (0.0, 1.64), (0.12, 1.655), (0.068, 1.86), (0.0, 1.88), (-0.068, 1.86)]
    with cloth.panel(look, sheet, knot, fill, weight=0.8):
        sheet.fill([(-0.14, 1.78), (0.12, 1.64), (0.16, 1.67), (-0.10, 1.82)], stripe, 0.9)
        sheet.shadow([(0.03, 1.6), (0.05, 1.9), (0.2, 1.9), (0.2, 1.6)], cloth.dim(fill), 0.8)
    clasp = [(-0.13, 2.60), (0.14, 2.585), (0.14, 2.63), (-0.13, 2.645)]
    with cloth.panel(look, sheet, clasp, trim.METAL, weight=0.5):
        sheet.fill([(-0.06, 2.5), (0.0, 2.5), (-0.03, 2.7), (-0.09, 2.7)], trim.METAL.light(1.2))


def _points(look: Look, sheet: Sheet, side: float) -> None:
    """Draw one point of the shirt's collar."""
    fill = look.shirt
    shape = sided(
        joined(spline([(0.36, 1.33), (0.30, 1.46), (0.17, 1.58), (0.03, 1.69)]),
               [(0.10, 1.82), (0.26, 2.02)],
               spline([(0.42, 1.84), (0.54, 1.62), (0.50, 1.44), (0.36, 1.33)])), side
    )  # fmt: skip
    with cloth.panel(look, sheet, shape, fill, weight=0.85):
        cloth.cast(sheet, fill, -0.12)
        rim = sided(np.array([(0.10, 1.755), (0.25, 1.96), (0.46, 1.70)]), side)
        sheet.stroke(rim, cloth.dim(fill, 1.2), look.line * 0.5)


def _waistcoat(look: Look, sheet: Sheet) -> None:
    fill = look.cloth_second.mixed(look.cloth, 0.25)
    right = joined(spline([(0.0, 2.74), (0.16, 2.45), (0.33, 2.0), (0.52, 1.64)]),
                   [(0.7, 1.7), (0.8, 2.6), (0.7, BOTTOM)])  # fmt: skip
    for side in (-1.0, 1.0):
        with cloth.panel(
            look, sheet, sided(joined(right, [(0.0, BOTTOM)]), side), fill, weight=0.8
        ):
            edge = sided(spline([(0.30, 2.1), (0.26, 2.5), (0.16, 2.9), (0.1, 3.3)]), side)
            if side > 0:
                sheet.shadow(joined(edge, [(0.9, 3.3), (0.9, 2.0)]), cloth.dim(fill))
            hem = sided(curves.moved(right[:42], 0.05, 0.02), side)
            cloth.stitches(look, sheet, hem, cloth.ink(look, fill), 0.06)
    for at in (2.84, 3.04, 3.24, 3.44):
        trim.button(look, sheet, (0.0, at), 0.036, trim.METAL, metal=True)


def _half() -> Points:
    return spline([(0.44, 1.46), (0.82, 1.58), (1.14, 1.685), (1.20, 1.82), (1.20, 2.2),
                   (1.08, 2.68), (0.98, 3.1), (0.97, 3.6), (1.02, BOTTOM)])  # fmt: skip


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    inner = joined(spline(EDGE), [(0.0, 3.2), (-0.06, 3.6), (-0.06, BOTTOM)])
    shape = sided(joined(_half(), inner[::-1]), side)
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill, 0.86)
        cloth.bust(look, sheet, fill)
        cloth.folds(look, sheet, _PULLED, fill, side)
        dart = sided(spline([(0.66, 2.72), (0.68, 3.0), (0.60, 3.4), (0.60, BOTTOM)]), side)
        cloth.seam(look, sheet, dart, fill, 0.7)
        under = spline(
            [(0.86, 1.5), (0.96, 2.06), (0.98, 2.18), (0.80, 2.54), (0.50, 2.90), (0.1, 3.2)]
        )
        sheet.shadow(sided(joined(under, [(0.0, 3.0), (0.4, 1.5)]), side), cloth.dim(fill))
    for outline, low in (
        (joined(spline(EDGE[1:]), np.array(LAPEL)[::-1]), 0.0),
        (np.array(LEAF), 0.1),
    ):
        with cloth.panel(look, sheet, sided(outline, side), fill, weight=0.85, figured=True):
            roll = spline([(0.44, 1.5), (0.56, 1.90), (0.46, 2.30), (0.06, 3.1)])
            if side > 0:
                sheet.shadow(joined(roll, [(0.0, 3.0), (0.2, 1.5)]), cloth.dim(fill), 0.8)
            cloth.cast(sheet, fill, low)
            hem = (np.array(outline) - (0.50, 2.1)) * 0.91 + (0.50, 2.1)
            sheet.stroke(sided(hem, side), cloth.ink(look, fill), look.line * 0.5, alpha=0.5)
            gleam = sided(spline([(0.80, 2.14), (0.68, 2.40), (0.46, 2.68)]), side)
            sheet.line(gleam, cloth.lit(fill), 0.03, 0.5, 1.0, 0.8)


# the jacket is pulled towards its button
_PULLED: tuple[cloth.Fold, ...] = (
    ([(0.02, 3.14), (0.28, 3.06), (0.52, 2.92), (0.70, 2.72)], 0.09),
    ([(0.04, 3.20), (0.34, 3.22), (0.62, 3.16), (0.82, 3.06)], 0.09),
    ([(1.04, 2.66), (0.94, 2.84), (0.84, 2.92), (0.72, 2.94)], 0.09),
    ([(0.03, 3.18), (0.20, 3.36), (0.44, 3.44)], 0.08),
    ([(1.16, 1.84), (1.14, 2.14), (1.02, 2.44)], 0.08),
    ([(1.12, 2.42), (1.02, 2.58), (0.92, 2.64)], 0.07),
)


def _details(look: Look, sheet: Sheet) -> None:
    dark = look.cloth.mixed(Colour(0.20, 0.02, 280.0), 0.5)
    trim.button(look, sheet, (0.05, 3.16), 0.055, dark)
    # pocket with a folded square
    square = [(0.60, 2.60), (0.67, 2.42), (0.735, 2.52), (0.82, 2.37), (0.93, 2.57)]
    fill = look.accent.light(0.7)
    with cloth.panel(look, sheet, square, fill, weight=0.5):
        sheet.shadow([(0.735, 2.50), (0.67, 2.42), (0.72, 2.66), (0.80, 2.66)], cloth.dim(fill))
        sheet.shadow([(0.82, 2.35), (0.85, 2.66), (1.0, 2.66)], cloth.dim(fill))
    slit = [(0.56, 2.60), (0.95, 2.54), (0.96, 2.61), (0.57, 2.67)]
    with cloth.panel(look, sheet, slit, look.cloth, weight=0.5):
        pass
    hole = sided(np.array([(0.70, 2.20), (0.80, 2.17)]), -1.0)
    sheet.stroke(hole, cloth.ink(look, look.cloth), look.line * 0.7)
    trim.medal_star(look, sheet, (-0.66, 2.28), 0.062, trim.METAL)
