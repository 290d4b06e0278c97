"""Sailor: blouse with puffed short sleeves, wide collar with two stripes, bow or knotted scarf."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, figure, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Points, joined, sided, spline, symmetric
from vtuber.design.look import Look

SUITS = (0.5, 1.0)

PUFF = Sleeve(
    seam=((0.98, 1.72), (1.07, 2.05), (1.06, 2.40), (0.98, 2.64)),
    outer=((0.98, 1.72), (1.26, 1.80), (1.50, 2.06), (1.66, 2.46), (1.64, 2.76)),
    inner=((0.98, 2.64), (0.97, 2.78), (0.99, 2.90)),
    folds=(
        ([(1.03, 2.60), (1.18, 2.60), (1.30, 2.48), (1.38, 2.30)], 0.09),
        ([(1.12, 1.84), (1.22, 2.02), (1.28, 2.22)], 0.07),
        ([(1.30, 1.88), (1.42, 2.10), (1.46, 2.34)], 0.06),
    ),
)
INNER = ((0.40, 1.40), (0.39, 1.55), (0.31, 1.85), (0.16, 2.15), (0.0, 2.36))
SCARF = ((-1.0, 3.02), (1.0, 3.16))  # its ends: side, to where
OUTER = ((0.0, 2.50), (0.30, 2.33), (0.72, 2.16), (1.06, 2.02), (1.19, 1.83))


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        figure.arm(look, sheet, side)
    _insert(look, sheet)
    _blouse(look, sheet)
    for side in (1.0, -1.0):
        _puff(look, sheet, side)
    for side in (1.0, -1.0):
        _collar(look, sheet, side)
    if look.design.body.presentation >= 0.45:
        hanging.bow(look, board, sheet, (0.0, 2.44), 0.50, look.accent)
    else:
        _scarf(look, board, sheet)


def _behind(look: Look, sheet: Sheet) -> None:
    shape = cloth.nape(0.62, 1.17)
    with cloth.panel(look, sheet, shape, cloth.dim(look.cloth_second, 1.4)):
        rim = spline([(-0.60, 1.40), (-0.30, 1.245), (0.0, 1.215), (0.30, 1.245), (0.60, 1.40)])
        sheet.stroke(rim, look.cloth.mixed(look.cloth_second, 0.35), 0.02)


def _insert(look: Look, sheet: Sheet) -> None:
    top = spline([(-0.5, 1.90), (0.0, 1.955), (0.5, 1.90)])
    shape = joined(top, [(0.4, 2.7), (-0.4, 2.7)])
    with cloth.panel(look, sheet, shape, look.cloth):
        stripe = curves.moved(top, 0.0, 0.06)
        sheet.stroke(stripe, look.cloth_second, 0.028)
        shade = [(-0.6, 1.8), (-0.30, 1.8), (-0.06, 2.3), (-0.6, 2.6)]
        sheet.shadow(shade, cloth.dim(look.cloth))


def _half() -> Points:
    return spline(
        [(0.42, 1.50), (0.80, 1.64), (1.12, 1.78), (1.10, 2.2), (1.00, 2.62), (0.90, 3.05),
         (0.84, 3.5), (0.92, BOTTOM)]
    )  # fmt: skip


def _blouse(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    right = joined(spline(INNER)[::-1], _half())
    with cloth.panel(look, sheet, symmetric(right), fill, figured=True):
        cloth.hang(sheet, fill)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, cloth.ARMPIT, fill, side)
        under = curves.moved(spline(OUTER), -0.02, 0.13)
        sheet.shadow(joined(under, [(1.1, 1.6), (0.0, 1.8)]), cloth.dim(fill))
        under = sided(curves.moved(spline(OUTER), 0.0, 0.08), -1)
        sheet.shadow(joined(under, [(-1.1, 1.6), (0.0, 1.8)]), cloth.dim(fill))
        _pocket(look, sheet)


def _pocket(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    shape = [(0.42, 2.80), (0.80, 2.76), (0.81, 3.14), (0.62, 3.24), (0.44, 3.18)]
    with cloth.panel(look, sheet, shape, fill, weight=0.5):
        sheet.stroke(np.array([(0.40, 2.87), (0.84, 2.83)]), look.cloth_second, 0.03)
    trim.medal_star(look, sheet, (0.62, 3.02), 0.075, look.accent)


def _puff(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    sleeves.sleeve(look, sheet, side, fill, PUFF, figured=True)
    hem = spline([(1.645, 2.73), (1.50, 2.85), (1.24, 2.92), (0.975, 2.87)])
    with sheet.clip(PUFF.shape(side)):
        edge = sided(hem, side)[:: int(-side) or 1]
        rise = edge if side < 0 else edge[::-1]
        rise = rise[::-1] if rise[0, 0] < rise[-1, 0] else rise
        cloth.gathers(look, sheet, rise, 0.26, fill, 6, f"puff{side}")
    cuff = sided(joined(hem, curves.moved(hem, -0.02, 0.15)[::-1]), side)
    with cloth.panel(look, sheet, cuff, look.cloth_second, weight=0.8):
        line = sided(curves.moved(hem, -0.01, 0.105), side)
        sheet.stroke(line, look.cloth, 0.022)
        dark = (
            [(1.42, 2.6), (1.40, 3.2), (1.9, 3.2), (1.9, 2.6)]
            if side > 0
            else [(-1.16, 2.7), (-1.18, 3.2), (-0.8, 3.2), (-0.8, 2.7)]
        )
        sheet.shadow(dark, cloth.dim(look.cloth_second), 0.85)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth_second
    over = spline([(1.19, 1.83), (0.95, 1.655), (0.66, 1.50), (0.46, 1.36), (0.40, 1.40)])
    outer = spline(OUTER)
    shape = sided(joined(spline(INNER), outer, over), side)
    with cloth.panel(look, sheet, shape, fill):
        cloth.cast(sheet, fill, -0.02)
        hollow = spline([(0.48, 1.30), (0.56, 1.70), (0.44, 2.02), (0.16, 2.40)])
        if side > 0:
            sheet.shadow(joined(hollow, [(0.0, 2.4), (0.3, 1.4)]), cloth.dim(fill))
        for inset in (0.075, 0.125):
            # past the corner the stripes climb along the shoulder
            stripe = joined(curves.moved(outer, -inset * 0.25, -inset)[:-6],
                            [(1.19 - inset * 1.1, 1.74 - inset * 0.4)])  # fmt: skip
            sheet.stroke(sided(stripe, side), look.cloth, 0.020)
    inner = sided(spline(INNER), side)
    cloth.seam(look, sheet, inner, fill)


def _scarf(look: Look, board: Board, body: Sheet) -> None:
    fill = look.accent
    ends = [
        sided(
            joined(spline([(0.03, 2.45), (0.20, 2.62), (0.30, long - 0.05)]),
                   spline([(0.12, long), (0.02, 2.8), (-0.02, 2.5)])), side
        )
        for side, long in SCARF
    ]  # fmt: skip
    hanging.behind(body, *ends)
    sheet = hanging.hung(board, "scarf", hanging.RIBBON)
    for (side, long), tail in zip(SCARF, ends, strict=True):
        with cloth.panel(look, sheet, tail, fill, weight=0.75):
            crease = sided(spline([(0.05, 2.5), (0.13, 2.75), (0.20, long)]), side)
            sheet.shadow(joined(crease, [(0.0, long), (0.0, 2.5)]), cloth.dim(fill))
            cloth.seam(look, sheet, crease, fill, 0.6)
    knot = curves.closed_spline([(-0.12, 2.36), (0.0, 2.34), (0.12, 2.36), (0.10, 2.52),
                                 (0.0, 2.56), (-0.10, 2.52)])  # fmt: skip
    with cloth.panel(look, sheet, knot, fill, weight=0.75):
        sheet.shadow([(0.0, 2.3), (0.2, 2.3), (0.2, 2.6), (-0.06, 2.6)], cloth.dim(fill))
