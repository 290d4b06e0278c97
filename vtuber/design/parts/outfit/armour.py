"""Armour: polished breastplate with a ridge, high gorget, layered pauldrons, a cape behind."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Shape, Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM, Path
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline, symmetric
from vtuber.design.look import Look

ODDS = 0.6  # of being rolled, beside a common style

BESIDE = {"pattern": ()}

ARM = Sleeve(
    seam=((1.02, 1.78), (1.00, 2.1), (1.00, 2.4), (0.98, 2.66)),
    outer=((1.02, 1.78), (1.34, 1.92), (1.48, 2.3), (1.54, 2.8), (1.58, 3.4), (1.62, BOTTOM)),
    inner=((0.98, 2.66), (1.05, 3.0), (1.10, 3.6), (1.14, BOTTOM)),
    folds=sleeves.ARM[:4],
)
# the plates of a shoulder, lowest first: outline over the top, then the lower edge
LAMES: tuple[tuple[Path, Path], ...] = (
    (((0.98, 2.16), (1.36, 2.10), (1.64, 2.26)),
     ((1.69, 2.62), (1.60, 2.72), (1.34, 2.78), (1.06, 2.70))),
    (((0.94, 1.94), (1.36, 1.86), (1.70, 2.10)),
     ((1.77, 2.38), (1.66, 2.50), (1.36, 2.56), (1.02, 2.46))),
    (((0.70, 1.80), (0.80, 1.57), (1.04, 1.45), (1.36, 1.49), (1.66, 1.74), (1.81, 2.08)),
     ((1.84, 2.16), (1.70, 2.27), (1.36, 2.31), (0.98, 2.22))),
)  # fmt: skip


def draw(look: Look, board: Board) -> None:
    behind = board.layer("cape_back", "body", depth=-0.2, turn=0.0, group=hanging.CLOTH)
    _cape(look, behind)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    under = look.cloth.mixed(Colour(0.30, 0.02, 280.0), 0.65)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, under, ARM)
        _bracer(look, sheet, side)
    _breastplate(look, sheet)
    _gorget(look, sheet)
    for side in (1.0, -1.0):
        for lame in LAMES:
            _lame(look, sheet, side, *lame)
        _rivets(look, sheet, side)
    trim.gem(look, sheet, (0.0, 2.30), 0.125, look.accent, trim.METAL)


def _steel(look: Look, dark: float = 0.0) -> Colour:
    """Give the metal, in more steps than cloth has: silver with a breath of the cloth's colour."""
    plain = Colour(0.85 - 0.115 * dark, 0.012 + 0.016 * dark, 262.0)
    return plain.mixed(look.cloth, 0.10) if 150.0 < look.cloth.hue_deg < 340.0 else plain


def _cape(look: Look, sheet: Sheet) -> None:
    deep = look.accent.shade(2.2)
    fill = next((c for c in (look.cloth, look.cloth_second) if c.chroma > 0.04), deep)
    half = spline([(0.0, 1.26), (0.5, 1.32), (0.98, 1.56), (1.50, 1.90), (1.86, 2.40), (2.04, 3.1),
                   (2.22, BOTTOM)])  # fmt: skip
    with cloth.panel(look, sheet, symmetric(half), fill):
        for side in (1.0, -1.0):
            for top, low in ((1.62, 1.74), (1.76, 1.98), (1.86, 2.14)):
                cloth.fold(look, sheet, [(top * side, 2.2), ((top + 0.1) * side, 2.9),
                                         (low * side, 4.0)], 0.10, fill)  # fmt: skip
        sheet.shadow(curves.closed_spline([(-1.4, 2.2), (0.0, 1.5), (1.7, 2.2), (1.75, BOTTOM),
                                           (-1.5, BOTTOM)]), cloth.dim(fill))  # fmt: skip
    collar = cloth.nape(0.6, 1.09, 1.6)
    with cloth.panel(look, sheet, collar, _steel(look, 2.0)):
        pass


def _polish(look: Look, sheet: Sheet, bands: list[tuple[Shape, float]]) -> None:
    """Lay crisp bands of reflection: metal has more steps than cloth. Above 0 light, below dark."""
    steel = _steel(look)
    for shape, tone in bands:
        ink = Colour(0.975, 0.006, steel.hue_deg) if tone > 0 else _steel(look, -tone)
        (sheet.fill if tone > 0 else sheet.shadow)(shape, ink)


