"""Cardigan: chunky knit, ribbed edges, slipped off one shoulder, over a blouse with a ribbon."""

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

BLOUSE = Sleeve(
    seam=((1.02, 1.72), (1.10, 2.05), (1.08, 2.40), (1.00, 2.64)),
    outer=((1.02, 1.72), (1.30, 1.82), (1.50, 2.12), (1.56, 2.6), (1.58, 3.3), (1.62, BOTTOM)),
    inner=((1.00, 2.64), (1.05, 3.0), (1.10, 3.6), (1.14, BOTTOM)),
    folds=sleeves.ARM[:2],
)
KNIT = Sleeve(
    seam=((1.06, 1.70), (1.16, 2.05), (1.14, 2.40), (1.04, 2.72)),
    outer=((1.06, 1.70), (1.38, 1.82), (1.64, 2.20), (1.78, 2.70), (1.88, 3.3), (1.96, BOTTOM)),
    inner=((1.04, 2.72), (1.04, 3.1), (1.06, 3.6), (1.08, BOTTOM)),
    folds=(
        ([(1.06, 2.76), (1.26, 2.78), (1.42, 2.66), (1.52, 2.46)], 0.10),
        ([(1.06, 2.98), (1.30, 3.10), (1.54, 3.06), (1.72, 2.92)], 0.12),
        ([(1.84, 3.02), (1.66, 3.20), (1.44, 3.26), (1.22, 3.22)], 0.12),
    ),
)
# slipped: it begins on the upper arm
SLIPPED = Sleeve(
    seam=((1.44, 2.06), (1.24, 2.24), (1.10, 2.50), (1.02, 2.80)),
    outer=((1.44, 2.06), (1.64, 2.22), (1.80, 2.56), (1.88, 2.90), (1.94, 3.4), (2.00, BOTTOM)),
    inner=((1.02, 2.80), (1.03, 3.1), (1.05, 3.6), (1.07, BOTTOM)),
    folds=(
        ([(1.10, 2.56), (1.30, 2.70), (1.52, 2.68), (1.72, 2.50)], 0.11),
        ([(1.06, 2.82), (1.30, 2.98), (1.56, 2.98), (1.82, 2.80)], 0.13),
        ([(1.90, 3.00), (1.70, 3.20), (1.46, 3.28), (1.20, 3.24)], 0.12),
    ),
)
EDGES = {
    1.0: (
        (0.43, 1.40),
        (0.60, 1.62),
        (0.67, 1.9),
        (0.54, 2.4),
        (0.30, 2.9),
        (0.16, 3.3),
        (0.14, BOTTOM),
    ),
    -1.0: ((1.36, 2.02), (1.12, 2.22), (0.84, 2.56), (0.46, 2.98), (0.18, 3.3), (0.14, BOTTOM)),
}


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    with cloth.panel(look, behind, cloth.nape(0.52, 1.20), cloth.dim(_white(look), 1.3)):
        pass
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, _white(look), BLOUSE)
    _blouse(look, sheet)
    _front(look, sheet, 1.0)
    for side, cut in ((1.0, KNIT), (-1.0, SLIPPED)):
        sleeves.sleeve(look, sheet, side, look.cloth, cut, figured=True)
        _ribs(look, sheet, side)
    _front(look, sheet, -1.0)  # its edge runs over that of the slipped sleeve
    for side in (1.0, -1.0):
        _points(look, sheet, side)
    hanging.bow(look, board, sheet, (0.0, 1.84), 0.32, look.accent, tails=1.5)


def _white(look: Look) -> Colour:
    """Give the blouse: the palest of the under colours, apart from the knit."""
    pale = look.shirt if look.shirt.lightness > 0.85 else look.shirt.light(1.4)
    return pale if abs(pale.lightness - look.cloth.lightness) > 0.06 else look.shirt.light(0.2)


