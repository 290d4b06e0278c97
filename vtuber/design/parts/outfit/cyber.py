"""Cyber: hard shell jacket with a high cut collar, glowing lines, plates and a chest light."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Shape, Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.look import Look

ODDS = 0.6  # of being rolled, beside a common style

BESIDE = {"pattern": ("camouflage", "stripes")}

SLEEVE = Sleeve(
    seam=((1.06, 1.74), (1.14, 2.1), (1.12, 2.4), (1.02, 2.68)),
    outer=((1.06, 1.74), (1.34, 1.84), (1.54, 2.16), (1.62, 2.6), (1.68, 3.2), (1.72, BOTTOM)),
    inner=((1.02, 2.68), (1.06, 3.1), (1.10, 3.6), (1.12, BOTTOM)),
    folds=sleeves.ARM[:4],
)


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    with cloth.panel(look, behind, cloth.nape(0.78, 0.98, 1.70), cloth.dim(_shell(look), 1.6)):
        _glow(look, behind, spline([(-0.6, 1.16), (0.0, 1.03), (0.6, 1.16)]), 0.022)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _suit(look, sheet)
    for side in (1.0, -1.0):
        _front(look, sheet, side)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, _shell(look), SLEEVE, figured=True)
        _arm_plate(look, sheet, side)
    for side in (-1.0, 1.0):
        _collar(look, sheet, side)
    _core(look, sheet)


def _shell(look: Look) -> Colour:
    return look.cloth


def _inner(look: Look) -> Colour:
    """Give the suit beneath: near-black with a breath of the accent."""
    return Colour(0.25, 0.025, look.accent.hue_deg if look.accent.hue_deg > 150 else 285.0)


def _plate(look: Look) -> Colour:
    """Give the plates: dark on a pale shell, pale on a dark one."""
    if look.cloth.lightness > 0.6:
        return Colour(0.38, 0.03, 275.0)
    return Colour(0.90, 0.012, 260.0)


def _glow(look: Look, sheet: Sheet, course: Points, width: float) -> None:
    """Draw a line of light: a soft halo, the colour, a pale core."""
    light = look.accent
    halo = curves.ribbon(course, np.full(len(course), width * 1.9))
    sheet.fill(halo, light, 0.38, blur=width * 0.9)
    sheet.stroke(course, light, width)
    sheet.stroke(course, light.light(1.4), width * 0.42)


def _corner(points: Shape) -> Points:
    """Give straight pieces with enough points to be bent with the body."""
    corners = np.array(points, float)
    return cloth.even(corners, 40)


def _suit(look: Look, sheet: Sheet) -> None:
    fill = _inner(look)
    half = joined(spline([(0.40, 1.40), (0.60, 1.6), (0.9, 2.0)]), [(0.9, 3.2), (0.95, BOTTOM)])
    neck = spline([(-0.40, 1.40), (-0.2, 1.50), (0.0, 1.53), (0.2, 1.50), (0.40, 1.40)])
    with cloth.panel(look, sheet, joined(neck, half[1:], sided(half, -1)[::-1]), fill):
        cloth.cast(sheet, fill, 0.0)
        for v in (2.16, 2.46, 2.76, 3.06):
            rib = spline([(-0.6, v - 0.10), (-0.2, v), (0.2, v), (0.6, v - 0.10)])
            cloth.seam(look, sheet, rib, fill, 0.9)
            sheet.line(curves.moved(rib, 0.0, 0.02), fill.light(0.35), 0.018, 0.4, 0.4)
        cloth.bust(look, sheet, fill)
    throat = spline([(-0.37, 1.47), (-0.18, 1.56), (0.0, 1.585), (0.18, 1.56), (0.37, 1.47)])
    _glow(look, sheet, throat, 0.024)
    for side in (1.0, -1.0):
        vein = _corner([(0.12, 1.95), (0.12, 2.5), (0.20, 2.62), (0.20, 3.1), (0.14, 3.2),
                        (0.14, BOTTOM)])  # fmt: skip
        _glow(look, sheet, sided(vein, side), 0.020)


def _edge() -> Points:
    return _corner([(0.52, 1.52), (0.46, 1.95), (0.30, 2.22), (0.30, 2.72), (0.44, 2.90),
                    (0.44, BOTTOM)])  # fmt: skip


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = _shell(look)
    half = spline([(0.52, 1.54), (0.80, 1.63), (1.10, 1.75), (1.19, 2.2), (1.05, 2.68), (0.95, 3.1),
                   (0.92, 3.5), (1.0, BOTTOM)])  # fmt: skip
    with cloth.panel(look, sheet, sided(joined(half, _edge()[::-1]), side), fill, figured=True):
        cloth.hang(sheet, fill, 0.84)
        cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
        sheet.shadow(sided(joined(spline([(0.4, 1.4), (0.92, 1.86), (0.72, 2.12), (0.3, 2.3)]),
                                  [(0.2, 1.5)]), side), cloth.dim(fill))  # fmt: skip
        panel = sided(_corner([(0.52, 2.30), (0.90, 2.22), (1.12, 2.34), (1.12, 2.44),
                               (0.88, 2.36), (0.56, 2.46), (0.52, 2.30)]), side)  # fmt: skip
        sheet.stroke(panel, look.pen(_plate(look)), look.line * 1.4, closed=True)
        sheet.fill(panel, _plate(look))
        cut = sided(_corner([(0.44, 2.72), (0.66, 2.72), (0.82, 2.92), (0.82, 3.4)]), side)
        cloth.seam(look, sheet, cut, fill, 1.0)
    piping = sided(curves.moved(_edge(), 0.05, 0.0), side)
    _glow(look, sheet, curves.cut(piping, 0.22, 1.0), 0.022)
    if side > 0:  # a label in small print
        for i, wide in enumerate((0.20, 0.14, 0.17)):
            row = np.array([(0.60, 2.80 + 0.05 * i), (0.60 + wide, 2.80 + 0.05 * i)])
            sheet.stroke(row, cloth.ink(look, fill), 0.018, alpha=0.8)


def _arm_plate(look: Look, sheet: Sheet, side: float) -> None:
    """Lay a shoulder plate and a ring of light round the arm."""
    fill = _plate(look)
    plate = joined(spline([(0.98, 1.76), (1.22, 1.66), (1.48, 1.76), (1.66, 2.02)]),
                   [(1.70, 2.30), (1.56, 2.44), (1.22, 2.30), (1.06, 2.06)])  # fmt: skip
    with cloth.panel(look, sheet, sided(plate, side), fill):
        if side > 0:
            sheet.shadow([(1.34, 1.5), (1.44, 2.6), (2.0, 2.6), (2.0, 1.5)], cloth.dim(fill))
        else:
            gleam = sided(spline([(1.10, 1.80), (1.26, 1.75), (1.44, 1.84), (1.56, 2.02)]), side)
            sheet.line(gleam, cloth.lit(fill, 1.4), 0.05, 0.6, 0.6)
        cloth.seam(
            look, sheet, sided(_corner([(1.14, 1.98), (1.50, 2.06), (1.64, 2.24)]), side), fill
        )
    light = sided(_corner([(1.22, 2.14), (1.44, 2.22), (1.52, 2.32)]), side)
    _glow(look, sheet, light, 0.026)
    with sheet.clip(SLEEVE.shape(side)):
        ring = spline([(0.96, 2.86), (1.26, 2.94), (1.48, 2.91), (1.74, 2.80)])
        with cloth.panel(look, sheet, sided(cloth.band(ring, -0.09, 0.09), side), fill, weight=0.7):
            pass
        _glow(look, sheet, sided(ring, side), 0.030)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    """Draw one wing of the collar: it stands to the jaw and is cut at a slant."""
    fill = _shell(look)
    shape = joined(_corner([(0.50, 1.10), (0.78, 1.24), (0.86, 1.56), (0.70, 1.78), (0.36, 2.14)]),
                   _corner([(0.30, 2.06), (0.44, 1.62), (0.42, 1.30), (0.50, 1.10)]))  # fmt: skip
    with cloth.panel(look, sheet, sided(shape, side), fill):
        cloth.cast(sheet, fill, -0.24)
        if side > 0:
            sheet.shadow([(0.52, 1.0), (0.56, 1.6), (0.30, 2.2), (0.1, 2.2), (0.3, 1.0)],
                         cloth.dim(fill), 0.8)  # fmt: skip
        trace = sided(_corner([(0.70, 1.26), (0.77, 1.53), (0.62, 1.73), (0.42, 1.96)]), side)
        _glow(look, sheet, trace, 0.024)


def _core(look: Look, sheet: Sheet) -> None:
    """Set a six-cornered light into the chest."""
    angles = np.radians(np.arange(6) * 60.0)
    six = np.column_stack([np.cos(angles), np.sin(angles)])
    at = np.array([0.0, 2.36])
    with cloth.panel(look, sheet, six * 0.17 + at, _plate(look), weight=0.8):
        pass
    sheet.fill(six * 0.15 + at, look.accent, 0.5, blur=0.03)
    sheet.stroke(six * 0.115 + at, look.pen(look.accent), look.line, closed=True)
    sheet.fill(six * 0.115 + at, look.accent)
    sheet.fill(six * 0.065 + at, look.accent.light(1.3))
    trim.button(look, sheet, (0.0, 2.0), 0.03, trim.SILVER, metal=True)
