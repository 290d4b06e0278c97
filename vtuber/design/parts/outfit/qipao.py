"""Qipao: sleeveless silk with a standing collar, slanted closing with frogs, a drop-shaped cut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, figure, hanging, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.55, 1.0)

# the performer's left side, from the collar over the bare shoulder's edge down to the hip
HALF = ((0.38, 1.46), (0.62, 1.575), (0.88, 1.675), (0.92, 1.92), (0.90, 2.22), (1.00, 2.54),
        (1.03, 2.70), (0.94, 3.02), (0.80, 3.36), (0.90, 3.8), (1.05, BOTTOM))  # fmt: skip
SLANT = ((0.16, 1.72), (0.29, 1.92), (0.53, 2.07), (0.79, 2.27), (0.97, 2.56))  # of the closing
COLLAR_TOP = ((-0.36, 1.30), (-0.22, 1.42), (-0.06, 1.52), (0.06, 1.52), (0.22, 1.42), (0.36, 1.30))
COLLAR_LOW = ((0.44, 1.54), (0.26, 1.70), (0.0, 1.78), (-0.26, 1.70), (-0.44, 1.54))


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    with cloth.panel(look, behind, cloth.nape(0.44, 1.18, 1.54), cloth.dim(look.cloth, 1.3)):
        rim = spline([(-0.42, 1.32), (-0.2, 1.205), (0.0, 1.19), (0.2, 1.205), (0.42, 1.32)])
        behind.stroke(rim, cloth.dim(look.cloth_second), 0.03)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    figure.bare(look, sheet)
    _silk(look, sheet)
    _drop(look, sheet)
    _closing(look, sheet)
    _collar(look, sheet)
    for name, side in (("left", 1.0), ("right", -1.0)):
        _loose(look, hanging.hung(board, f"loose_{name}", hanging.CLOTH), side)
    _tassel(look, board, sheet)


def _shape() -> Points:
    half = spline(HALF)
    neck = spline([(-0.38, 1.46), (0.0, 1.74), (0.38, 1.46)])
    return joined(neck, half[1:], sided(half, -1)[::-1])


def _silk(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    with cloth.panel(look, sheet, _shape(), fill, figured=True):
        if look.design.outfit.pattern == "none":
            _embroidery(look, sheet)
        cloth.hang(sheet, fill, 0.74)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, _FOLDS, fill, side)
        # silk shines in a narrow crisp band
        for path, wide in (
            ([(-0.70, 2.10), (-0.76, 2.42), (-0.66, 2.72)], 0.07),
            ([(-0.60, 3.02), (-0.52, 3.20), (-0.50, 3.40)], 0.05),
        ):
            sheet.line(spline(path), cloth.lit(fill, 1.2), wide, 0.7, 0.8, 0.75)
        cloth.cast(sheet, fill, 0.10)
    with sheet.clip(_shape()):
        for side in (1.0, -1.0):
            hem = curves.moved(curves.cut(spline(HALF[1:7]), 0.14, 0.97), -0.02, 0.0)
            trim.braid(look, sheet, sided(hem, side), look.cloth_second, 0.045)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.00, 2.64), (0.84, 2.74), (0.66, 2.74), (0.48, 2.68)], 0.08),
    ([(0.92, 3.04), (0.74, 3.10), (0.54, 3.08)], 0.08),
    ([(0.80, 3.34), (0.62, 3.26), (0.42, 3.26)], 0.08),
)


def _embroidery(look: Look, sheet: Sheet) -> None:
    """Stitch a branch in bloom that climbs from the waist."""
    flowers = catalogue.style("pattern", "flowers")
    thread = cloth.dim(trim.METAL, 0.5)
    for path in (
        [(-0.96, 3.5), (-0.70, 3.10), (-0.62, 2.70), (-0.36, 2.42)],
        [(-0.68, 3.06), (-0.40, 2.94), (-0.16, 2.98)],
        [(-0.64, 2.78), (-0.80, 2.60), (-0.82, 2.44)],
    ):
        sheet.line(spline(path), thread, 0.035, 0.2, 0.9)
    tint = replace(look, cloth_second=look.cloth_second.light(0.3))
    for at, size in (
        ((-0.36, 2.42), 0.12), ((-0.60, 2.68), 0.15), ((-0.16, 2.98), 0.11), ((-0.66, 3.08), 0.18),
        ((-0.82, 2.44), 0.08), ((-0.34, 3.16), 0.13),
    ):  # fmt: skip
        flowers.flower(tint, sheet, at, size, 300.0 * size)


def _loose(look: Look, sheet: Sheet, side: float) -> None:
    """Draw a loose sleeve that begins at the elbow, held by a cord."""
    fill = look.cloth_second
    top = spline([(1.00, 2.98), (1.16, 3.04), (1.34, 3.03), (1.52, 2.94)])
    shape = joined(
        top,
        spline([(1.62, 3.14), (1.74, 3.6), (1.82, BOTTOM)]),
        spline([(1.04, BOTTOM), (1.00, 3.6), (0.98, 3.14)]),
    )
    with cloth.panel(look, sheet, sided(shape, side), fill):
        line = curves.moved(top, 0.0, 0.10)
        cloth.gathers(look, sheet, line if side > 0 else sided(line, side)[::-1], 0.4, fill, 6,
                      f"loose{side}")  # fmt: skip
        if side > 0:
            sheet.shadow([(1.40, 2.8), (1.52, BOTTOM), (2.0, BOTTOM), (2.0, 2.8)], cloth.dim(fill))
        trim.braid(look, sheet, sided(line, side), look.accent, 0.034)


def _drop(look: Look, sheet: Sheet) -> None:
    """Cut a drop below the collar, through which skin is seen."""
    drop = curves.closed_spline([(0.0, 1.80), (0.09, 1.94), (0.13, 2.06), (0.0, 2.17),
                                 (-0.13, 2.06), (-0.09, 1.94)])  # fmt: skip
    sheet.stroke(drop, look.pen(look.cloth), 0.075, closed=True)
    sheet.stroke(drop, look.cloth_second, 0.050, closed=True)
    sheet.fill(drop, look.skin)
    with sheet.clip(drop):
        sheet.shadow([(-0.2, 1.7), (0.2, 1.7), (0.2, 1.95), (0.0, 1.90), (-0.2, 1.99)],
                     look.skin.skin_shade())  # fmt: skip


def _closing(look: Look, sheet: Sheet) -> None:
    course = spline(SLANT)
    sheet.shadow(cloth.band(course, 0.0, 0.06), cloth.dim(look.cloth))
    trim.braid(look, sheet, course, look.cloth_second, 0.045)
    for at, lean in (((0.36, 1.98), 0.62), ((0.80, 2.285), 0.85)):
        _frog(look, sheet, at, lean)


def _frog(look: Look, sheet: Sheet, at: tuple[float, float], lean: float) -> None:
    """Knot a frog: two loops of cord and a bead, across the closing."""
    cord = look.accent
    c, s = np.cos(lean + np.pi / 2), np.sin(lean + np.pi / 2)
    for way in (1.0, -1.0):
        loop = np.array(curves.ellipse((0.085 * way, 0.0), 0.065, 0.036))
        turned = loop @ np.array([[c, s], [-s, c]]) + np.array(at)
        trim.braid(look, sheet, turned, cord, 0.024)
    trim.button(look, sheet, at, 0.036, cord, metal=True)


def _collar(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    top, low = spline(COLLAR_TOP), spline(COLLAR_LOW)
    with cloth.panel(look, sheet, joined(top, low), fill, weight=0.9):
        cloth.cast(sheet, fill, -0.10)
        sheet.stroke(curves.moved(top, 0.0, 0.028), look.cloth_second, 0.036)
        sheet.stroke(curves.moved(low, 0.0, -0.02), look.cloth_second, 0.036)
        cloth.seam(look, sheet, spline([(0.0, 1.5), (0.005, 1.62), (0.0, 1.8)]), fill, 0.8)
    _frog(look, sheet, (0.0, 1.80), -np.pi / 2)


def _tassel(look: Look, board: Board, body: Sheet) -> None:
    """Hang a tassel on the frog of the collar."""
    skirt = [(-0.022, 2.12), (0.022, 2.12), (0.040, 2.36), (-0.040, 2.36)]
    hanging.behind(body, np.array(skirt), reach=0.03)
    sheet = hanging.hung(board, "tassel", hanging.ACCESSORY, (2, 6))
    tassel = spline([(0.0, 1.86), (0.012, 2.0), (0.0, 2.12)])
    trim.braid(look, sheet, tassel, look.accent, 0.020)
    with cloth.panel(look, sheet, skirt, look.accent, weight=0.6):
        for u in (-0.015, 0.012):
            sheet.stroke(np.array([(u, 2.16), (u * 1.7, 2.36)]), cloth.dim(look.accent, 1.5), 0.010)
    trim.button(look, sheet, (0.0, 2.11), 0.034, trim.METAL, metal=True)
