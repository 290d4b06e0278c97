"""Jacket: cropped flight jacket with a fur collar, quilted sleeves, straps, over a tank top."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Point, Points, joined, sided, spline
from vtuber.design.look import Look

SLEEVE = Sleeve(
    seam=((1.06, 1.68), (1.20, 2.05), (1.20, 2.40), (1.08, 2.74)),
    outer=((1.06, 1.68), (1.40, 1.76), (1.68, 2.10), (1.82, 2.6), (1.90, 3.2), (1.92, BOTTOM)),
    inner=((1.08, 2.74), (1.06, 3.1), (1.10, 3.6), (1.12, BOTTOM)),
    folds=(
        ([(1.10, 2.70), (1.28, 2.72), (1.42, 2.60), (1.52, 2.40)], 0.10),
        ([(1.22, 1.80), (1.38, 1.96), (1.46, 2.18)], 0.07),
    ),
)
QUILTS = (2.08, 2.66, 3.14)  # seams of the sleeve
FRONT = ((0.40, 1.40), (0.50, 1.8), (0.44, 2.4), (0.36, 2.9), (0.40, 3.3), (0.50, BOTTOM))


def draw(look: Look, board: Board) -> None:
    behind = board.layer("collar_back", "body", depth=-0.2, turn=0.0)
    _fur(look, behind, cloth.nape(0.80, 1.12, 1.72), cloth.dim(_pelt(look)), "back")
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _top(look, sheet)
    for side in (1.0, -1.0):
        _front(look, sheet, side)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth, SLEEVE, figured=True)
        _quilt(look, sheet, side)
        _patch(look, sheet, side)
    for side in (1.0, -1.0):
        _collar(look, sheet, side)
    _tags(look, board, sheet)


def _pelt(look: Look) -> Colour:
    """Give the fur: pale on dark cloth, dark on pale cloth."""
    if look.cloth.lightness < 0.75:
        return Colour(0.94, 0.018, 80.0).mixed(look.cloth_second, 0.10)
    return look.cloth_second if look.cloth_second.lightness < 0.75 else look.cloth.shade(2.2)


def _top(look: Look, sheet: Sheet) -> None:
    fill = look.shirt
    neck = spline([(-0.56, 1.70), (-0.36, 1.88), (0.0, 1.96), (0.36, 1.88), (0.56, 1.70)])
    shape = joined(neck, [(0.8, 2.2), (0.85, 3.2), (0.9, BOTTOM), (-0.9, BOTTOM), (-0.85, 3.2),
                          (-0.8, 2.2)])  # fmt: skip
    with cloth.panel(look, sheet, shape, fill, weight=0.8):
        sheet.stroke(curves.moved(neck, 0.0, 0.06), cloth.dim(fill, 1.2), look.line * 0.6)
        sheet.shadow(joined(spline([(0.24, 1.8), (0.32, 2.4), (0.22, 3.0), (0.30, 3.6)]),
                            [(1.0, 3.6), (1.0, 1.8)]), cloth.dim(fill))  # fmt: skip
        sheet.shadow(joined(spline([(-0.52, 1.8), (-0.40, 2.4), (-0.28, 3.0), (-0.34, 3.6)]),
                            [(-1.0, 3.6), (-1.0, 1.8)]), cloth.dim(fill))  # fmt: skip
        cloth.bust(look, sheet, fill)
        bolt = np.array([(0.06, 2.42), (-0.15, 2.74), (-0.02, 2.74), (-0.08, 3.04), (0.15, 2.66),
                         (0.02, 2.66)])  # fmt: skip
        sheet.fill(bolt, look.accent)
    for side in (1.0, -1.0):
        tag = sided(spline([(0.34, 1.58), (0.22, 1.92), (0.03, 2.12)]), side)
        sheet.stroke(tag, look.pen(trim.SILVER), 0.022)
        sheet.stroke(tag, trim.SILVER, 0.010)


def _tags(look: Look, board: Board, body: Sheet) -> None:
    """Hang two tags on the chain."""
    plates = [curves.ellipse((u, v), 0.052, 0.085) for u, v in ((0.04, 2.20), (-0.02, 2.22))]
    hanging.behind(body, *plates, reach=0.03)
    sheet = hanging.hung(board, "tags", hanging.ACCESSORY, (2, 4))
    for plate in plates:
        with cloth.panel(look, sheet, plate, trim.SILVER, weight=0.6):
            sheet.shadow([(0.0, 2.0), (-0.04, 2.4), (0.2, 2.4), (0.2, 2.0)], cloth.dim(trim.SILVER))


def _front(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    half = spline([(0.40, 1.44), (0.74, 1.56), (1.10, 1.69), (1.25, 2.2), (1.14, 2.72), (1.08, 3.1),
                   (1.06, 3.5), (1.0, BOTTOM)])  # fmt: skip
    edge = spline(FRONT)
    with cloth.panel(look, sheet, sided(joined(half, edge[::-1]), side), fill, figured=True):
        cloth.hang(sheet, fill, 0.94)
        cloth.folds(look, sheet, _FOLDS, fill, side)
        under = spline([(0.3, 1.3), (0.96, 1.75), (1.02, 2.05), (0.80, 2.36), (0.5, 2.5)])
        sheet.shadow(sided(joined(under, [(0.3, 2.3), (0.3, 1.4)]), side), cloth.dim(fill))
        yoke = sided(spline([(0.46, 2.52), (0.80, 2.46), (1.18, 2.34)]), side)
        cloth.seam(look, sheet, yoke, fill, 0.9)
        cloth.stitches(look, sheet, curves.moved(yoke, 0.0, 0.045), cloth.ink(look, fill), 0.055)
        slit = sided(np.array([(0.66, 2.78), (0.96, 3.06)]), side)
        sheet.stroke(slit, cloth.ink(look, fill), 0.075)
        sheet.stroke(slit, trim.SILVER, 0.030)
    zip_line = sided(curves.cut(edge, 0.22, 1.0), side)
    sheet.stroke(zip_line, cloth.ink(look, fill), 0.060)
    sheet.stroke(zip_line, trim.SILVER, 0.030)
    cloth.stitches(look, sheet, zip_line, look.pen(trim.SILVER), 0.035)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.12, 2.70), (1.00, 2.92), (0.86, 3.00), (0.70, 3.00)], 0.11),
    ([(0.42, 3.20), (0.56, 3.06), (0.74, 3.00)], 0.08),
    ([(1.14, 2.46), (1.00, 2.60), (0.84, 2.64), (0.66, 2.60)], 0.09),
    ([(0.40, 2.74), (0.52, 2.62), (0.66, 2.56)], 0.06),
)


def _quilt(look: Look, sheet: Sheet, side: float) -> None:
    """Sew the stuffed sleeve in rolls: each swells under its seam, lit above, shaded below."""
    fill = look.cloth
    with sheet.clip(SLEEVE.shape(side)):
        for at in QUILTS:
            course = spline(
                [(0.96, at - 0.03), (1.22, at + 0.07), (1.52, at + 0.05), (1.96, at - 0.16)]
            )
            above = curves.moved(course, 0.0, -0.10)
            swell = 0.05 * curves.taper(curves.parameter(course), 0.6, 0.6)
            sheet.shadow(sided(joined(course, (above + swell[:, None] * (0, 1))[::-1]), side),
                         cloth.dim(fill), 0.8)  # fmt: skip
            gleam = curves.cut(curves.moved(course, 0.0, 0.09), 0.2, 0.8)
            sheet.line(sided(gleam, side), cloth.lit(fill), 0.05, 0.6, 0.6, 0.8)
            cloth.seam(look, sheet, sided(course, side), fill, 1.1)
            for k in (0.25, 0.45, 0.65, 0.82):  # puckers of the seam
                root = course[int(k * len(course))]
                pucker = spline([(root[0], root[1]), (root[0] + 0.012, root[1] + 0.05),
                                 (root[0] + 0.04, root[1] + 0.09)])  # fmt: skip
                sheet.line(sided(pucker, side), cloth.ink(look, fill), look.line * 0.6, 0.1, 1.2)


def _patch(look: Look, sheet: Sheet, side: float) -> None:
    """Sew a badge on one sleeve, and a strap with a buckle on the other."""
    fill = look.accent
    if side > 0:
        badge = curves.ellipse((1.50, 2.36), 0.17, 0.19)
        with cloth.panel(look, sheet, badge, fill, weight=0.7):
            ring = curves.ellipse((1.50, 2.36), 0.135, 0.152)
            sheet.stroke(ring, look.shirt.light(0.8), look.line * 0.7, closed=True)
        trim.medal_star(look, sheet, (1.50, 2.37), 0.085, look.shirt.light(0.8))
        return
    with sheet.clip(SLEEVE.shape(side)):
        strap = sided(spline([(1.0, 2.42), (1.3, 2.52), (1.6, 2.48), (1.95, 2.30)]), side)
        with cloth.panel(look, sheet, cloth.band(strap, -0.055, 0.055), fill, weight=0.7):
            sheet.shadow([(-1.30, 2.2), (-1.30, 2.8), (-0.9, 2.8), (-0.9, 2.2)], cloth.dim(fill))
    frame = np.array([(-1.56, 2.40), (-1.42, 2.43), (-1.42, 2.58), (-1.56, 2.56)])
    sheet.stroke(frame, look.pen(trim.SILVER), 0.055, closed=True)
    sheet.stroke(frame, trim.SILVER, 0.030, closed=True)


def _collar(look: Look, sheet: Sheet, side: float) -> None:
    shape = joined(
        spline([(0.40, 1.30), (0.36, 1.50), (0.40, 1.76), (0.48, 2.06), (0.56, 2.30)]),
        spline([(0.62, 2.32), (0.86, 2.14), (1.02, 1.88), (0.96, 1.60), (0.78, 1.38), (0.56, 1.24),
                (0.40, 1.30)]),
    )  # fmt: skip
    _fur(look, sheet, sided(shape, side), _pelt(look), f"fur{side}")


def _fur(look: Look, sheet: Sheet, shape: Points, fill: Colour, part: str) -> None:
    """Draw a shape of fur: its edge is tufts, and tufts lie inside."""
    rng = look.rng(part)
    edge = cloth.even(joined(shape, shape[:1]), 200)
    way = curves.normals(edge) * (-np.sign(curves.area(edge)))
    starts = np.concatenate([[0.0], np.cumsum(rng.uniform(0.6, 1.4, 19))])
    starts = (starts / starts[-1] * 199).astype(int)
    tufts = []
    for a, b in pairwise(starts.tolist()):
        # a lock that swells from its root and bends over the next
        tip = edge[b] + way[b] * rng.uniform(0.045, 0.085) + (0.0, 0.025)
        bulge = edge[(a + b) // 2] + way[(a + b) // 2] * 0.075
        tufts.append(
            curves.bezier(_point(edge[a]), _point(bulge), _point(tip * 0.5 + bulge * 0.5),
                          _point(tip), 8)
        )  # fmt: skip
    with cloth.panel(look, sheet, joined(*tufts), fill):
        cloth.cast(sheet, fill, -0.06)
        low, high = shape.min(axis=0), shape.max(axis=0)
        for _ in range(12):
            u, v = (float(x) for x in rng.uniform(low, high))
            lean = 0.07 if u > 0 else -0.07
            lock = spline([(u, v), (u + lean * 0.2, v + 0.07), (u + lean, v + 0.15)])
            sheet.line(lock, cloth.dim(fill), 0.05, 0.8, 1.0)
            sheet.line(curves.moved(lock, 0.02, 0.0), cloth.dim(fill, 2.0), 0.012, 0.8, 0.8, 0.8)


def _point(at: np.ndarray) -> Point:
    return (float(at[0]), float(at[1]))
