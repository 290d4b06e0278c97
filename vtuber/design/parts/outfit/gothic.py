"""Gothic: dark gown, high lace collar, ruffled bib with a brooch, corset, mutton sleeves."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.6, 1.0)

MUTTON = Sleeve(
    seam=((0.94, 1.68), (1.08, 2.0), (1.08, 2.36), (1.00, 2.62)),
    outer=((0.94, 1.68), (1.20, 1.54), (1.56, 1.68), (1.84, 2.10), (1.84, 2.52), (1.66, 2.88)),
    inner=((1.00, 2.62), (1.01, 2.75), (1.06, 2.88)),
    folds=(([(1.02, 2.60), (1.20, 2.58), (1.34, 2.44), (1.44, 2.24)], 0.10),),
)
TIGHT = Sleeve(
    seam=((1.06, 2.80), (1.05, 2.82), (1.05, 2.84), (1.04, 2.86)),
    outer=((1.06, 2.80), (1.62, 2.82), (1.62, 3.1), (1.58, 3.5), (1.60, BOTTOM)),
    inner=((1.04, 2.86), (1.06, 3.2), (1.10, 3.6), (1.14, BOTTOM)),
    folds=(
        ([(1.62, 3.02), (1.46, 3.16), (1.28, 3.18)], 0.09),
        ([(1.06, 3.12), (1.22, 3.28), (1.42, 3.30)], 0.09),
    ),
)
BLACK = Colour(0.27, 0.02, 300.0)


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, _gown(look), TIGHT, figured=True)
    _bodice(look, sheet)
    for side in (1.0, -1.0):
        _puff(look, sheet, side)
    _corset(look, sheet)
    _bib(look, sheet)
    _collar(look, sheet)
    _cross(look, board, sheet)


def _gown(look: Look) -> Colour:
    """Give the gown: the cloth where it is dark, else black with a breath of it."""
    if look.cloth.lightness < 0.45:
        return look.cloth
    hue = look.cloth.hue_deg if look.cloth.chroma > 0.05 else BLACK.hue_deg
    return Colour(BLACK.lightness, 0.025, hue)


def _satin(look: Look) -> Colour:
    """Give the corset: a deep jewel colour. Dark yellow would be mud: wine takes its place."""
    if look.cloth_second.chroma > 0.05 and look.cloth_second.lightness < 0.7:
        return look.cloth_second.shade(0.6)
    hue = look.accent.hue_deg
    return Colour(0.44, 0.10, 10.0 if 40.0 < hue < 145.0 else hue)


def _white(look: Look) -> Colour:
    """Give the lace: whichever cloth is pale."""
    for colour in (look.cloth_second, look.shirt, look.cloth):
        if colour.lightness > 0.85:
            return colour
    return look.skin.mixed(Colour(0.97, 0.008, 300.0), 0.9)


def _behind(look: Look, sheet: Sheet) -> None:
    course = spline([(-0.50, 1.60), (-0.46, 1.36), (-0.26, 1.27), (0.0, 1.25), (0.26, 1.27),
                     (0.46, 1.36), (0.50, 1.60)])  # fmt: skip
    trim.lace(look, sheet, course[::-1], 0.17, cloth.dim(_white(look), 1.2), 15)
    shape = joined(course, [(0.6, 1.9), (-0.6, 1.9)])
    with cloth.panel(look, sheet, shape, cloth.dim(_gown(look), 1.3)):
        pass


def _bodice(look: Look, sheet: Sheet) -> None:
    fill = _gown(look)
    half = spline([(0.38, 1.46), (0.70, 1.58), (1.02, 1.70), (1.12, 2.2), (1.02, 2.64), (0.88, 3.1),
                   (0.78, 3.4), (1.0, BOTTOM)])  # fmt: skip
    neck = spline([(-0.38, 1.46), (0.0, 1.70), (0.38, 1.46)])
    with cloth.panel(look, sheet, joined(neck, half[1:], sided(half, -1)[::-1]), fill,
                     figured=True):  # fmt: skip
        cloth.hang(sheet, fill, 0.76)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
            yoke = sided(spline([(1.04, 1.88), (0.80, 2.12), (0.42, 2.20)]), side)
            trim.lace(look, sheet, yoke[::-1] if side > 0 else yoke, 0.10, fill.light(0.22), 8)
            sheet.line(yoke, look.accent, 0.03, 0.1, 0.1)


def _puff(look: Look, sheet: Sheet, side: float) -> None:
    fill = _gown(look)
    sleeves.sleeve(look, sheet, side, fill, MUTTON, figured=True)
    with sheet.clip(MUTTON.shape(side)):
        low = spline([(1.04, 2.90), (1.34, 2.96), (1.68, 2.88)])
        cloth.gathers(look, sheet, low[::-1] if side > 0 else sided(low, side), 0.50, fill, 7,
                      f"low{side}")  # fmt: skip
        high = sided(spline([(0.98, 1.70), (1.16, 1.60), (1.42, 1.63)]), side)
        cloth.gathers(look, sheet, high if side > 0 else high[::-1], 0.34, fill, 5, f"high{side}")
    band = sided(spline([(1.03, 2.84), (1.34, 2.93), (1.68, 2.82)]), side)
    band = band if side > 0 else band[::-1]
    trim.lace(look, sheet, band, 0.14, _white(look), 8)
    trim.braid(look, sheet, band, look.accent, 0.055)
    trim.bow(look, sheet, (1.36 * side, 2.94), 0.15, look.accent, tails=0.9)


def _corset(look: Look, sheet: Sheet) -> None:
    fill = _satin(look)
    top = spline([(-0.96, 2.84), (-0.60, 2.70), (-0.30, 2.72), (0.0, 2.84), (0.30, 2.72),
                  (0.60, 2.70), (0.96, 2.84)])  # fmt: skip
    shape = joined(top, spline([(0.90, 3.06), (0.79, 3.4), (0.9, BOTTOM)]),
                   spline([(-0.9, BOTTOM), (-0.79, 3.4), (-0.90, 3.06)]))  # fmt: skip
    with cloth.panel(look, sheet, shape, fill):
        sheet.shadow(joined(spline([(0.56, 2.6), (0.62, 3.0), (0.50, 3.5)]),
                            [(1.1, 3.5), (1.1, 2.6)]), cloth.dim(fill))  # fmt: skip
        sheet.shadow(joined(spline([(-0.82, 2.6), (-0.78, 3.0), (-0.66, 3.5)]),
                            [(-1.1, 3.5), (-1.1, 2.6)]), cloth.dim(fill))  # fmt: skip
        for u in (0.22, 0.50, 0.74):
            for side in (1.0, -1.0):
                bone = sided(spline([(u, 2.64), (u * 0.97, 3.0), (u * 0.85, 3.5)]), side)
                cloth.seam(look, sheet, bone, fill, 0.7)
                sheet.line(curves.moved(bone, -0.025, 0.0), fill.light(0.4), 0.02, 0.5, 0.5, 0.7)
        for i in range(5):
            at = 2.98 + 0.13 * i
            for side in (1.0, -1.0):
                thread = np.array([(-0.13 * side, at), (0.13 * side, at + 0.10)])
                trim.braid(look, sheet, thread, _white(look), 0.018)
    trim.lace(look, sheet, top[::-1], 0.10, _white(look), 17)
    trim.braid(look, sheet, top, _gown(look), 0.035)


def _bib(look: Look, sheet: Sheet) -> None:
    white = _white(look)
    for at, wide, depth in ((2.40, 0.20, 0.30), (2.16, 0.28, 0.32), (1.92, 0.34, 0.32),
                            (1.72, 0.38, 0.30)):  # fmt: skip
        course = spline([(-wide, at - 0.06), (0.0, at + 0.02), (wide, at - 0.06)])
        trim.frill(look, sheet, course, depth, white, 6, f"bib{at}")


def _collar(look: Look, sheet: Sheet) -> None:
    fill = _gown(look)
    top = spline([(-0.375, 1.34), (-0.20, 1.44), (0.0, 1.475), (0.20, 1.44), (0.375, 1.34)])
    low = spline([(0.46, 1.56), (0.24, 1.72), (0.0, 1.765), (-0.24, 1.72), (-0.46, 1.56)])
    with cloth.panel(look, sheet, joined(top, low), fill, weight=0.9):
        cloth.cast(sheet, fill, -0.08)
        for u in (-0.24, -0.08, 0.08, 0.24):
            pleat = spline([(u, 1.36), (u * 1.06, 1.6), (u * 1.1, 1.8)])
            cloth.seam(look, sheet, pleat, fill, 0.6)
        trim.braid(look, sheet, curves.moved(low, 0.0, -0.05), look.accent, 0.03)
    trim.lace(look, sheet, top[::-1], 0.085, _white(look), 11)


def _cross(look: Look, board: Board, body: Sheet) -> None:
    """Pin a brooch at the throat, with a cross that hangs from it."""
    bow = hanging.bow(look, board, body, (0.0, 1.80), 0.30, look.accent, tails=1.3)
    trim.gem(look, bow, (0.0, 1.80), 0.075, look.eye_left, trim.SILVER)
    sheet = hanging.hung(board, "cross", hanging.ACCESSORY)
    arm, at = 0.026, (0.0, 2.14)
    bars = [(-arm, -0.15), (arm, -0.15), (arm, -arm - 0.04), (0.10, -arm - 0.04),
            (0.10, arm - 0.04), (arm, arm - 0.04), (arm, 0.19), (-arm, 0.19),
            (-arm, arm - 0.04), (-0.10, arm - 0.04), (-0.10, -arm - 0.04),
            (-arm, -arm - 0.04)]  # fmt: skip
    sheet.stroke(np.array([(0.0, 1.90), (0.0, 2.0)]), look.pen(trim.SILVER), 0.02)
    with cloth.panel(look, sheet, np.array(bars) + np.array(at), trim.SILVER, weight=0.7):
        sheet.shadow([(0.0, 1.9), (0.0, 2.5), (0.2, 2.5), (0.2, 1.9)], cloth.dim(trim.SILVER, 1.4))
