"""Kimono: collars crossed left over right, wide sleeves, broad sash with a cord and its knot."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.look import Look

SLEEVE = Sleeve(
    seam=((1.16, 1.755), (1.23, 1.98), (1.24, 2.30), (1.16, 2.62)),
    outer=((1.16, 1.755), (1.32, 1.84), (1.52, 2.08), (1.76, 2.60), (2.02, 3.2), (2.26, BOTTOM)),
    inner=((1.16, 2.62), (1.05, 2.88), (0.97, 3.3), (0.97, BOTTOM)),
    folds=(
        ([(1.20, 2.64), (1.36, 2.66), (1.50, 2.54), (1.60, 2.34)], 0.11),
        ([(1.18, 2.80), (1.32, 3.06), (1.54, 3.18), (1.80, 3.14)], 0.13),
        ([(1.14, 3.00), (1.20, 3.34), (1.36, 3.62), (1.60, 3.76)], 0.15),
        ([(1.26, 1.86), (1.40, 2.02), (1.50, 2.26)], 0.06),
    ),
)
EDGE = (
    (0.38, 1.27),
    (0.43, 1.42),
    (0.41, 1.60),
    (0.27, 1.88),
    (0.02, 2.20),
    (-0.34, 2.62),
    (-0.52, 2.86),
)


def draw(look: Look, board: Board) -> None:
    _behind(look, board.layer("collar_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (-1.0, 1.0):  # the wearer's left lies on top
        _under(look, sheet, side)
    for side in (-1.0, 1.0):
        _front(look, sheet, side)
    for side in (-1.0, 1.0):
        _collar(look, sheet, side)
    _sash(look, sheet)
    loose = {
        side: hanging.hung(board, f"sleeve_{name}", hanging.CLOTH, (6, 10))
        for name, side in (("left", 1.0), ("right", -1.0))
    }
    for side, sleeve in loose.items():
        sleeves.sleeve(look, sleeve, side, look.cloth, SLEEVE, figured=True)
    if look.design.outfit.pattern == "none":
        _blossoms(look, sheet, loose)


def _behind(look: Look, sheet: Sheet) -> None:
    shape = cloth.nape(0.66, 1.1)
    with cloth.panel(look, sheet, shape, look.cloth_second):
        inner = spline([(-0.52, 1.66), (-0.46, 1.36), (0.0, 1.19), (0.46, 1.36), (0.52, 1.66)])
        sheet.fill(inner, cloth.dim(look.shirt.light(0.9), 1.5))
        sheet.stroke(inner, look.pen(look.cloth_second), look.line * 0.8)


def _band(side: float, begin: float, end: float) -> Points:
    """Give a strip along the crossed edge, by its distances outwards from it."""
    edge = cloth.even(spline(EDGE))
    across = -curves.normals(edge)
    # at the neck it narrows, where it turns to the back
    wide = begin + (end - begin) * np.clip(curves.parameter(edge) / 0.16, 0.0, 1.0) ** 0.6
    return sided(joined(edge + across * begin, (edge + across * wide[:, None])[::-1]), side)


def _under(look: Look, sheet: Sheet, side: float) -> None:
    white = look.shirt.light(0.9)
    with cloth.panel(look, sheet, _band(side, -0.09, 0.09), white, weight=0.75):
        cloth.cast(sheet, white, 0.08)
        if side > 0:
            sheet.shadow(_band(side, 0.01, 0.09), cloth.dim(white))


def _breast(side: float) -> Points:
    half = spline([(0.44, 1.42), (0.82, 1.60), (1.16, 1.76), (1.28, 2.2), (1.22, 2.62), (1.06, 2.9),
                   (0.94, 3.3), (1.0, BOTTOM)])  # fmt: skip
    return sided(joined(half, [(-0.5, BOTTOM), (-0.56, 2.9)], spline(EDGE)[::-1]), side)


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    with cloth.panel(look, sheet, _breast(side), fill, figured=True):
        cloth.hang(sheet, fill, 0.86)
        cloth.folds(look, sheet, _FOLDS, fill, side)
        sheet.shadow(_band(side, 0.1, 0.30 if side > 0 else 0.25), cloth.dim(fill))
        cloth.cast(sheet, fill, 0.06)


# from where the sash holds the cloth
_FOLDS: tuple[cloth.Fold, ...] = (
    ([(0.30, 2.92), (0.40, 2.74), (0.60, 2.56), (0.84, 2.44)], 0.11),
    ([(0.58, 2.90), (0.70, 2.76), (0.86, 2.68), (1.02, 2.64)], 0.11),
    ([(0.06, 2.94), (0.20, 2.70), (0.40, 2.50)], 0.08),
    ([(1.14, 2.30), (1.02, 2.44), (0.90, 2.48), (0.74, 2.44)], 0.08),
)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth_second
    with cloth.panel(look, sheet, _band(side, 0.0, 0.215), fill, weight=0.9):
        cloth.cast(sheet, fill, 0.0)
        if side > 0:
            sheet.shadow(_band(side, 0.15, 0.3), cloth.dim(fill))
        else:
            over = spline(EDGE)
            sheet.shadow(cloth.band(curves.moved(over, 0.0, 0.02), -0.30, 0.08), cloth.dim(fill))
    piping = sided(curves.moved(spline(EDGE), 0.03, 0.018), side)
    trim.braid(look, sheet, curves.cut(piping, 0.04, 1.0), look.accent, 0.022)


def _blossoms(look: Look, body: Sheet, loose: dict[float, Sheet]) -> None:
    """Dye large blossoms on the shoulder and the sleeves, as on a festive kimono."""
    flowers = catalogue.style("pattern", "flowers")
    tint = replace(look, cloth_second=look.accent)
    for side, at, size in ((1.0, (1.36, 2.40), 0.20), (1.0, (1.62, 2.92), 0.26),
                           (1.0, (1.22, 3.16), 0.15), (1.0, (0.84, 2.02), 0.13),
                           (-1.0, (1.56, 2.82), 0.22), (-1.0, (1.28, 3.22), 0.16)):  # fmt: skip
        sheet, shape = body, _breast(side)
        if at[0] > 1.1:
            sheet, shape = loose[side], SLEEVE.shape(side)
        with sheet.clip(shape):
            flowers.flower(tint, sheet, (at[0] * side, at[1]), size, 40.0 * at[1])


def _sash(look: Look, sheet: Sheet) -> None:
    fill, second = look.cloth_second.mixed(look.accent, 0.22), look.cloth_second
    if second.chroma < 0.04:  # on its way from cream to blue it would be a sallow green
        fill = Colour(fill.lightness, fill.chroma, look.accent.hue_deg)
    top = spline([(-1.06, 2.80), (-0.5, 2.86), (0.0, 2.875), (0.5, 2.86), (1.06, 2.80)])
    shape = joined(top, [(0.97, 3.3), (1.0, 3.8), (-1.0, 3.8), (-0.97, 3.3)])
    with cloth.panel(look, sheet, shape, fill):
        for drop in (0.10, 0.13):
            sheet.stroke(curves.moved(top, 0.0, drop), cloth.dim(fill, 1.3), look.line * 0.6)
        for i in range(-5, 6):
            u = i * 0.2
            leaf = [(u, 2.98 - 0.002 * i * i), (u + 0.05, 3.06), (u, 3.14), (u - 0.05, 3.06)]
            sheet.fill(np.array(leaf), look.cloth, 0.75)
        sheet.shadow(joined(spline([(0.62, 2.7), (0.70, 3.0), (0.64, 3.8)]),
                            [(1.3, 3.8), (1.3, 2.7)]), cloth.dim(fill))  # fmt: skip
        sheet.shadow(joined(top, curves.moved(top, 0.0, 0.05)[::-1]), cloth.dim(fill))
    # a bulge of softer cloth above the sash
    scarf = spline([(-1.05, 2.79), (-0.5, 2.83), (0.0, 2.835), (0.5, 2.83), (1.05, 2.79)])
    with cloth.panel(
        look, sheet, cloth.band(scarf, -0.03, 0.05), look.accent.light(0.7), weight=0.8
    ):
        cloth.gathers(look, sheet, curves.moved(scarf, 0, -0.03), 0.06, look.accent.light(0.7), 14,
                      "scarf")  # fmt: skip
    cord = spline([(-1.1, 3.15), (-0.5, 3.19), (0.0, 3.20), (0.5, 3.19), (1.1, 3.15)])
    trim.braid(look, sheet, cord, look.accent, 0.060)
    for i in range(-16, 17):
        u = i * 0.06
        sheet.stroke(
            np.array([(u - 0.012, 3.165), (u + 0.012, 3.215)]), look.pen(look.accent), 0.008
        )
    trim.gem(look, sheet, (0.0, 3.195), 0.085, look.accent.light(0.4), trim.METAL)
