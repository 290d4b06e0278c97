"""Maid: black dress with short puffed sleeves, white apron with shoulder ruffles, neck ribbon."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, figure, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.55, 1.0)

PUFF = Sleeve(
    seam=((1.02, 1.72), (1.08, 2.05), (1.07, 2.36), (0.99, 2.62)),
    outer=((1.02, 1.72), (1.32, 1.74), (1.58, 2.02), (1.68, 2.40), (1.56, 2.70)),
    inner=((0.99, 2.62), (0.99, 2.70), (1.03, 2.76)),
)
BIB = ((0.30, 1.96), (0.40, 2.05), (0.45, 2.4), (0.42, 2.9))  # half of the apron's upper part
STRAP = ((0.46, 1.55), (0.62, 1.84), (0.66, 2.20), (0.58, 2.60), (0.44, 2.98))


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    with cloth.panel(look, behind, cloth.nape(0.48, 1.24, 1.58), cloth.dim(_white(look), 1.4)):
        pass
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        figure.arm(look, sheet, side)
    _dress(look, sheet)
    for side in (1.0, -1.0):
        _puff(look, sheet, side)
    _apron(look, sheet)
    for side in (1.0, -1.0):
        _points(look, sheet, side)
    bow = hanging.bow(look, board, sheet, (0.0, 1.83), 0.34, look.accent, tails=1.1)
    trim.gem(look, bow, (0.0, 1.835), 0.055, look.eye_left, trim.METAL)


def _gown(look: Look) -> Colour:
    """Give the dress: the first dark cloth, else black with a breath of the accent."""
    for colour in (look.cloth, look.cloth_second):
        if colour.lightness < 0.56:
            return colour
    return Colour(0.30, 0.035, look.accent.hue_deg if look.accent.hue_deg > 150 else 300.0)


def _white(look: Look) -> Colour:
    return Colour(0.975, 0.008, look.cloth.hue_deg)


def _dress(look: Look, sheet: Sheet) -> None:
    fill = _gown(look)
    half = spline([(0.40, 1.48), (0.72, 1.60), (1.08, 1.74), (1.11, 2.2), (1.00, 2.64),
                   (0.86, 3.04), (0.78, 3.3), (1.0, BOTTOM)])  # fmt: skip
    neck = spline([(-0.40, 1.48), (-0.16, 1.68), (0.0, 1.74), (0.16, 1.68), (0.40, 1.48)])
    shape = joined(neck, half[1:], sided(half, -1)[::-1])
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill, 0.74)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
            shade = sided(curves.moved(spline(STRAP), 0.30, 0.06), side)
            sheet.shadow(joined(shade, [(0.2 * side, 3.0), (0.2 * side, 1.5)]), cloth.dim(fill))


def _puff(look: Look, sheet: Sheet, side: float) -> None:
    fill = _gown(look)
    sleeves.sleeve(look, sheet, side, fill, PUFF, figured=True)
    with sheet.clip(PUFF.shape(side)):
        low = spline([(1.02, 2.76), (1.30, 2.82), (1.58, 2.72)])
        cloth.gathers(look, sheet, low[::-1] if side > 0 else sided(low, side), 0.36, fill, 7,
                      f"puff{side}")  # fmt: skip
    band = sided(spline([(0.99, 2.70), (1.28, 2.80), (1.60, 2.66)]), side)
    band = band if side > 0 else band[::-1]
    trim.frill(look, sheet, band, 0.17, _white(look), 6, f"cuff{side}")
    with cloth.panel(look, sheet, cloth.band(band, -0.05, 0.04), _white(look), weight=0.7):
        sheet.shadow([(1.36, 2.5), (1.36, 3.0), (1.8, 3.0), (1.8, 2.5)], cloth.dim(_white(look)))


def _apron(look: Look, sheet: Sheet) -> None:
    fill = _white(look)
    right = spline(BIB)
    with cloth.panel(look, sheet, joined(right, sided(right, -1)[::-1]), fill, weight=0.85):
        sheet.shadow(spline([(-0.4, 1.9), (-0.24, 2.14), (0.05, 2.22), (0.30, 2.10), (0.5, 1.9)]),
                     cloth.dim(fill))  # fmt: skip
        for u in (-0.24, 0.0, 0.24):
            tuck = spline([(u, 2.0), (u * 1.1, 2.5), (u, 3.0)])
            sheet.line(tuck, cloth.dim(fill), 0.045, 0.3, 0.3)
            cloth.seam(look, sheet, tuck, fill, 0.5)
        cloth.bust(look, sheet, fill)
    for side in (1.0, -1.0):
        # the ruffle stands out over the shoulder, broad above and narrow at the waist
        course = sided(spline(STRAP), side)
        course = course[::-1] if side > 0 else course
        trim.frill(look, sheet, course, 0.34, fill, 10, f"strap{side}", round_ends=True)
        with cloth.panel(look, sheet, cloth.band(course, -0.09, 0.02), fill, weight=0.8):
            sheet.shadow(cloth.band(course, -0.03, 0.03), cloth.dim(fill))
    waist = spline([(-0.86, 2.90), (-0.4, 2.97), (0.0, 2.985), (0.4, 2.97), (0.86, 2.90)])
    skirt = joined(waist, [(0.80, 3.3), (1.05, BOTTOM), (-1.05, BOTTOM), (-0.80, 3.3)])
    with cloth.panel(look, sheet, skirt, fill):
        cloth.gathers(look, sheet, curves.moved(waist, 0.0, 0.12), 0.5, fill, 13, "skirt")
        sheet.shadow(joined(spline([(0.62, 2.8), (0.60, 3.3), (0.76, BOTTOM)]),
                            [(1.3, BOTTOM), (1.3, 2.8)]), cloth.dim(fill))  # fmt: skip
    with cloth.panel(look, sheet, cloth.band(waist, -0.02, 0.13), fill, weight=0.85):
        for drop in (0.03, 0.08):
            sheet.stroke(curves.moved(waist, 0.0, drop), look.accent, 0.014)
    for at in (2.30, 2.50, 2.70):
        trim.button(look, sheet, (0.0, at), 0.034, look.accent)


def _points(look: Look, sheet: Sheet, side: float) -> None:
    """Draw one rounded half of the collar, edged with lace."""
    fill = _white(look)
    low = spline([(0.06, 1.84), (0.24, 1.98), (0.48, 1.95), (0.64, 1.76), (0.58, 1.52)])
    shape = joined(spline([(0.40, 1.34), (0.34, 1.50), (0.18, 1.66), (0.03, 1.75)]), low,
                   spline([(0.58, 1.52), (0.50, 1.38), (0.40, 1.34)]))  # fmt: skip
    edge = sided(low, side)
    trim.lace(look, sheet, edge[::-1] if side > 0 else edge, 0.085, fill, 9)
    with cloth.panel(look, sheet, sided(shape, side), fill, weight=0.9):
        cloth.cast(sheet, fill, -0.06)
        rim = sided(spline([(0.10, 1.82), (0.25, 1.92), (0.45, 1.89), (0.57, 1.75)]), side)
        sheet.stroke(np.array(rim), look.accent, look.line * 0.8)
