"""Dress: off the shoulders, a frill across the chest, puffed sleeves, ribbon choker, bow."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.craft import cloth, figure, hanging, sleeves, trim
from vtuber.design.craft.cloth import BOTTOM
from vtuber.design.craft.sleeves import Sleeve
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import Look

SUITS = (0.6, 1.0)

PUFF = Sleeve(
    seam=((1.02, 2.20), (1.06, 2.36), (1.05, 2.52), (0.99, 2.66)),
    outer=((1.02, 2.20), (1.34, 2.10), (1.62, 2.22), (1.78, 2.56), (1.74, 2.94), (1.60, 3.10)),
    inner=((0.99, 2.66), (0.94, 2.90), (1.04, 3.10)),
    folds=(),
)
TOP = ((-1.07, 2.17), (-0.70, 2.20), (-0.34, 2.23), (0.0, 2.29), (0.34, 2.23), (0.70, 2.20),
       (1.07, 2.17))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    behind = board.layer("choker_back", "body", depth=-0.2, turn=0.0)
    back = spline([(-0.30, 1.44), (0.0, 1.40), (0.30, 1.44)])
    trim.braid(look, behind, back, cloth.dim(look.accent, 1.5), 0.05)
    sheet = board.layer("body", mesh=(10, 12), turn=0.0, place="ear")
    figure.bare(look, sheet)
    _bodice(look, sheet)
    for side in (1.0, -1.0):
        _puff(look, sheet, side)
    _choker(look, sheet)
    _neckline(look, board, sheet)


def _bodice(look: Look, sheet: Sheet) -> None:
    fill = look.cloth
    side_seam = spline([(1.07, 2.17), (1.05, 2.45), (0.99, 2.68), (0.88, 3.02), (0.78, 3.36),
                        (0.90, 3.8), (1.25, BOTTOM)])  # fmt: skip
    shape = joined(spline(TOP), side_seam[1:], sided(side_seam, -1)[::-1])
    with cloth.panel(look, sheet, shape, fill, figured=True):
        cloth.hang(sheet, fill, 0.70)
        cloth.bust(look, sheet, fill)
        for side in (1.0, -1.0):
            cloth.folds(look, sheet, _FOLDS, fill, side)
            dart = sided(spline([(0.44, 2.45), (0.48, 2.9), (0.36, 3.3), (0.34, BOTTOM)]), side)
            cloth.seam(look, sheet, dart, fill, 0.8)
    # a lighter front with its lacing
    front = joined(spline([(-0.22, 2.3), (-0.24, 2.8), (-0.15, 3.3), (-0.14, BOTTOM)]),
                   spline([(0.14, BOTTOM), (0.15, 3.3), (0.24, 2.8), (0.22, 2.3)]))  # fmt: skip
    with cloth.panel(look, sheet, front, look.cloth_second, weight=0.7):
        sheet.shadow([(0.04, 2.2), (0.08, 3.0), (0.02, BOTTOM), (0.4, BOTTOM), (0.4, 2.2)],
                     cloth.dim(look.cloth_second))  # fmt: skip
        for i in range(5):
            at = 2.74 + 0.15 * i
            wide = 0.22 - 0.03 * i
            for side in (1.0, -1.0):
                lace = np.array([(-wide * side, at), (wide * side, at + 0.12)])
                trim.braid(look, sheet, lace, look.accent, 0.022)


_FOLDS: tuple[cloth.Fold, ...] = (
    ([(1.00, 2.64), (0.86, 2.76), (0.68, 2.78), (0.50, 2.72)], 0.09),
    ([(0.94, 2.90), (0.80, 3.00), (0.64, 3.00)], 0.09),
    ([(0.80, 3.30), (0.68, 3.18), (0.52, 3.14)], 0.08),
)


def _puff(look: Look, sheet: Sheet, side: float) -> None:
    fill = look.cloth
    sleeves.sleeve(look, sheet, side, fill, PUFF, figured=True)
    with sheet.clip(PUFF.shape(side)):
        low = spline([(1.02, 3.10), (1.30, 3.16), (1.62, 3.10)])
        low = low[::-1] if side > 0 else sided(low, side)
        cloth.gathers(look, sheet, low, 0.34, fill, 7, f"puff low {side}")
        high = spline([(1.02, 2.22), (1.30, 2.20), (1.60, 2.24)])
        high = high if side > 0 else sided(high, side)[::-1]
        cloth.gathers(look, sheet, high, 0.30, fill, 5, f"puff high {side}")
    band = spline([(1.62, 3.06), (1.34, 3.13), (1.02, 3.07)])
    course = sided(band, side)
    course = course if course[0, 0] < course[-1, 0] else course[::-1]
    trim.frill(look, sheet, course, 0.16, look.cloth_second, 6, f"cuff{side}")
    trim.braid(look, sheet, course, look.accent, 0.05)


def _neckline(look: Look, board: Board, body: Sheet) -> None:
    fill = look.cloth_second
    course = spline([(-1.46, 2.05), (-1.20, 2.13), (-0.70, 2.19), (-0.34, 2.22), (0.0, 2.28),
                     (0.34, 2.22), (0.70, 2.19), (1.20, 2.13), (1.46, 2.05)])  # fmt: skip
    skin = look.skin.skin_shade()
    body.shadow(cloth.band(curves.cut(course, 0.06, 0.94), -0.035, 0.05), skin, 0.9)
    hanging.behind(body, cloth.band(curves.cut(course, 0.07, 0.92), 0.0, 0.30), reach=0.05)
    sheet = hanging.hung(board, "neckline", hanging.CLOTH, (12, 4))
    trim.frill(look, sheet, course, 0.33, fill, 13, "neckline", round_ends=True)
    trim.braid(look, sheet, course, look.accent, 0.040)
    bow = hanging.bow(look, board, body, (0.0, 2.40), 0.34, look.accent)
    trim.gem(look, bow, (0.0, 2.40), 0.045, look.accent.light(0.8), trim.METAL)


def _choker(look: Look, sheet: Sheet) -> None:
    course = spline([(-0.305, 1.455), (-0.16, 1.545), (0.0, 1.57), (0.16, 1.545), (0.305, 1.455)])
    sheet.shadow(cloth.band(course, 0.0, 0.085), look.skin.skin_shade(), 0.8)
    ribbon = joined(curves.moved(course, 0.0, -0.04), curves.moved(course, 0.0, 0.035)[::-1])
    with cloth.panel(look, sheet, ribbon, look.accent, weight=0.7):
        cloth.cast(sheet, look.accent, -0.20)
    trim.gem(look, sheet, (0.0, 1.625), 0.05, look.eye_left, trim.METAL)
