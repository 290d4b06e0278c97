"""Idol: cropped stage jacket, puffed shoulders, fringed epaulettes, braid, jabot, big bow."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.3, 1.0)

PUFF = Sleeve(
    seam=((0.92, 1.66), (1.08, 2.0), (1.08, 2.36), (1.00, 2.62)),
    outer=((0.92, 1.66), (1.22, 1.58), (1.58, 1.76), (1.80, 2.16), (1.76, 2.56), (1.56, 2.78)),
    inner=((1.00, 2.62), (1.00, 2.72), (1.04, 2.80)),
)
TIGHT = Sleeve(
    seam=((1.08, 2.70), (1.06, 2.72), (1.05, 2.74), (1.04, 2.76)),
    outer=((1.08, 2.70), (1.54, 2.72), (1.58, 3.0), (1.58, 3.5), (1.62, BOTTOM)),
    inner=((1.04, 2.76), (1.06, 3.1), (1.10, 3.6), (1.14, BOTTOM)),
    folds=(
        ([(1.58, 3.02), (1.44, 3.14), (1.28, 3.16)], 0.09),
        ([(1.08, 3.10), (1.22, 3.26), (1.40, 3.28)], 0.09),
    ),
)
RIM = ((1.02, 2.05), (1.36, 2.09), (1.62, 2.02), (1.80, 1.88))  # of the plate, that carries cords
EDGE = ((0.50, 1.44), (0.46, 1.80), (0.34, 2.2), (0.30, 2.7), (0.44, 3.2), (0.72, 3.5))


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth, TIGHT)
    _dress(look, sheet)
    for side in (1.0, -1.0):
        _jacket(look, sheet, side)
    for side in (1.0, -1.0):
        _puff(look, sheet, side)
        _epaulette(look, sheet, side)
    ropes = {
        side: hanging.hung(board, f"fringe_{name}", hanging.CLOTH, (6, 4))
        for name, side in (("left", 1.0), ("right", -1.0))
    }
    for side, layer in ropes.items():
        _fringe(look, layer, side)
    _jabot(look, sheet)
    for side in (1.0, -1.0):
        _collar(look, sheet, side)
    bow = hanging.bow(look, board, sheet, (0.0, 1.86), 0.42, look.accent, tails=0.9)
    trim.gem(look, bow, (0.0, 1.865), 0.075, look.eye_left.light(0.3), trim.METAL)


def _behind(look: Look, sheet: Sheet) -> None:
    shape = cloth.nape(0.74, 1.05)
    with cloth.panel(look, sheet, shape, cloth.dim(look.cloth_second, 1.5)):
        rim = spline([(-0.70, 1.30), (-0.30, 1.11), (0.0, 1.08), (0.30, 1.11), (0.70, 1.30)])
        sheet.stroke(rim, cloth.dim(trim.METAL), 0.035)


def _dress(look: Look, sheet: Sheet) -> None:
    fill = look.cloth_second if look.cloth_second.lightness > 0.7 else look.shirt.light(0.8)
    half = spline([(0.55, 1.6), (0.96, 1.9), (1.02, 2.5), (0.90, 3.0), (0.80, 3.4), (1.1, BOTTOM)])
    neck = spline([(-0.55, 1.6), (-0.24, 1.84), (0.0, 1.90), (0.24, 1.84), (0.55, 1.6)])
    shape = joined(neck, half[1:], sided(half, -1)[::-1])
    with cloth.panel(look, sheet, shape, fill, weight=0.8):
        sheet.shadow([(-0.3, 1.7), (-0.30, 2.4), (-0.20, 2.5), (0.0, 2.42), (0.20, 2.5),
                      (0.4, 1.7)], cloth.dim(fill))  # fmt: skip
        for side in (1.0, -1.0):
            edge = sided(curves.moved(spline(EDGE), -0.07 if side > 0 else -0.04, 0.02), side)
            sheet.shadow(joined(edge, [(1.2 * side, 3.5), (1.2 * side, 1.4)]), cloth.dim(fill))
        # a row of buttons between two lines of braid
        for side in (1.0, -1.0):
            pipe = sided(spline([(0.13, 2.3), (0.13, 3.0), (0.10, BOTTOM)]), side)
            trim.braid(look, sheet, pipe, look.accent, 0.024)
    for at in (2.64, 2.86, 3.08, 3.30):
        trim.button(look, sheet, (0.0, at), 0.045, trim.METAL, metal=True)


def _jacket(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    half = spline([(0.50, 1.50), (0.80, 1.60), (1.04, 1.72), (1.12, 2.2), (1.02, 2.62), (0.95, 3.0),
                   (0.90, 3.42), (0.86, 3.6)])  # fmt: skip
    shape = sided(joined(half, spline(EDGE)[::-1]), side)
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill, 0.84)
        cloth.bust(look, sheet, fill)
        cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
        rim = sided(curves.moved(spline(EDGE), 0.055, 0.0), side)
        trim.braid(look, sheet, rim, trim.METAL, 0.038)
    # frogs: loops of braid, each with a button
    for at, wide in ((2.36, 0.36), (2.62, 0.34), (2.88, 0.30)):
        inner = 0.40 + 0.10 * max(at - 2.6, 0)
        loop = [(inner, at), (inner + wide * 0.5, at - 0.075), (inner + wide, at - 0.02),
                (inner + wide * 0.5, at + 0.05), (inner, at)]  # fmt: skip
        trim.braid(look, sheet, sided(spline(loop), side), trim.METAL, 0.022)
        trim.button(look, sheet, ((inner + 0.02) * side, at), 0.042, trim.METAL, metal=True)


def _puff(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    sleeves.sleeve(look, sheet, side, fill, PUFF, figured=True)
    with sheet.clip(PUFF.shape(side)):
        low = spline([(1.02, 2.80), (1.30, 2.86), (1.58, 2.78)])
        low = low[::-1] if side > 0 else sided(low, side)
        cloth.gathers(look, sheet, low, 0.40, fill, 7, f"puff{side}")
    band = sided(spline([(1.00, 2.74), (1.30, 2.84), (1.60, 2.74)]), side)
    with cloth.panel(look, sheet, cloth.band(band, -0.05, 0.05), look.accent, weight=0.7):
        sheet.shadow([(1.36, 2.6), (1.36, 3.0), (1.8, 3.0), (1.8, 2.6)], cloth.dim(look.accent))


def _epaulette(look: Look, sheet: Sheet, side: float) -> None:
    """Draw the board on the shoulder: a rounded plate with a star."""
    gold = trim.METAL
    plate = joined(spline([(0.76, 1.60), (1.02, 1.49), (1.34, 1.48), (1.64, 1.60), (1.84, 1.82)]),
                   spline([(1.80, 1.90), (1.62, 2.03), (1.36, 2.10), (1.04, 2.06), (0.80, 1.78),
                           (0.76, 1.60)]))  # fmt: skip
    fill = look.cloth_second if look.cloth_second.lightness > 0.7 else look.accent
    with cloth.panel(look, sheet, sided(plate, side), gold):
        inner = (plate - (1.28, 1.78)) * 0.80 + (1.28, 1.77)
        sheet.stroke(sided(inner, side), look.pen(gold), look.line * 0.7, closed=True)
        sheet.fill(sided(inner, side), fill)
        if side > 0:
            edge = spline([(1.30, 1.4), (1.52, 1.66), (1.56, 1.9), (1.40, 2.2)])
            sheet.shadow(joined(edge, [(2.0, 2.2), (2.0, 1.3)]), cloth.dim(fill), 0.8)
    star = look.cloth if fill == look.accent else look.accent
    trim.medal_star(look, sheet, (1.28 * side, 1.78), 0.12, star)


def _fringe(look: Look, sheet: Sheet, side: float) -> None:
    """Hang gold cords on the rim of the plate, and on one side two ropes to the breast."""
    gold, edge = trim.METAL, spline(RIM)
    for drop, reach in ((0.0, 0.0), (0.14, 0.06)) if side > 0 else ():
        rope = spline([(1.10, 2.07), (0.92, 2.34 + drop), (0.66, 2.40 + drop),
                       (0.47 - reach * 0.3, 2.12 + reach)])  # fmt: skip
        trim.braid(look, sheet, rope, gold.light(0.35), 0.034)
    for i in range(13):
        at = edge[int((i + 0.5) / 13 * len(edge))]
        out = (i - 3.5) * 0.012
        cord = sided(spline([(at[0], at[1]), (at[0] + out, at[1] + 0.12),
                             (at[0] + out * 1.5, at[1] + 0.27)]), side)  # fmt: skip
        trim.braid(look, sheet, cord, gold if i % 2 else cloth.dim(gold, 0.6), 0.032)
    trim.braid(look, sheet, sided(edge, side), gold, 0.045)


def _jabot(look: Look, sheet: Sheet) -> None:
    white = look.shirt.light(1.0) if look.shirt.lightness > 0.7 else look.cloth_second.light(1.2)
    for at, wide, depth in ((2.26, 0.30, 0.30), (2.08, 0.34, 0.30), (1.90, 0.28, 0.28)):
        course = spline([(-wide, at), (0.0, at + 0.05), (wide, at)])
        trim.frill(look, sheet, course, depth, white, 5, f"jabot{at}")


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    """Draw one half of the standing collar, open at the throat."""
    fill = look.cloth_second
    shape = joined(spline([(0.60, 1.20), (0.66, 1.40), (0.58, 1.60), (0.34, 1.78), (0.10, 1.88)]),
                   spline([(0.06, 1.74), (0.22, 1.62), (0.36, 1.46), (0.46, 1.24),
                           (0.60, 1.20)]))  # fmt: skip
    with cloth.panel(look, sheet, sided(shape, side), fill, weight=0.9):
        cloth.cast(sheet, fill, -0.18)
        rim = spline([(0.08, 1.775), (0.235, 1.655), (0.38, 1.49), (0.485, 1.26)])
        sheet.stroke(sided(rim, side), trim.METAL, 0.034)
    star = np.array([(0.47 * side, 1.575)])[0]
    trim.medal_star(look, sheet, (float(star[0]), float(star[1])), 0.055, trim.METAL)
