"""A two-tone hoodie: hood behind the neck, shirt, raglan sleeves, hood edges, cords and zip.

Two layers of the role `body`: what lies behind the neck, and what lies before it.
"""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Ink, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points, joined, sided, spline
from vtuber.design.look import Look

BOTTOM = 4.35  # past the canvas, so that breathing and leaning never show an end


def draw(look: Look, board: Board) -> None:
    behind = board.layer("hood_back", "body", depth=-0.2, turn=0.0)
    _hood_back(look, behind)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _shirt(look, sheet)
    _torso(look, sheet)
    for side in (1.0, -1.0):
        _sleeve(look, sheet, side)
    _zip(look, sheet)
    for side in (1.0, -1.0):
        _hood_edge(look, sheet, side)
    _slider(look, sheet)
    for side in (1.0, -1.0):
        _cord(look, sheet, side)
    _star(look, sheet)


def _hood_back(look: Look, sheet: Sheet) -> None:
    cloth, lining = look.cloth, look.cloth_second
    shape = curves.closed_spline(
        [(-0.99, 2.0), (-0.97, 1.62), (-0.78, 1.33), (-0.45, 1.17), (0.0, 1.12), (0.45, 1.17),
         (0.78, 1.33), (0.97, 1.62), (0.99, 2.0), (0.0, 2.2)]
    )  # fmt: skip
    sheet.stroke(shape, look.pen(cloth), look.line * 1.8, closed=True)
    sheet.fill(shape, cloth.pale_shade())
    rim = spline([(-0.82, 1.80), (-0.64, 1.47), (-0.36, 1.29), (0.0, 1.23), (0.36, 1.29),
                  (0.64, 1.47), (0.82, 1.80)])  # fmt: skip
    inside = joined(rim, [(0.8, 2.2), (-0.8, 2.2)])
    sheet.fill(inside, lining.shade(0.9))
    with sheet.clip(inside):
        deep = joined(curves.moved(rim, 0.0, 0.13), [(0.8, 2.3), (-0.8, 2.3)])
        sheet.fill(deep, lining.shade(2.0))
    sheet.stroke(rim, look.pen(lining), look.line)


def _shirt(look: Look, sheet: Sheet) -> None:
    collar = spline([(-0.64, 1.485), (-0.44, 1.575), (-0.24, 1.70), (0.0, 1.755), (0.24, 1.70),
                     (0.44, 1.575), (0.64, 1.485)])  # fmt: skip
    shape = joined(collar, [(0.90, 1.7), (0.50, 2.6), (-0.50, 2.6), (-0.90, 1.7)])
    sheet.fill(shape, look.shirt)
    with sheet.clip(shape):
        for side, reach in ((-1.0, 0.29), (1.0, 0.20)):
            edge = _front(side)
            cast = joined(edge, curves.moved(edge, -side * reach, -0.02)[::-1])
            sheet.fill(cast, look.shirt.shade(0.9))
        band = joined(collar, curves.moved(collar, 0.0, 0.075)[::-1])
        sheet.fill(band, look.shirt.light(0.35))
        sheet.line(curves.moved(collar, 0.0, 0.075), look.pen(look.shirt), 0.012, 0.1, 0.1)
    sheet.line(collar, look.pen(look.shirt), look.line, 0.2, 0.2)


def _half() -> Points:
    return spline(
        [(0.74, 1.56), (0.96, 1.70), (1.25, 1.87), (1.50, 2.16), (1.64, 2.62), (1.73, 3.2),
         (1.80, 3.8), (1.84, BOTTOM)]
    )  # fmt: skip


def _front(side: float) -> Points:
    """Give the edge of the open front, from the neck down to the zip."""
    return sided(spline([(0.74, 1.56), (0.56, 1.90), (0.30, 2.24), (0.0, 2.50)]), side)


def _torso(look: Look, sheet: Sheet) -> None:
    cloth = look.cloth
    fall = cloth.pale_shade()
    shape = joined(_front(1.0)[::-1], _half(), sided(_half(), -1)[::-1], _front(-1.0))
    sheet.stroke(shape, look.pen(cloth), look.line * 1.8, closed=True)
    sheet.fill(shape, cloth)
    with sheet.clip(shape):
        sheet.fill(
            joined(spline([(0.98, 2.2), (0.80, 2.75), (0.86, 3.3), (0.74, BOTTOM)]),
                   [(1.3, BOTTOM), (1.25, 2.6)]),
            fall,
        )  # fmt: skip
        sheet.fill(
            joined(spline([(-1.2, 2.6), (-0.98, 3.0), (-1.02, 3.6), (-0.95, BOTTOM)]),
                   [(-1.3, BOTTOM)]),
            fall,
        )  # fmt: skip
        for path, width in TORSO_FOLDS:
            _fold(sheet, path, width, fall, cloth.light(0.8), look.pen(cloth).mixed(fall, 0.45))
        _wave(look, sheet)


