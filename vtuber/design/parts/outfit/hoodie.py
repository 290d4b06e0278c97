"""Hoodie: soft hood round the neck, open over a shirt, raglan sleeves with bands, cords and zip."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.craft import cloth, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM, Fold
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import Points, joined, sided, spline
from vtuber.design.look import Look

HALF = ((0.74, 1.56), (0.96, 1.70), (1.25, 1.87), (1.50, 2.16), (1.64, 2.62), (1.73, 3.2),
        (1.80, 3.8), (1.84, BOTTOM))  # fmt: skip
RAGLAN = Sleeve(
    seam=((0.74, 1.56), (0.90, 1.98), (1.03, 2.45), (1.08, 2.80)),
    outer=HALF,
    inner=((1.08, 2.80), (1.13, 3.3), (1.12, 3.8), (1.10, BOTTOM)),
    folds=(
        ([(1.02, 2.62), (1.18, 2.66), (1.34, 2.58), (1.47, 2.42)], 0.09),
        ([(1.04, 2.78), (1.22, 2.86), (1.42, 2.82), (1.58, 2.68)], 0.10),
        ([(1.79, 3.10), (1.66, 3.24), (1.48, 3.30), (1.30, 3.30)], 0.11),
        ([(1.84, 3.34), (1.70, 3.50), (1.50, 3.58), (1.28, 3.58)], 0.12),
        ([(1.00, 1.90), (1.20, 2.06), (1.34, 2.28)], 0.06),
    ),
)
TORSO_FOLDS: tuple[Fold, ...] = (
    ([(1.00, 2.72), (0.84, 2.90), (0.62, 2.99), (0.42, 2.98)], 0.10),
    ([(1.02, 2.86), (0.88, 3.10), (0.66, 3.24), (0.40, 3.26)], 0.12),
    ([(0.03, 2.66), (0.15, 2.86), (0.22, 3.10), (0.20, 3.36)], 0.07),
)
COLLAR = ((-0.64, 1.485), (-0.44, 1.575), (-0.24, 1.70), (0.0, 1.755), (0.24, 1.70), (0.44, 1.575),
          (0.64, 1.485))  # fmt: skip
# the hood's edge beside the neck: to the zip along the inside, back along the outside
HOOD_IN = ((0.61, 1.49), (0.53, 1.66), (0.38, 1.98), (0.18, 2.26), (0.0, 2.47))
HOOD_OUT = ((0.0, 2.47), (0.05, 2.56), (0.20, 2.55), (0.50, 2.42), (0.82, 2.18), (1.01, 1.86),
            (0.97, 1.58), (0.80, 1.34))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    _hood_back(look, board.layer("hood_back", "body", depth=-0.2, turn=0.0))
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    _shirt(look, sheet)
    _torso(look, sheet)
    for side in (1.0, -1.0):
        sleeves.sleeve(look, sheet, side, look.cloth_second, RAGLAN)
        _bands(look, sheet, side)
    _zip(look, sheet)
    for side in (1.0, -1.0):
        _hood_edge(look, sheet, side)
    trim.medal_star(look, sheet, (0.62, 2.80), 0.115, look.accent)
    hanging.behind(sheet, *(cloth.band(_cord_course(side), -0.03, 0.03) for side in (1.0, -1.0)))
    cords = hanging.hung(board, "cords", hanging.RIBBON, (6, 8))
    tab = [(-0.042, 2.46), (0.042, 2.46), (0.050, 2.64), (0.0, 2.69), (-0.050, 2.64)]
    with cloth.panel(look, cords, tab, look.accent, weight=0.6):
        cords.shadow([(0.01, 2.4), (0.01, 2.7), (0.1, 2.7), (0.1, 2.4)], cloth.dim(look.accent))
    for side in (1.0, -1.0):
        _cord(look, cords, side)


def _hood_back(look: Look, sheet: Sheet) -> None:
    lining = look.cloth_second
    shape = curves.closed_spline(
        [(-0.99, 2.0), (-0.97, 1.62), (-0.78, 1.33), (-0.45, 1.17), (0.0, 1.12), (0.45, 1.17),
         (0.78, 1.33), (0.97, 1.62), (0.99, 2.0), (0.0, 2.2)]
    )  # fmt: skip
    with cloth.panel(look, sheet, shape, cloth.dim(look.cloth)):
        rim = spline([(-0.82, 1.80), (-0.64, 1.47), (-0.36, 1.29), (0.0, 1.23), (0.36, 1.29),
                      (0.64, 1.47), (0.82, 1.80)])  # fmt: skip
        sheet.fill(joined(rim, [(0.8, 2.2), (-0.8, 2.2)]), cloth.dim(lining))
        deep = joined(curves.moved(rim, 0.0, 0.13), [(0.8, 2.3), (-0.8, 2.3)])
        sheet.fill(deep, cloth.dim(lining, 2.0))
        sheet.stroke(rim, cloth.ink(look, lining), look.line)


def _shirt(look: Look, sheet: Sheet) -> None:
    fill, collar = look.shirt, spline(COLLAR)
    shape = joined(collar, [(0.90, 1.7), (0.50, 2.6), (-0.50, 2.6), (-0.90, 1.7)])
    with cloth.panel(look, sheet, shape, fill, weight=0.7):
        sheet.fill(joined(collar, curves.moved(collar, 0.0, 0.075)[::-1]), fill.light(0.35))
        cloth.seam(look, sheet, curves.moved(collar, 0.0, 0.075), fill, 0.6)
        for side, reach in ((-1.0, 0.29), (1.0, 0.20)):
            edge = _opening(side)
            cast = joined(edge, curves.moved(edge, -side * reach, -0.02)[::-1])
            sheet.shadow(cast, cloth.dim(fill))


def _opening(side: float) -> Points:
    """Give the edge of the open front, from the neck down to the zip."""
    return sided(spline([(0.74, 1.56), (0.56, 1.90), (0.30, 2.24), (0.0, 2.50)]), side)


def _torso(look: Look, sheet: Sheet) -> None:
    fill, half = look.cloth, spline(HALF)
    shape = joined(_opening(1.0)[::-1], half, sided(half, -1)[::-1], _opening(-1.0))
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, TORSO_FOLDS, fill, side)
        if look.design.outfit.pattern == "none":
            _wave(look, sheet)


def _wave(look: Look, sheet: Sheet) -> None:
    """Print a sound wave on the chest: bars of uneven height."""
    for i, height in enumerate((0.04, 0.10, 0.16, 0.07, 0.13, 0.05)):
        u, middle = -0.80 + 0.062 * i, 2.815 - 0.006 * i
        bar = [(u, middle - height), (u, middle + height)]
        sheet.stroke(bar, look.hair_tip.mixed(look.hair, 0.12 * i), 0.030, alpha=0.9)


def _bands(look: Look, sheet: Sheet, side: float) -> None:
    """Draw two bands round the upper arm, bent as the arm is round, and piping on the seam."""
    with sheet.clip(RAGLAN.shape(side)):
        for at, ink in ((2.90, look.cloth), (3.015, look.hair_tip)):
            band = sided(
                spline([(0.98, at - 0.04), (1.28, at + 0.03), (1.55, at), (1.84, at - 0.13)]), side
            )
            sheet.stroke(band, look.pen(look.cloth_second), 0.088)
            sheet.stroke(band, ink, 0.062)
            far = curves.cut(band, 0.62, 1.0) if side > 0 else curves.cut(band, 0.0, 0.30)
            sheet.stroke(far, cloth.dim(ink), 0.062)
        piping = curves.moved(spline(RAGLAN.seam), 0.035, -0.01)
        sheet.line(sided(piping, side), look.accent, 0.032, 0.05, 0.25)


def _zip(look: Look, sheet: Sheet) -> None:
    track = spline([(0.0, 2.46), (0.012, 3.0), (0.0, 3.6), (0.0, BOTTOM)])
    sheet.stroke(track, cloth.dim(look.cloth, 2.0), 0.060)
    sheet.stroke(track, trim.SILVER, 0.026)
    cloth.stitches(look, sheet, track, look.pen(trim.SILVER), 0.035)


def _hood_edge(look: Look, sheet: Sheet, side: float) -> None:
    fill, weight = look.cloth, look.line * 0.9
    inner, outer = spline(HOOD_IN), spline(HOOD_OUT)
    hem = spline([(0.04, 2.52), (0.28, 2.28), (0.48, 2.02), (0.63, 1.68), (0.685, 1.44)])
    shape = sided(joined(inner, outer[1:]), side)
    # its upper end melts into the hood behind the neck: no outline there
    tone = linear((0, 1.45), (0, 1.85), [(0.0, cloth.dim(fill), 1.0), (1.0, fill, 1.0)])
    sheet.stroke(sided(outer, side), look.pen(fill), weight * 2)
    sheet.fill(shape, tone)
    with sheet.clip(shape):
        low = [(0.06, 2.60), (0.44, 2.36), (0.72, 2.08), (0.86, 1.76), (0.76, 1.30)]
        if side < 0:
            low = [(0.16, 2.58), (0.50, 2.37), (0.82, 2.10), (0.94, 1.82), (1.02, 1.6)]
        sheet.shadow(sided(joined(spline(low), [(1.2, 1.3), (1.2, 2.6)]), side), cloth.dim(fill))
        for path in (
            [(0.80, 1.30), (0.78, 1.62), (0.64, 1.98)],
            [(0.98, 1.62), (0.90, 1.90), (0.72, 2.12)],
        ):
            cloth.fold(look, sheet, sided(path, side), 0.06, cloth.dim(fill, 0.6))
        sheet.fill(sided(joined(inner, hem), side), look.cloth_second)
        gleam = sided(curves.moved(inner, 0.035, 0.02), side)
        sheet.line(gleam, cloth.lit(look.cloth_second), 0.012)
    sheet.line(sided(hem, side), cloth.ink(look, fill), weight, 0.15, 0.15)
    sheet.line(sided(inner, side), look.pen(look.cloth_second), weight, 0.1, 0.1)


def _cord_course(side: float) -> Points:
    long = 3.02 if side > 0 else 2.92
    return sided(spline([(0.30, 2.26), (0.33, 2.5), (0.30, 2.75), (0.33, long)]), side)


def _cord(look: Look, sheet: Sheet, side: float) -> None:
    path = _cord_course(side)
    trim.braid(look, sheet, path, look.accent, 0.036)
    u, long = 0.33 * side, float(path[-1, 1])
    tip = [(u - 0.028, long), (u + 0.028, long), (u + 0.024, long + 0.13), (u - 0.024, long + 0.13)]
    with cloth.panel(look, sheet, tip, trim.SILVER, weight=0.6):
        pass
    trim.button(look, sheet, (0.30 * side, 2.25), 0.034, trim.SILVER, metal=True)