def _breastplate(look: Look, sheet: Sheet) -> None:
    steel = _steel(look)
    half = spline([(0.40, 1.60), (0.78, 1.66), (1.06, 1.86), (1.06, 2.30), (1.10, 2.66),
                   (1.02, 3.0), (0.84, 3.3), (0.90, BOTTOM)])  # fmt: skip
    with cloth.panel(look, sheet, joined(half, sided(half, -1)[::-1]), steel):
        _polish(look, sheet, [
            (joined(spline([(0.0, 1.5), (0.06, 2.2), (0.16, 2.8), (0.02, 3.5)]),
                    spline([(0.40, 3.5), (0.72, 2.9), (0.66, 2.3), (0.5, 1.5)])), -0.8),
            (joined(spline([(0.80, 1.6), (0.90, 2.3), (0.96, 2.7), (0.70, 3.4)]),
                    [(1.3, 3.4), (1.3, 1.6)]), -1.7),
            (joined(spline([(-0.98, 2.50), (-0.92, 2.85), (-0.62, 3.2), (-0.5, 3.6)]),
                    [(-1.3, 3.6), (-1.3, 2.5)]), -1.0),
            (joined(spline([(-0.62, 1.9), (-0.72, 2.3), (-0.60, 2.66)]),
                    spline([(-0.44, 2.62), (-0.52, 2.3), (-0.46, 1.9)])), 1.0),
            (joined(spline([(-0.34, 1.9), (-0.40, 2.3), (-0.34, 2.58)]),
                    spline([(-0.29, 2.54), (-0.34, 2.3), (-0.28, 1.9)])), 1.0),
        ])  # fmt: skip
        neck = spline([(-1.0, 1.70), (-0.5, 1.93), (0.0, 2.06), (0.55, 1.96), (1.1, 1.74)])
        sheet.shadow(joined(neck, [(1.1, 1.3), (-1.0, 1.3)]), _steel(look, 1.6))
        cloth.seam(look, sheet, spline([(0.0, 1.9), (0.01, 2.6), (0.0, 3.6)]), steel, 1.0)
        # gilded lines that sweep from the arms to the waist
        for side in (1.0, -1.0):
            sweep = sided(spline([(1.06, 2.14), (0.80, 2.60), (0.40, 2.92), (0.0, 3.06)]), side)
            trim.braid(look, sheet, sweep, trim.METAL, 0.045)
            second = sided(spline([(1.10, 2.70), (0.82, 2.98), (0.44, 3.20), (0.0, 3.32)]), side)
            cloth.seam(look, sheet, second, steel, 1.0)
            sheet.line(curves.moved(second, 0.0, 0.02), Colour(0.97, 0.01, 240.0), 0.02, 0.3, 0.3)


def _gorget(look: Look, sheet: Sheet) -> None:
    steel = _steel(look)
    low = spline([(0.0, 2.14), (0.34, 2.04), (0.66, 1.86), (0.80, 1.66)])
    top = spline([(0.54, 1.44), (0.36, 1.60), (0.16, 1.70), (0.0, 1.76)])
    right = joined(top[::-1], [(0.66, 1.50)], low[::-1])
    with cloth.panel(look, sheet, joined(right, sided(right, -1)[::-1]), steel):
        cloth.cast(sheet, steel.mixed(_steel(look, 1.0), 0.3), 0.12)
        _polish(look, sheet, [
            (joined(spline([(0.10, 1.7), (0.18, 1.9), (0.12, 2.2)]),
                    spline([(0.5, 2.1), (0.62, 1.8), (0.6, 1.4)])), -1.0),
            (spline([(-0.56, 1.76), (-0.50, 1.84), (-0.30, 1.96), (-0.24, 1.90), (-0.44, 1.78)]),
             1.0),
        ])  # fmt: skip
        edge = curves.moved(low, -0.01, -0.035)
        for side in (1.0, -1.0):
            sheet.stroke(sided(edge, side), trim.METAL, 0.05)
            sheet.stroke(sided(curves.moved(low, -0.02, -0.068), side), look.pen(steel), 0.012)
    stand = joined(spline([(0.56, 1.24), (0.60, 1.42), (0.50, 1.56), (0.26, 1.74), (0.0, 1.83)]),
                   spline([(0.0, 1.66), (0.20, 1.58), (0.36, 1.44), (0.44, 1.26)]))  # fmt: skip
    for side in (-1.0, 1.0):
        with cloth.panel(look, sheet, sided(stand, side), steel, weight=0.9):
            cloth.cast(sheet, steel.mixed(_steel(look, 1.0), 0.3), -0.22)
            if side > 0:
                sheet.shadow([(0.1, 1.9), (0.34, 1.5), (0.5, 1.2), (0.7, 1.2), (0.7, 1.9)],
                             _steel(look, 1.2))  # fmt: skip
            rim = spline([(0.0, 1.675), (0.21, 1.595), (0.375, 1.45), (0.455, 1.26)])
            sheet.stroke(sided(rim, side), trim.METAL, 0.04)