# paths from the root, where the cloth is caught, to where the fold runs out; width
TORSO_FOLDS: tuple[tuple[list[Point], float], ...] = (
    ([(1.00, 2.72), (0.84, 2.90), (0.62, 2.99), (0.42, 2.98)], 0.11),
    ([(1.02, 2.86), (0.88, 3.10), (0.66, 3.24), (0.40, 3.26)], 0.13),
    ([(-1.00, 2.72), (-0.86, 2.92), (-0.66, 3.02), (-0.44, 3.02)], 0.10),
    ([(-1.04, 2.90), (-0.92, 3.14), (-0.72, 3.28), (-0.50, 3.32)], 0.12),
    ([(0.03, 2.62), (0.15, 2.84), (0.22, 3.10), (0.20, 3.36)], 0.09),
    ([(-0.03, 2.80), (-0.13, 3.02), (-0.17, 3.26), (-0.14, 3.50)], 0.07),
)
SLEEVE_FOLDS: tuple[tuple[list[Point], float], ...] = (
    ([(1.02, 2.62), (1.18, 2.66), (1.34, 2.58), (1.47, 2.42)], 0.09),
    ([(1.04, 2.78), (1.22, 2.86), (1.42, 2.82), (1.58, 2.68)], 0.11),
    ([(1.08, 2.96), (1.24, 3.10), (1.42, 3.12), (1.58, 3.04)], 0.09),
    ([(1.79, 3.00), (1.66, 3.16), (1.48, 3.24), (1.30, 3.25)], 0.12),
    ([(1.84, 3.24), (1.70, 3.42), (1.50, 3.50), (1.28, 3.50)], 0.12),
    ([(1.06, 1.93), (1.24, 2.10), (1.36, 2.30)], 0.05),
)


def _fold(
    sheet: Sheet, path: list[Point], width: float, dark: Ink, light: Colour, pen: Colour
) -> None:
    """Draw one fold: a shade that runs out, a ridge in light, a pen line at its root."""
    course = spline(path)
    sheet.line(course, dark, width, 0.12, 1.0)
    up = curves.normals(course) * (-0.55 * width * (1 - curves.parameter(course)))[:, None]
    up *= 1.0 if up[:, 1].mean() < 0 else -1.0
    sheet.line(curves.cut(course + up, 0.15, 0.85), light, width * 0.28, 0.8, 1.0, alpha=0.7)
    sheet.line(curves.cut(course, 0.0, 0.55), pen, 0.014, 0.1, 1.2, alpha=0.8)


def _wave(look: Look, sheet: Sheet) -> None:
    """Print a sound wave on the chest: bars of uneven height."""
    tint = look.hair_tip
    for i, height in enumerate((0.04, 0.10, 0.16, 0.07, 0.13, 0.05)):
        u, middle = -0.80 + 0.062 * i, 2.815 - 0.006 * i
        bar = [(u, middle - height), (u, middle + height)]
        sheet.stroke(bar, tint.mixed(look.hair, 0.12 * i), 0.030, alpha=0.9)


def _sleeve(look: Look, sheet: Sheet, side: float) -> None:
    cloth = look.cloth_second
    outer = _half()
    seam = spline([(0.56, 1.55), (0.86, 1.98), (1.02, 2.45), (1.08, 2.80)])
    inner = spline([(1.08, 2.80), (1.13, 3.3), (1.12, 3.8), (1.10, BOTTOM)])
    shape = sided(joined(outer, inner[::-1], seam[::-1]), side)
    sheet.stroke(shape, look.pen(cloth), look.line * 1.5, closed=True)
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
        for path, width in SLEEVE_FOLDS:
            course = [(u * side, v + 0.03 * side) for u, v in path]
            _fold(sheet, course, width, cloth.shade(2.0), cloth.light(0.28), look.pen(cloth))
        _stripes(look, sheet, side)
        piping = spline([(0.63, 1.50), (0.94, 1.97), (1.09, 2.44), (1.11, 2.90)])
        sheet.line(sided(piping, side), look.accent, 0.032, 0.05, 0.25)
    sheet.line(sided(seam, side), look.pen(cloth), look.line, 0.2, 0.3)


