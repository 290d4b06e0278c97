"""Lab coat: long white coat hanging open over a ribbed turtleneck, badge on a lanyard, pens."""

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

ODDS = 0.6  # of being rolled, beside a common style

ARM = Sleeve(
    seam=((1.06, 1.668), (1.18, 2.05), (1.16, 2.40), (1.06, 2.72)),
    outer=((1.06, 1.668), (1.32, 1.775), (1.54, 2.05), (1.69, 2.55), (1.82, 3.2), (1.90, BOTTOM)),
    inner=((1.06, 2.72), (1.08, 3.2), (1.12, 3.8), (1.12, BOTTOM)),
    folds=(
        ([(1.08, 2.76), (1.24, 2.78), (1.40, 2.66), (1.50, 2.44)], 0.10),
        ([(1.08, 2.98), (1.28, 3.08), (1.48, 3.04), (1.64, 2.90)], 0.11),
        ([(1.78, 3.02), (1.64, 3.20), (1.46, 3.28), (1.26, 3.26)], 0.12),
        ([(1.26, 1.83), (1.38, 2.03), (1.44, 2.27)], 0.07),
    ),
)
EDGE = ((0.46, 1.40), (0.50, 1.8), (0.46, 2.3), (0.40, 2.8), (0.44, 3.4), (0.60, BOTTOM))
LAPEL = ((0.48, 1.56), (0.66, 1.96), (0.96, 2.04), (0.86, 2.36), (0.64, 2.72), (0.40, 2.92),
         (0.42, 2.6))  # fmt: skip
LEAF = ((0.44, 1.36), (0.64, 1.44), (0.80, 1.58), (0.88, 1.84), (0.64, 1.97), (0.50, 1.86))
PENS = (0.0, 0.09)


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _sweater(look, sheet)
    _lanyard(look, sheet)
    for side in (1.0, -1.0):
        _front(look, sheet, side)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, _coat(look), ARM)
    _pocket(look, sheet)
    _card(look, board, sheet)


def _coat(look: Look) -> Colour:
    """Give the coat: white with a breath of the cloth."""
    return Colour(0.972, 0.010, look.cloth.hue_deg)


def _knit(look: Look) -> Colour:
    """Give the sweater: the first cloth that stands out from white."""
    for colour in (look.cloth, look.cloth_second, look.shirt):
        if colour.lightness < 0.88:
            return colour
    return look.accent.shade(1.0)


def _behind(look: Look, sheet: Sheet) -> None:
    shape = cloth.nape(0.72, 1.22, 1.7)
    with cloth.panel(look, sheet, shape, cloth.dim(_coat(look))):
        pass
    back = cloth.nape(0.42, 1.14, 1.5)
    with cloth.panel(look, sheet, back, cloth.dim(_knit(look), 1.5), weight=0.8):
        pass


def _sweater(look: Look, sheet: Sheet) -> None:
    fill = _knit(look)
    shape = joined(spline([(-0.7, 1.6), (0.0, 1.5), (0.7, 1.6)]),
                   [(0.95, 2.2), (0.85, 3.2), (0.9, BOTTOM), (-0.9, BOTTOM), (-0.85, 3.2),
                    (-0.95, 2.2)])  # fmt: skip
    with cloth.panel(look, sheet, shape, fill, weight=0.8, figured=True):
        for i in range(-3, 4):
            rib = spline([(0.16 * i, 1.8), (0.17 * i, 2.6), (0.15 * i, 3.4), (0.16 * i, BOTTOM)])
            sheet.line(rib, cloth.dim(fill, 0.7), 0.05, 0.1, 0.1, 0.8)
        sheet.shadow(joined(spline([(0.30, 1.7), (0.34, 2.4), (0.22, 3.0), (0.30, 3.6)]),
                            [(1.0, 3.6), (1.0, 1.7)]), cloth.dim(fill))  # fmt: skip
        sheet.shadow(joined(spline([(-0.46, 1.7), (-0.42, 2.4), (-0.32, 3.0), (-0.36, 3.6)]),
                            [(-1.0, 3.6), (-1.0, 1.7)]), cloth.dim(fill))  # fmt: skip
        cloth.bust(look, sheet, fill)
        sheet.shadow(spline([(-0.5, 1.6), (-0.3, 1.86), (0.1, 1.92), (0.5, 1.8), (0.6, 1.5)]),
                     cloth.dim(fill))  # fmt: skip
    roll = joined(spline([(-0.385, 1.34), (-0.20, 1.44), (0.0, 1.47), (0.20, 1.44), (0.385, 1.34)]),
                  spline([(0.455, 1.54), (0.38, 1.70), (0.0, 1.80), (-0.38, 1.70),
                          (-0.455, 1.54)]))  # fmt: skip
    with cloth.panel(look, sheet, roll, fill, weight=0.9):
        for i in range(-5, 6):
            rib = spline([(0.068 * i, 1.40), (0.076 * i, 1.6), (0.074 * i, 1.82)])
            sheet.line(rib, cloth.dim(fill, 1.3), 0.022, 0.2, 0.2)
        cloth.cast(sheet, fill, -0.08)
        sheet.shadow([(0.18, 1.3), (0.24, 1.9), (0.6, 1.9), (0.6, 1.3)], cloth.dim(fill), 0.8)


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = _coat(look)
    half = spline([(0.44, 1.44), (0.80, 1.57), (1.10, 1.684), (1.20, 1.85), (1.23, 2.2),
                   (1.12, 2.72), (1.13, 3.2), (1.16, 3.8), (1.20, BOTTOM)])  # fmt: skip
    shape = sided(joined(half, spline(EDGE)[::-1]), side)
    with cloth.panel(look, sheet, shape, fill):
        cloth.hang(sheet, fill, 0.90)
        cloth.folds(look, sheet, _FOLDS, fill, side)
        under = spline(
            [(0.9, 1.5), (1.04, 1.98), (1.04, 2.12), (0.94, 2.46), (0.70, 2.82), (0.42, 3.04)]
        )
        sheet.shadow(sided(joined(under, [(0.3, 2.8), (0.4, 1.5)]), side), cloth.dim(fill))
        hem = sided(curves.cut(curves.moved(spline(EDGE), 0.06, 0.0), 0.5, 1.0), side)
        cloth.seam(look, sheet, hem, fill, 0.5)
    for at in (3.02, 3.28):
        if side < 0:
            trim.button(look, sheet, (-0.52, at), 0.038, fill.shade(0.7))
    for outline, low in (
        (joined(spline(EDGE[1:4]), np.array(LAPEL)[::-1]), 0.0),
        (np.array(LEAF), 0.08),
    ):
        with cloth.panel(look, sheet, sided(outline, side), fill, weight=0.85):
            if side > 0:
                roll = spline([(0.50, 1.5), (0.64, 1.90), (0.60, 2.30), (0.42, 2.9)])
                sheet.shadow(joined(roll, [(0.2, 3.0), (0.3, 1.5)]), cloth.dim(fill), 0.8)
            cloth.cast(sheet, fill, low)
            hem = (np.array(outline) - (0.56, 2.0)) * 0.90 + (0.56, 2.0)
            with sheet.clip(sided(outline, side)):  # its turned edge
                sheet.stroke(sided(hem, side), cloth.ink(look, fill), look.line * 0.5, alpha=0.55)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.06, 2.72), (0.94, 2.86), (0.80, 2.88), (0.66, 2.82)], 0.10),
    ([(1.06, 2.94), (0.94, 3.14), (0.78, 3.22), (0.62, 3.20)], 0.10),
    ([(0.70, 2.84), (0.66, 3.2), (0.72, 3.7)], 0.08),
    ([(1.10, 1.84), (1.12, 2.12), (1.02, 2.40)], 0.09),
    ([(1.14, 2.46), (1.04, 2.58), (0.94, 2.60)], 0.07),
    ([(0.46, 3.04), (0.60, 3.16), (0.62, 3.40)], 0.08),
)


