"""Mage: hooded cape with a deep collar and gilded hem, over a robe with a broad sash and runes."""

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
    seam=((0.98, 1.76), (1.06, 2.1), (1.06, 2.4), (1.00, 2.66)),
    outer=((0.98, 1.76), (1.30, 1.90), (1.44, 2.3), (1.52, 2.9), (1.66, 3.4), (1.82, BOTTOM)),
    inner=((1.00, 2.66), (1.04, 3.0), (1.06, 3.6), (1.06, BOTTOM)),
    folds=sleeves.ARM,
)
SIDES = {1.0: "left", -1.0: "right"}
# from the throat over the shoulder down the outside
CAPE = ((0.62, 1.56), (0.84, 1.60), (1.10, 1.70), (1.48, 2.00), (1.78, 2.50), (2.00, 3.2),
        (2.16, BOTTOM))  # fmt: skip
OPENING = ((0.10, 2.10), (0.42, 2.20), (0.80, 2.52), (1.06, 3.0), (1.22, 3.6), (1.30, BOTTOM))


def draw(look: Look, board: Board) -> None:
    _hood(look, board.layer("hood_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _lining(look, sheet)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, _robe(look), ARM)
    _gown(look, sheet)
    for side in (1.0, -1.0):
        _cape(look, hanging.hung(board, f"cape_{SIDES[side]}", hanging.CLOTH, (6, 10)), side)
    mantle = board.layer("mantle", "body", mesh=(8, 5), turn=0.0, place="ear")
    for side in (-1.0, 1.0):
        _collar(look, mantle, side)
    _clasp(look, mantle)


def _robe(look: Look) -> Colour:
    """Give the robe beneath: whichever cloth stands out from the cape."""
    apart = abs(look.shirt.lightness - look.cloth.lightness) > 0.18
    return look.shirt if apart else look.cloth_second


def _hood(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    with cloth.panel(look, sheet, cloth.nape(1.10, 1.02, 1.86), cloth.dim(fill, 0.8)):
        inner = curves.moved(cloth.nape(0.90, 1.02, 1.80), 0.0, 0.11)
        sheet.fill(inner, cloth.dim(look.cloth_second, 1.6))
        rim = cloth.nape(0.97, 1.02, 1.90)
        sheet.stroke(curves.moved(rim, 0.0, 0.055), trim.METAL, 0.035, closed=True)


def _lining(look: Look, sheet: Sheet) -> None:
    """Line the cape: dark behind arms and waist."""
    half = spline([(0.0, 1.8), (0.9, 1.9), (1.30, 2.3), (1.58, 3.0), (1.74, BOTTOM)])
    with cloth.panel(look, sheet, symmetric(half), cloth.dim(look.cloth_second, 1.6)):
        for side in (1.0, -1.0):
            edge = spline([(1.02, 2.2), (0.98, 3.0), (1.12, BOTTOM)])
            dark = joined(edge, [(0.5, BOTTOM), (0.5, 2.2)])
            sheet.shadow(sided(dark, side), cloth.dim(look.cloth_second, 2.4))


def _gown(look: Look, sheet: Sheet) -> None:
    fill = _robe(look)
    half = spline([(0.40, 1.56), (0.80, 1.66), (1.06, 1.80), (1.08, 2.2), (1.0, 2.66), (0.90, 3.1),
                   (0.88, 3.5), (1.05, BOTTOM)])  # fmt: skip
    neck = spline([(-0.40, 1.56), (-0.2, 1.78), (0.0, 1.84), (0.2, 1.78), (0.40, 1.56)])
    with cloth.panel(look, sheet, joined(neck, half[1:], sided(half, -1)[::-1]), fill):
        cloth.hang(sheet, fill)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
            shade = sided(curves.moved(spline(OPENING), -0.05, 0.10), side)
            sheet.shadow(joined(shade, [(1.4 * side, BOTTOM), (1.4 * side, 1.6),
                                        (0.0, 1.6)]), cloth.dim(fill))  # fmt: skip
    stole = joined([(-0.20, 1.92), (0.20, 1.92)],
                   spline([(0.22, 2.4), (0.20, 3.0), (0.22, BOTTOM)]),
                   spline([(-0.22, BOTTOM), (-0.20, 3.0), (-0.22, 2.4)]))  # fmt: skip
    with cloth.panel(look, sheet, stole, look.accent, weight=0.8):
        sheet.shadow([(0.06, 1.6), (0.05, 3.0), (0.08, BOTTOM), (0.4, BOTTOM), (0.4, 1.6)],
                     cloth.dim(look.accent))  # fmt: skip
        sheet.shadow([(-0.4, 1.6), (0.4, 1.6), (0.3, 2.30), (0.0, 2.46), (-0.3, 2.26)],
                     cloth.dim(look.accent))  # fmt: skip
        for side in (1.0, -1.0):
            line = sided(spline([(0.165, 1.92), (0.175, 2.4), (0.155, 3.0), (0.175, BOTTOM)]), side)
            sheet.stroke(line, trim.METAL, 0.026)
        for at in (2.62, 2.98, 3.34):
            _rune(look, sheet, at)


def _rune(look: Look, sheet: Sheet, at: float) -> None:
    """Embroider a moon with four rays."""
    gold = trim.METAL.light(0.3)
    moon = curves.ellipse((0.0, at), 0.085, 0.085)
    with sheet.outside(curves.ellipse((0.035, at - 0.03), 0.07, 0.07)):
        sheet.fill(moon, gold)
    spark = np.array([(0.0, -0.05), (0.013, -0.013), (0.05, 0.0), (0.013, 0.013), (0.0, 0.05),
                      (-0.013, 0.013), (-0.05, 0.0), (-0.013, -0.013)])  # fmt: skip
    sheet.fill(curves.moved(spark, 0.03, at - 0.035), gold)


def _half() -> Points:
    return joined(spline(CAPE), spline(OPENING)[::-1])


def _cape(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    with cloth.panel(look, sheet, sided(_half(), side), fill, figured=True):
        if side > 0:
            edge = spline([(1.30, 1.70), (1.50, 2.3), (1.62, 3.0), (1.76, BOTTOM)])
            sheet.shadow(joined(edge, [(2.4, BOTTOM), (2.4, 1.6)]), cloth.dim(fill))
        cloth.folds(look, sheet, _FOLDS, fill, side)
        under = spline([(0.3, 1.3), (0.86, 1.72), (0.80, 2.06), (0.40, 2.30)])
        sheet.shadow(sided(joined(under, [(0.0, 2.2), (0.0, 1.4)]), side), cloth.dim(fill))
        hem = spline(OPENING)
        sheet.fill(sided(cloth.band(hem, -0.135, 0.0), side), look.cloth_second)
        if side > 0:
            sheet.shadow(cloth.band(hem, -0.135, -0.08), cloth.dim(look.cloth_second))
        for inset, wide in ((0.135, 0.030), (0.03, 0.022)):
            course = sided(hem - curves.normals(hem) * inset, side)
            sheet.stroke(course, look.pen(look.cloth_second), wide + 0.016)
            sheet.stroke(course, trim.METAL, wide)
        across = curves.normals(hem)
        for i in range(9):
            k = int((0.16 + 0.085 * i) * len(hem))
            middle = hem[k] - across[k] * 0.082
            sheet.fill(curves.star((float(middle[0]) * side, float(middle[1])), 0.034, 0.016),
                       trim.METAL)  # fmt: skip


# from the clasp and the shoulder, as heavy cloth falls
_FOLDS: tuple[cloth.Fold, ...] = (
    ([(0.50, 1.92), (0.86, 2.08), (1.16, 2.40), (1.34, 2.9)], 0.11),
    ([(0.80, 1.80), (1.18, 2.02), (1.46, 2.5), (1.60, 3.2)], 0.12),
    ([(1.20, 2.62), (1.36, 3.0), (1.44, 3.5), (1.48, 4.2)], 0.13),
    ([(1.56, 2.50), (1.70, 2.9), (1.78, 3.5), (1.84, 4.2)], 0.11),
)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    """Lay the hood's edge round the neck: a broad soft roll."""
    fill = look.cloth
    inner = spline([(0.62, 1.42), (0.54, 1.60), (0.36, 1.82), (0.0, 2.02)])
    outer = spline([(0.0, 2.22), (0.34, 2.16), (0.78, 1.98), (1.08, 1.76), (1.08, 1.54),
                    (0.86, 1.34)])  # fmt: skip
    with cloth.panel(look, sheet, sided(joined(inner, outer), side), fill, figured=True):
        cloth.cast(sheet, fill, 0.0)
        for path, wide in (
            ([(0.96, 1.42), (0.92, 1.70), (0.66, 1.96), (0.30, 2.12)], 0.09),
            ([(0.76, 1.40), (0.74, 1.62), (0.54, 1.84), (0.24, 2.00)], 0.07),
        ):
            cloth.fold(look, sheet, sided(path, side), wide, fill)
        rim = sided(curves.cut(curves.moved(inner, 0.03, 0.03), 0.02, 1.0), side)
        sheet.line(rim, look.pen(fill), 0.054, 0.3, 0.02)
        sheet.line(rim, trim.METAL, 0.036, 0.3, 0.02)


def _clasp(look: Look, sheet: Sheet) -> None:
    chain = spline([(-0.40, 2.12), (-0.18, 2.30), (0.0, 2.35), (0.18, 2.30), (0.40, 2.12)])
    trim.braid(look, sheet, chain, trim.METAL, 0.030)
    for side in (1.0, -1.0):
        trim.medal_star(look, sheet, (0.42 * side, 2.11), 0.085, trim.METAL)
    trim.gem(look, sheet, (0.0, 2.14), 0.115, look.eye_left, trim.METAL)