def _stripes(look: Look, sheet: Sheet, side: float) -> None:
    """Draw two bands round the upper arm, bent as the arm is round."""
    for at, ink in ((2.90, look.cloth), (3.015, look.hair_tip)):
        band = sided(
            spline([(0.98, at - 0.04), (1.28, at + 0.03), (1.55, at), (1.84, at - 0.13)]), side
        )
        sheet.stroke(band, look.pen(look.cloth_second), 0.088)
        sheet.stroke(band, ink, 0.062)
        dim = curves.cut(band, 0.62, 1.0) if side > 0 else curves.cut(band, 0.0, 0.30)
        sheet.stroke(dim, ink.shade(0.9), 0.062)


def _zip(look: Look, sheet: Sheet) -> None:
    line = look.pen(look.cloth)
    track = [(0.0, 2.46), (0.012, 3.0), (0.0, 3.6), (0.0, BOTTOM)]
    sheet.stroke(spline(track), look.cloth.shade(2.0), 0.055)
    sheet.stroke(spline(track), line.light(0.5), 0.018)


def _slider(look: Look, sheet: Sheet) -> None:
    tab = [(-0.042, 2.46), (0.042, 2.46), (0.050, 2.64), (0.0, 2.69), (-0.050, 2.64)]
    sheet.stroke(tab, look.pen(look.accent), look.line, closed=True)
    sheet.fill(tab, look.accent)


def _hood_edge(look: Look, sheet: Sheet, side: float) -> None:
    cloth, pen = look.cloth, look.line * 0.9
    inner = spline([(0.61, 1.49), (0.53, 1.66), (0.38, 1.98), (0.18, 2.26), (0.0, 2.47)])
    outer = spline([(0.0, 2.47), (0.05, 2.56), (0.20, 2.55), (0.50, 2.42), (0.82, 2.18),
                    (1.01, 1.86), (0.97, 1.58), (0.80, 1.34)])  # fmt: skip
    hem = spline([(0.04, 2.52), (0.28, 2.28), (0.48, 2.02), (0.63, 1.68), (0.685, 1.44)])
    shape = sided(joined(inner, outer[1:]), side)
    # its upper end melts into the hood behind the neck
    tone = linear((0, 1.45), (0, 1.85), [(0.0, cloth.pale_shade(), 1.0), (1.0, cloth, 1.0)])
    sheet.stroke(sided(outer, side), look.pen(cloth), pen * 2)
    sheet.fill(shape, tone)
    with sheet.clip(shape):
        low = spline([(0.06, 2.60), (0.44, 2.36), (0.72, 2.08), (0.86, 1.76), (0.76, 1.30)])
        if side < 0:
            low = spline([(0.16, 2.58), (0.50, 2.37), (0.82, 2.10), (0.94, 1.82), (1.02, 1.6)])
        sheet.fill(sided(joined(low, [(1.2, 1.3), (1.2, 2.6)]), side), cloth.pale_shade())
        for fold in (
            [(0.80, 1.30), (0.78, 1.62), (0.64, 1.98)],
            [(0.98, 1.62), (0.90, 1.90), (0.72, 2.12)],
        ):
            sheet.line(sided(spline(fold), side), cloth.pale_shade().shade(0.5), 0.05, 0.1, 1.2)
        lining = sided(joined(inner, hem), side)
        sheet.fill(lining, look.cloth_second)
        sheet.line(
            sided(curves.moved(inner, 0.035, 0.02), side), look.cloth_second.light(0.3), 0.012
        )
    sheet.line(sided(hem, side), look.pen(cloth), pen, 0.15, 0.15)
    sheet.line(sided(inner, side), look.pen(look.cloth_second), pen, 0.1, 0.1)


def _cord(look: Look, sheet: Sheet, side: float) -> None:
    k = 0.0 if side > 0 else 0.10
    path = spline([(0.30, 2.26), (0.33, 2.5), (0.30, 2.75), (0.33, 3.02 - k)])
    ink, line = look.accent, look.pen(look.accent)
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
    sheet.stroke(hole, look.pen(look.cloth), 0.016, closed=True)
    sheet.fill(hole, Colour(0.75, 0.03, 250.0))


def _star(look: Look, sheet: Sheet) -> None:
    star = curves.star((0.62, 2.80), 0.115, 0.057, 8.0)
    sheet.stroke(star, look.pen(look.accent), 0.050, closed=True)
    sheet.stroke(star, look.accent, 0.022, closed=True)
    stops = [(0.0, look.accent.light(0.6), 1.0), (0.7, look.accent, 1.0)]
    sheet.fill(star, linear((0.54, 2.70), (0.70, 2.90), stops))
