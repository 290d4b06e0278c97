"""A two-tone hoodie: hood behind the neck, shirt, raglan sleeves, hood edges, cords and zip.

Two layers of the role `body`: what lies behind the neck, and what lies before it.
"""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Board, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.design import Design

BOTTOM = 4.35  # past the canvas, so that breathing and leaning never show an end


def draw(design: Design, board: Board) -> None:
    behind = board.layer("hood_back", "body", mesh=(6, 6), depth=-0.2, turn=0.0)
    _hood_back(design, behind)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _shirt(design, sheet)
    _torso(design, sheet)
    for side in (1.0, -1.0):
        _sleeve(design, sheet, side)
    _zip(design, sheet)
    for side in (1.0, -1.0):
        _hood_edge(design, sheet, side)
    for side in (1.0, -1.0):
        _cord(design, sheet, side)
    _star(design, sheet)
    for name, side in (("left", 1.0), ("right", -1.0)):
        board.mark(f"shoulder_{name}", (1.32 * side, 2.02))


def _hood_back(design: Design, sheet: Sheet) -> None:
    shape = curves.closed_spline(
        [(-0.78, 1.95), (-0.80, 1.55), (-0.52, 1.24), (0.0, 1.15), (0.52, 1.24), (0.80, 1.55),
         (0.78, 1.95), (0.0, 2.2)]
    )  # fmt: skip
    sheet.stroke(shape, design.cloth_second.line(), design.line * 1.8, closed=True)
    sheet.fill(shape, design.cloth_second.shade(0.6))
    rim = spline([(-0.74, 1.62), (-0.46, 1.36), (0.0, 1.28), (0.46, 1.36), (0.74, 1.62)])
    with sheet.clip(shape):
        sheet.fill(joined(rim, [(0.8, 2.3), (-0.8, 2.3)]), design.cloth_second.shade(1.8))


def _shirt(design: Design, sheet: Sheet) -> None:
    collar = spline([(-0.44, 1.50), (-0.25, 1.70), (0.0, 1.77), (0.25, 1.70), (0.44, 1.50)])
    shape = joined(collar, [(0.66, 1.60), (0.50, 2.6), (-0.50, 2.6), (-0.66, 1.60)])
    sheet.fill(shape, design.shirt)
    with sheet.clip(shape):
        band = joined(collar, (collar + (0.0, 0.07))[::-1])
        sheet.fill(band, design.shirt.light(0.5))
        sheet.line(collar + (0.0, 0.07), design.shirt.line(), 0.012)
        sheet.fill([(0.10, 1.6), (0.7, 1.5), (0.5, 2.6), (0.02, 2.6)], design.shirt.shade(0.9))
    sheet.line(collar, design.shirt.line(), design.line, 0.2, 0.2)


def _half() -> Points:
    return spline(
        [(0.50, 1.52), (0.90, 1.70), (1.25, 1.88), (1.50, 2.16), (1.64, 2.62), (1.73, 3.2),
         (1.80, 3.8), (1.84, BOTTOM)]
    )  # fmt: skip


def _front(side: float) -> Points:
    """Give the edge of the open front, from the neck down to the zip."""
    return sided(spline([(0.50, 1.52), (0.44, 1.85), (0.24, 2.20), (0.0, 2.48)]), side)


def _torso(design: Design, sheet: Sheet) -> None:
    cloth = design.cloth
    shape = joined(
        _front(1.0)[::-1], _half(), sided(_half(), -1)[::-1], _front(-1.0)
    )
    sheet.stroke(shape, cloth.line(), design.line * 1.8, closed=True)
    sheet.fill(shape, cloth)
    with sheet.clip(shape):
        fall = cloth.shade(1.0)
        sheet.fill(
            joined(spline([(0.70, 2.2), (0.55, 2.9), (0.72, 3.5), (0.62, BOTTOM)]),
                   [(1.3, BOTTOM), (1.25, 2.6)]),
            fall, 0.85,
        )  # fmt: skip
        sheet.fill(
            joined(spline([(-1.2, 2.6), (-0.98, 3.0), (-1.02, 3.6), (-0.95, BOTTOM)]),
                   [(-1.3, BOTTOM)]),
            fall, 0.85,
        )  # fmt: skip
        for fold in (
            [(0.98, 2.80), (0.70, 2.95), (0.40, 3.02)],
            [(-0.98, 2.80), (-0.72, 2.98), (-0.45, 3.02)],
            [(0.05, 2.75), (0.22, 3.1), (0.28, 3.6)],
        ):
            sheet.line(spline(fold), fall.shade(0.3), 0.085, 0.25, 1.1)