def _blouse(look: Look, sheet: Sheet) -> None:
    fill = _white(look)
    half = spline([(0.40, 1.46), (0.72, 1.60), (1.06, 1.73), (1.10, 2.2), (1.0, 2.64), (0.90, 3.1),
                   (0.86, 3.6), (0.95, BOTTOM)])  # fmt: skip
    neck = spline([(-0.40, 1.46), (-0.16, 1.70), (0.0, 1.78), (0.16, 1.70), (0.40, 1.46)])
    with cloth.panel(look, sheet, joined(neck, half[1:], sided(half, -1)[::-1]), fill):
        cloth.hang(sheet, fill)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, cloth.ARMPIT[:2], fill, side)
            tuck = sided(spline([(0.30, 1.9), (0.31, 2.5), (0.28, 3.2), (0.28, BOTTOM)]), side)
            cloth.seam(look, sheet, tuck, fill, 0.5)
        placket = np.array([(-0.09, 1.8), (0.09, 1.8), (0.09, BOTTOM), (-0.09, BOTTOM)])
        sheet.stroke(placket, cloth.dim(fill, 1.5), look.line * 0.6, closed=True)
        cloth.cast(sheet, fill, 0.16)
    for at in (2.42, 2.68, 2.94, 3.20):
        trim.button(look, sheet, (0.0, at), 0.032, fill.shade(0.6))


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    edge = spline(EDGES[side])
    if side > 0:
        half = spline([(0.50, 1.48), (0.82, 1.60), (1.08, 1.70), (1.20, 2.2), (1.09, 2.72),
                       (1.10, 3.1), (1.10, 3.6), (1.12, BOTTOM)])  # fmt: skip
    else:
        half = spline([(1.36, 2.04), (1.22, 2.30), (1.08, 2.56), (1.06, 2.80), (1.09, 3.1),
                       (1.10, 3.6), (1.12, BOTTOM)])  # fmt: skip
    with cloth.panel(look, sheet, sided(joined(half, edge[::-1]), side), fill, figured=True):
        cloth.hang(sheet, fill, 0.84)
        cloth.folds(look, sheet, _FOLDS, fill, side)
        _cables(look, sheet, side)
    strip = sided(cloth.band(edge, -0.085, 0.065), side)
    with cloth.panel(look, sheet, strip, fill, weight=0.85):
        _knit(look, sheet, sided(edge, side), 0.15, 62)
        if side > 0:
            sheet.shadow(sided(cloth.band(edge, -0.1, -0.03), side), cloth.dim(fill), 0.8)
    if side > 0:
        for at in (0.66, 0.74, 0.82):
            point = edge[int(at * len(edge))]
            trim.button(look, sheet, (float(point[0]), float(point[1])), 0.045, look.cloth_second)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.04, 2.74), (0.90, 2.90), (0.74, 2.96), (0.58, 2.94)], 0.10),
    ([(1.02, 3.00), (0.88, 3.20), (0.70, 3.30), (0.50, 3.32)], 0.11),
)


def _knit(look: Look, sheet: Sheet, course: np.ndarray, wide: float, count: int) -> None:
    """Draw the ribs of a knitted edge across its course."""
    across, t = curves.normals(course), curves.parameter(course)
    for i in range(count):
        k = min(int(np.searchsorted(t, (i + 0.5) / count)), len(course) - 1)
        rib = np.array([course[k] - across[k] * wide * 0.5, course[k] + across[k] * wide * 0.5])
        sheet.stroke(rib, cloth.dim(look.cloth, 1.1), look.line * 0.6, alpha=0.8)


def _cables(look: Look, sheet: Sheet, side: float) -> None:
    """Knit two cables down the front: links that cross each other."""
    if look.design.outfit.pattern != "none":
        return
    for i in range(9):
        v = 2.30 + 0.16 * i if side > 0 else 2.70 + 0.16 * i
        link = spline([(0.80, v), (0.74, v + 0.06), (0.80, v + 0.13), (0.86, v + 0.19)])
        for way in (1.0, -1.0):
            turned = (link - (0.80, 0.0)) * (way, 1.0) + (0.80, 0.0)
            sheet.line(sided(turned, side), cloth.dim(look.cloth, 1.2), look.line * 0.9, 0.3, 0.3)


def _ribs(look: Look, sheet: Sheet, side: float) -> None:
    """Knit rows into the sleeve, bent as the arm is round."""
    cut = KNIT if side > 0 else SLIPPED
    with sheet.clip(cut.shape(side)):
        for i in range(7):
            u = 1.16 + 0.10 * i
            course = spline(
                [(u - 0.02, 2.0), (u, 2.5), (u + 0.05 * i * 0.5, 3.2), (u + 0.1, BOTTOM)]
            )
            sheet.line(
                sided(course, side), cloth.dim(look.cloth, 0.8), look.line * 0.7, 0.1, 0.1, 0.6
            )
    if side < 0:  # the slipped edge, ribbed as the front
        edge = spline(cut.seam)
        strip = sided(cloth.band(edge, -0.075, 0.055), side)
        with cloth.panel(look, sheet, strip, look.cloth, weight=0.85):
            _knit(look, sheet, sided(edge, side), 0.14, 16)


def _points(look: Look, sheet: Sheet, side: float) -> None:
    """Draw one rounded half of the blouse's collar."""
    fill = _white(look)
    shape = joined(
        spline([(0.37, 1.33), (0.32, 1.50), (0.18, 1.66), (0.02, 1.77)]),
        spline([(0.06, 1.86), (0.22, 2.00), (0.46, 1.98), (0.64, 1.78), (0.58, 1.52), (0.44, 1.36),
                (0.37, 1.33)]),
    )  # fmt: skip
    with cloth.panel(look, sheet, sided(shape, side), fill, weight=0.9):
        cloth.cast(sheet, fill, -0.08)
        rim = spline([(0.10, 1.83), (0.24, 1.94), (0.44, 1.92), (0.57, 1.77), (0.53, 1.58)])
        sheet.stroke(sided(rim, side), look.accent, look.line * 0.8)