def _lame(look: Look, sheet: Sheet, side: float, over: Path, low: Path) -> None:
    steel = _steel(look)
    top, edge = spline(over), spline(low)
    with cloth.panel(look, sheet, sided(joined(top, edge), side), steel):
        if side > 0:
            _polish(look, sheet, [
                (joined(spline([(1.40, 1.4), (1.50, 1.9), (1.46, 2.9)]),
                        [(2.1, 2.9), (2.1, 1.4)]), -1.0),
                (joined(spline([(1.70, 1.5), (1.78, 2.0), (1.70, 2.9)]),
                        [(2.1, 2.9), (2.1, 1.4)]), -1.9),
            ])  # fmt: skip
            shine = curves.moved(cloth.even(top), -0.02, 0.11)
            sheet.line(curves.cut(shine, 0.15, 0.6), Colour(0.98, 0.006, 240.0), 0.07, 0.7, 0.8)
        else:
            _polish(look, sheet, [
                (sided(joined(spline([(1.10, 1.4), (1.16, 1.9), (1.12, 2.9)]),
                              [(0.6, 2.9), (0.6, 1.4)]), side), -1.0),
            ])  # fmt: skip
            shine = curves.moved(cloth.even(top), -0.02, 0.12)
            sheet.line(sided(curves.cut(shine, 0.45, 0.92), side), Colour(0.98, 0.006, 240.0),
                       0.10, 0.7, 0.8)  # fmt: skip
        rim = sided(curves.moved(edge, -0.012, -0.045), side)
        sheet.stroke(rim, trim.METAL, 0.06)
        sheet.stroke(curves.moved(rim, 0.0, -0.036), look.pen(steel), 0.012)
        sheet.shadow(sided(joined(top, curves.moved(top, 0.0, 0.03)[::-1]), side),
                     _steel(look, 1.0), 0.6)  # fmt: skip


def _rivets(look: Look, sheet: Sheet, side: float) -> None:
    for at in ((0.86, 1.70), (1.06, 2.00), (1.60, 2.00)):
        trim.button(look, sheet, (at[0] * side, at[1]), 0.030, trim.METAL, metal=True)
    cord = sided(spline([(0.86, 1.70), (0.66, 2.00), (0.40, 2.20), (0.12, 2.28)]), side)
    trim.braid(look, sheet, cord, trim.METAL.light(0.3), 0.026)


def _bracer(look: Look, sheet: Sheet, side: float) -> None:
    """Draw the plate of the lower arm: it begins at the elbow."""
    steel = _steel(look)
    shape = joined(spline([(1.0, 3.16), (1.3, 3.06), (1.62, 3.10)]), [(1.70, 3.6), (1.66, BOTTOM)],
                   [(1.08, BOTTOM), (1.02, 3.6)])  # fmt: skip
    with cloth.panel(look, sheet, sided(shape, side), steel):
        shade = [(1.40, 3.0), (1.46, BOTTOM), (2.0, BOTTOM), (2.0, 3.0)]
        sheet.shadow(np.array(shade) if side > 0 else sided([(0.9, 3.0), (0.9, BOTTOM),
                     (1.22, BOTTOM), (1.16, 3.0)], side), _steel(look, 1.3))  # fmt: skip
        rim = sided(spline([(1.0, 3.205), (1.3, 3.105), (1.64, 3.145)]), side)
        sheet.stroke(rim, trim.METAL, 0.06)