def _sleeve(design: Design, sheet: Sheet, side: float) -> None:
    cloth = design.cloth_second
    outer = _half()
    seam = spline([(0.56, 1.55), (0.86, 1.98), (1.02, 2.45), (1.08, 2.80)])
    inner = spline([(1.08, 2.80), (1.13, 3.3), (1.12, 3.8), (1.10, BOTTOM)])
    shape = sided(joined(outer, inner[::-1], seam[::-1]), side)
    sheet.stroke(shape, cloth.line(), design.line * 1.5, closed=True)
    sheet.fill(shape, cloth)
    with sheet.clip(shape):
        dark = cloth.shade(1.1)
        if side > 0:  # away from the light
            edge = spline([(1.28, 1.86), (1.42, 2.3), (1.46, 2.9), (1.56, 3.5), (1.54, BOTTOM)])
            sheet.fill(joined(edge, [(2.1, BOTTOM), (2.1, 1.7)]), dark)
        else:
            edge = spline([(1.04, 2.5), (1.24, 2.85), (1.27, 3.4), (1.24, BOTTOM)])
            sheet.fill(sided(joined(edge, [(0.9, BOTTOM), (0.9, 2.5)]), side), dark)
            rim = spline([(0.95, 1.80), (1.28, 1.97), (1.50, 2.35), (1.60, 2.95)])
            sheet.line(sided(rim, side), cloth.light(0.35), 0.05, 0.8, 0.9)
        for fold in (
            [(1.10, 2.78), (1.32, 2.74), (1.50, 2.58)],
            [(1.10, 2.92), (1.36, 3.02), (1.58, 2.96)],
            [(1.76, 3.30), (1.52, 3.42), (1.30, 3.40)],
        ):
            sheet.line(sided(spline(fold), side), cloth.shade(1.9), 0.07, 0.25, 1.1)
        stripe = spline([(0.66, 1.54), (0.98, 1.98), (1.15, 2.45), (1.21, 2.80)])
        del stripe
    sheet.line(sided(seam, side), cloth.line(), design.line, 0.2, 0.3)


def _zip(design: Design, sheet: Sheet) -> None:
    line = design.cloth.line()
    track = [(0.0, 2.46), (0.012, 3.0), (0.0, 3.6), (0.0, BOTTOM)]
    sheet.stroke(spline(track), design.cloth.shade(2.0), 0.055)
    sheet.stroke(spline(track), line.light(0.5), 0.018)
    tab = [(-0.035, 2.50), (0.035, 2.50), (0.045, 2.66), (0.0, 2.70), (-0.045, 2.66)]
    sheet.stroke(tab, design.accent.line(), design.line, closed=True)
    sheet.fill(tab, design.accent)


def _hood_edge(design: Design, sheet: Sheet, side: float) -> None:
    cloth = design.cloth
    shape = sided(
        joined(
            spline([(0.60, 1.34), (0.47, 1.62), (0.36, 1.98), (0.17, 2.26), (0.0, 2.47)]),
            spline([(0.0, 2.47), (0.06, 2.56), (0.20, 2.54), (0.48, 2.42), (0.80, 2.16),
                    (0.98, 1.82), (0.92, 1.55), (0.60, 1.34)])[1:],
        ),
        side,
    )  # fmt: skip
    sheet.stroke(shape, cloth.line(), design.line * 1.8, closed=True)
    sheet.fill(shape, cloth)
    with sheet.clip(shape):
        lining = joined(
            spline([(0.60, 1.34), (0.47, 1.62), (0.36, 1.98), (0.17, 2.26), (0.0, 2.47)]),
            spline([(0.04, 2.52), (0.27, 2.28), (0.47, 2.02), (0.58, 1.68), (0.68, 1.36)]),
        )
        sheet.fill(sided(lining, side), design.cloth_second)
        edge = spline([(0.04, 2.52), (0.27, 2.28), (0.47, 2.02), (0.58, 1.68), (0.68, 1.36)])
        shade = cloth.shade(1.0)
        if side > 0:
            low = spline([(0.10, 2.6), (0.42, 2.34), (0.70, 2.06), (0.86, 1.70), (0.80, 1.40)])
            sheet.fill(joined(low, [(1.1, 1.4), (1.1, 2.6)]), shade)
        else:
            low = spline([(0.16, 2.55), (0.48, 2.34), (0.80, 2.06), (0.93, 1.80)])
            sheet.fill(sided(joined(low, [(1.1, 1.8), (1.1, 2.6)]), side), shade)
        sheet.line(sided(edge, side), cloth.line(), design.line * 0.8, 0.2, 0.3)
        fold = spline([(0.60, 1.95), (0.72, 1.78), (0.76, 1.58)])
        sheet.line(sided(fold, side), cloth.shade(1.7), 0.035, 0.8, 0.5)


def _cord(design: Design, sheet: Sheet, side: float) -> None:
    k = 0.0 if side > 0 else 0.10
    path = spline([(0.30, 2.26), (0.33, 2.5), (0.30, 2.75), (0.33, 3.02 - k)])
    ink, line = design.accent, design.accent.line()
    points = sided(path, side)
    sheet.stroke(points, line, 0.062)
    sheet.stroke(points, ink, 0.036)
    end = points[-1]
    tip = [
        (end[0] - 0.028, end[1]), (end[0] + 0.028, end[1]),
        (end[0] + 0.024, end[1] + 0.13), (end[0] - 0.024, end[1] + 0.13),
    ]  # fmt: skip
    sheet.stroke(tip, line, 0.02, closed=True)
    sheet.fill(tip, Colour(0.90, 0.03, 250.0))
    hole = curves.ellipse((0.30 * side, 2.25), 0.034, 0.034)
    sheet.stroke(hole, design.cloth.line(), 0.016, closed=True)
    sheet.fill(hole, Colour(0.75, 0.03, 250.0))


def _star(design: Design, sheet: Sheet) -> None:
    import math

    centre, points = (0.62, 2.86), []
    for i in range(10):
        radius = 0.115 if i % 2 == 0 else 0.055
        angle = math.radians(-90 + 36 * i + 8)
        points.append((centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)))
    sheet.stroke(points, design.accent, 0.03, closed=True)
    sheet.fill(points, design.accent)
    sheet.fill(points, linear((0.5, 2.7), (0.75, 3.0), [(0, design.accent.light(0.6), 1.0), (1, design.accent, 0.0)]))