def _lanyard(look: Look, sheet: Sheet) -> None:
    fill = look.accent
    for side in (1.0, -1.0):
        strap = sided(spline([(0.58, 1.56), (0.42, 2.0), (0.16, 2.5), (0.0, 2.66)]), side)
        trim.braid(look, sheet, strap, fill if side > 0 else cloth.dim(fill, 0.0), 0.058)


def _card(look: Look, board: Board, body: Sheet) -> None:
    """Hang the badge on its strap."""
    fill = look.accent
    clip = [(-0.035, 2.62), (0.035, 2.62), (0.03, 2.76), (-0.03, 2.76)]
    card = np.array([(-0.20, 2.75), (0.19, 2.73), (0.21, 3.22), (-0.18, 3.24)])
    hanging.behind(body, card)
    sheet = hanging.hung(board, "card", hanging.ACCESSORY)
    with cloth.panel(look, sheet, clip, trim.SILVER, weight=0.6):
        pass
    white = Colour(0.985, 0.004, 240.0)
    with cloth.panel(look, sheet, card, white, weight=0.7):
        sheet.fill([(-0.3, 2.6), (0.3, 2.6), (0.3, 2.82), (-0.3, 2.84)], fill)
        photo = [(-0.165, 2.87), (0.01, 2.865), (0.02, 3.12), (-0.155, 3.125)]
        sheet.fill(photo, fill.light(1.0))
        sheet.fill(curves.ellipse((-0.07, 2.96), 0.05, 0.055), look.hair)
        sheet.fill(curves.ellipse((-0.07, 2.985), 0.036, 0.044), look.skin)
        sheet.fill(curves.ellipse((-0.07, 3.09), 0.075, 0.05), look.hair.shade(1.0))
        for at, reach in ((2.92, 0.15), (2.97, 0.12), (3.02, 0.14), (3.16, 0.14)):
            begin = 0.03 if at < 3.1 else -0.14
            sheet.stroke(np.array([(begin, at), (reach, at - 0.004)]), Colour(0.72, 0.02, 270.0),
                         0.016)  # fmt: skip


def _pocket(look: Look, sheet: Sheet) -> None:
    fill = _coat(look)
    for off, colour in zip(PENS, (look.accent, _knit(look).mixed(look.accent, 0.2)), strict=True):
        pen = [(0.78 + off, 2.40), (0.83 + off, 2.395), (0.835 + off, 2.66), (0.785 + off, 2.67)]
        with cloth.panel(look, sheet, pen, colour, weight=0.6):
            sheet.fill([(0.70, 2.46), (1.0, 2.44), (1.0, 2.47), (0.70, 2.49)], trim.SILVER)
        sheet.stroke(np.array([(0.82 + off, 2.44), (0.825 + off, 2.56)]), trim.SILVER, 0.014)
    shape = [(0.70, 2.58), (1.04, 2.53), (1.05, 2.92), (0.88, 3.0), (0.72, 2.95)]
    with cloth.panel(look, sheet, shape, fill, weight=0.55):
        cloth.stitches(look, sheet, np.array([(0.68, 2.65), (0.88, 2.625), (1.08, 2.595)]),
                       cloth.ink(look, fill), 0.05)  # fmt: skip
        sheet.shadow([(0.94, 2.5), (0.92, 3.1), (1.2, 3.1), (1.2, 2.5)], cloth.dim(fill), 0.8)
