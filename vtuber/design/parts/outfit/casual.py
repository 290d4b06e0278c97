"""Casual: a striped tee under a wide open shirt with rolled sleeves, chain with a pendant."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline, symmetric
from vtuber.design.look import Look

WIDE = Sleeve(
    seam=((1.05, 1.688), (1.24, 2.05), (1.22, 2.40), (1.10, 2.74)),
    outer=((1.05, 1.688), (1.34, 1.815), (1.57, 2.13), (1.72, 2.62), (1.84, 3.1), (1.86, 3.34)),
    inner=((1.10, 2.74), (1.07, 3.0), (1.10, 3.34)),
    folds=(
        ([(1.12, 2.78), (1.28, 2.80), (1.42, 2.68), (1.52, 2.48)], 0.11),
        ([(1.10, 3.00), (1.30, 3.10), (1.52, 3.06), (1.70, 2.90)], 0.12),
        ([(1.78, 3.02), (1.62, 3.20), (1.40, 3.26), (1.20, 3.22)], 0.12),
        ([(1.20, 1.80), (1.36, 1.98), (1.44, 2.24)], 0.07),
    ),
)
FRONT = ((0.40, 1.38), (0.52, 1.70), (0.56, 2.2), (0.52, 2.8), (0.60, 3.4), (0.70, BOTTOM))


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _tee(look, sheet)
    _chain(look, sheet)
    for side in (1.0, -1.0):
        _front(look, sheet, side)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth, WIDE, figured=True)
        _cuff(look, sheet, side)
    for side in (1.0, -1.0):
        _collar(look, sheet, side)
    _pendant(look, board, sheet)


def _behind(look: Look, sheet: Sheet) -> None:
    shape = cloth.nape(0.66, 1.22)
    with cloth.panel(look, sheet, shape, cloth.dim(look.cloth, 1.6)):
        pass


def _tee(look: Look, sheet: Sheet) -> None:
    fill = look.shirt
    neck = spline([(-0.52, 1.52), (-0.36, 1.70), (-0.16, 1.80), (0.0, 1.82), (0.16, 1.80),
                   (0.36, 1.70), (0.52, 1.52)])  # fmt: skip
    shape = joined(neck, [(0.9, 1.7), (0.95, 2.7), (0.85, 3.2), (0.9, BOTTOM), (-0.9, BOTTOM),
                          (-0.85, 3.2), (-0.95, 2.7), (-0.9, 1.7)])  # fmt: skip
    stripe = look.accent if abs(fill.lightness - look.accent.lightness) > 0.1 else look.cloth_second
    with cloth.panel(look, sheet, shape, fill, weight=0.8):
        for i in range(8):
            at = 2.14 + 0.24 * i
            bent = spline([(-1.0, at - 0.05), (-0.4, at + 0.02), (0.0, at + 0.035),
                           (0.4, at + 0.02), (1.0, at - 0.05)])  # fmt: skip
            sheet.fill(cloth.band(bent, 0.0, 0.105), stripe.mixed(fill, 0.15))
        # shadows over print and cloth alike
        with sheet.veiled(cloth.PALE_VEIL, 0.30):
            right = spline([(0.26, 1.7), (0.36, 2.2), (0.30, 2.9), (0.42, 3.6)])
            sheet.shadow(joined(right, [(1.0, 3.6), (1.0, 1.7)]), fill)
            left = spline([(-0.62, 1.7), (-0.47, 2.2), (-0.42, 2.9), (-0.5, 3.6)])
            sheet.shadow(joined(left, [(-1.0, 3.6), (-1.0, 1.7)]), fill)
            if look.design.body.presentation > 0.7 and look.design.body.age >= 0.3:
                under = spline(
                    [(-0.5, 2.96), (-0.28, 3.04), (0.0, 2.99), (0.28, 3.05), (0.5, 2.98)]
                )
                sheet.shadow(cloth.band(under, 0.0, 0.05), fill)
            for path in (
                [(0.40, 2.36), (0.24, 2.66), (-0.02, 2.80)],
                [(-0.44, 2.56), (-0.28, 2.86), (-0.02, 2.98)],
            ):
                course = spline(path)
                swell = (0.09 * curves.taper(curves.parameter(course), 0.5, 0.9))[:, None]
                lower = course + curves.normals(course) * swell
                sheet.shadow(joined(course, lower[::-1]), fill)
        ring = cloth.band(neck, 0.0, 0.085)
        sheet.fill(ring, stripe.mixed(fill, 0.15))
        sheet.stroke(curves.moved(neck, 0.0, 0.085), look.pen(fill), look.line * 0.6)


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    half = spline([(0.40, 1.42), (0.78, 1.57), (1.08, 1.70), (1.23, 1.90), (1.27, 2.2),
                   (1.15, 2.74), (1.04, 3.2), (1.10, BOTTOM)])  # fmt: skip
    shape = sided(joined(half, spline(FRONT)[::-1]), side)
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill, 0.90)
        cloth.folds(look, sheet, _FOLDS, fill, side)
        yoke = sided(spline([(0.60, 1.98), (0.86, 2.05), (1.22, 2.02)]), side)
        cloth.seam(look, sheet, yoke, fill, 0.8)
        cloth.stitches(look, sheet, curves.moved(yoke, 0.0, 0.035), cloth.ink(look, fill), 0.05)
        strip = sided(cloth.band(spline(FRONT), -0.085, 0.0), side)
        with cloth.panel(look, sheet, strip, fill, weight=0.5, figured=True):
            if side > 0:
                sheet.shadow(cloth.band(spline(FRONT), -0.03, 0.0), cloth.dim(fill))
        under = spline([(0.5, 1.3), (0.80, 1.80), (0.74, 2.14), (0.5, 2.3)])
        sheet.shadow(sided(joined(under, [(0.3, 2.2), (0.3, 1.4)]), side), cloth.dim(fill))
    if side > 0:
        pocket = [(0.66, 2.62), (1.00, 2.58), (0.99, 2.94), (0.83, 3.02), (0.67, 2.98)]
        with cloth.panel(look, sheet, pocket, fill, weight=0.5, figured=True):
            cloth.seam(look, sheet, np.array([(0.6, 2.71), (0.8, 2.69), (1.1, 2.66)]), fill, 0.5)
        trim.button(look, sheet, (0.83, 2.665), 0.025, look.cloth_second)
    for at in (2.36, 2.72, 3.08):
        if side < 0:
            trim.button(look, sheet, (-0.59 + 0.02 * (at > 3), at), 0.030, look.cloth_second)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.12, 2.74), (0.98, 2.88), (0.84, 2.90), (0.70, 2.84)], 0.10),
    ([(1.08, 2.98), (0.96, 3.18), (0.82, 3.26), (0.68, 3.24)], 0.10),
    ([(0.98, 1.84), (1.00, 2.16), (0.88, 2.46)], 0.09),
    ([(1.16, 2.48), (1.04, 2.60), (0.88, 2.62), (0.72, 2.54)], 0.08),
    ([(0.60, 2.36), (0.68, 2.60), (0.64, 2.90)], 0.06),
    ([(0.58, 2.74), (0.72, 2.98), (0.74, 3.30)], 0.08),
)


def _cuff(look: Look, sheet: Sheet, side: float) -> None:
    """Draw the rolled end of the sleeve."""
    fill = look.cloth_second
    rim = spline([(1.05, 3.20), (1.40, 3.30), (1.90, 3.18)])
    with cloth.panel(look, sheet, sided(joined(rim, [(1.94, 3.50), (1.03, 3.52)]), side), fill):
        pass
    skin = sided([(1.14, 3.51), (1.78, 3.50), (1.74, BOTTOM), (1.24, BOTTOM)], side)
    sheet.stroke(skin, look.skin_pen, look.line * 1.4, closed=True)
    sheet.fill(skin, look.skin)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    shape = joined(spline([(0.34, 1.34), (0.36, 1.52), (0.46, 1.72), (0.54, 1.90)]),
                   spline([(0.72, 2.06), (0.92, 1.84), (0.86, 1.60), (0.62, 1.40), (0.44, 1.30),
                           (0.34, 1.34)]))  # fmt: skip
    with cloth.panel(look, sheet, sided(shape, side), fill, weight=0.9, figured=True):
        cloth.cast(sheet, fill, -0.08)
        # it turns over a stand: a roll of light, and shade where it goes under
        roll = sided(spline([(0.46, 1.34), (0.50, 1.54), (0.58, 1.74), (0.66, 1.92)]), side)
        sheet.line(roll, cloth.dim(fill), 0.075, 0.5, 0.9)
        sheet.line(curves.moved(roll, -0.055 * side, 0.0), cloth.lit(fill), 0.03, 0.5, 0.9)
        hem = sided(spline([(0.56, 1.84), (0.71, 1.98), (0.85, 1.82), (0.80, 1.64)]), side)
        cloth.stitches(look, sheet, hem, cloth.ink(look, fill), 0.06)


def _chain(look: Look, sheet: Sheet) -> None:
    course = spline([(-0.44, 1.56), (-0.26, 1.90), (0.0, 2.06), (0.26, 1.90), (0.44, 1.56)])
    sheet.shadow(cloth.band(course, 0.0, 0.03), cloth.dim(look.shirt, 1.5), 0.6)
    trim.braid(look, sheet, course, trim.SILVER, 0.018)


def _pendant(look: Look, board: Board, body: Sheet) -> None:
    plate = symmetric([(0.0, 2.05), (0.05, 2.09), (0.05, 2.24), (0.0, 2.29)])
    hanging.behind(body, plate, reach=0.03)
    sheet = hanging.hung(board, "pendant", hanging.ACCESSORY, (2, 4))
    with cloth.panel(look, sheet, plate, trim.SILVER, weight=0.6):
        sheet.fill(symmetric([(0.0, 2.1), (0.025, 2.17), (0.0, 2.24)]), look.accent)
