"""Face, ears and neck: whole skin, clean behind everything that lies on it."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.curves import Points, sided, spline
from vtuber.design.design import Design

BLUSH_AT = (0.60, 0.36)


def draw(design: Design, board: Board) -> None:
    _neck(design, board.layer("neck", depth=-0.25, turn=0.4))
    for name, side in (("left", 1.0), ("right", -1.0)):
        _ear(design, board.layer(f"ear_{name}", depth=-0.30), side)
    _face(design, board.layer("face", depth=0.25))
    _marks(design, board)


def outline(design: Design) -> Points:
    """Give the closed outline of the head's skin."""
    return curves.symmetric(_half(design))


def _half(design: Design) -> Points:
    chin, jaw, crown = design.chin, design.jaw, design.crown
    around = spline(
        [
            (-0.55, crown + 0.11), (0.0, crown), (0.55, crown + 0.11), (0.90, crown + 0.50),
            (1.0, -0.42), (0.99, -0.05), (0.925, chin - 0.75), (0.77, chin - 0.46),
            (jaw, chin - 0.205), (jaw * 0.48, chin - 0.062), (0.10, chin - 0.006), (0.0, chin),
            (-0.10, chin - 0.006), (-jaw * 0.48, chin - 0.062),
        ]
    )  # fmt: skip
    return around[14:-27]


def _face(design: Design, sheet: Sheet) -> None:
    skin, shape = design.skin, outline(design)
    shadow = skin.skin_shade()
    sheet.fill(shape, skin)
    with sheet.clip(shape):
        # light comes from the upper left: a narrow crisp shadow along the other jaw
        half = _half(design)
        depth = np.clip(half[:, :1] / 0.5, 0.0, 1.0)
        inner = half - depth * np.array([0.06, 0.03])
        sheet.fill(curves.joined(half, inner[::-1]), shadow, 0.75)
        for side in (1.0, -1.0):
            centre = (BLUSH_AT[0] * side, BLUSH_AT[1])
            warm = skin.mixed(shadow, 1.0)
            stops = [(0.0, warm, 0.75), (0.5, warm, 0.38), (1.0, warm, 0.0)]
            sheet.fill(curves.ellipse(centre, 0.30, 0.17), radial(centre, 0.30, stops, squash=0.55))
        # the fold under the lower lip
        chin = design.mouth + 0.115
        fold = spline([(-0.055, chin), (0.0, chin + 0.012), (0.055, chin)])
        sheet.line(fold, shadow, 0.022)
    jaw = curves.cut(shape, 0.25, 0.75)
    sheet.line(jaw, skin.skin_line(), 0.017, 0.35, 0.35)
    accent = curves.cut(shape, 0.455, 0.545)
    sheet.line(accent, skin.skin_line(), 0.022, 1.0, 1.0)


def _ear(design: Design, sheet: Sheet, side: float) -> None:
    skin = design.skin
    ear = sided(
        curves.closed_spline(
            [(0.86, -0.12), (1.02, -0.20), (1.13, -0.10), (1.10, 0.12), (1.0, 0.34), (0.88, 0.32)]
        ),
        side,
    )
    sheet.stroke(ear, skin.skin_line(), 0.018, closed=True)
    sheet.fill(ear, skin)
    inner = spline([(0.98, -0.10), (1.07, -0.06), (1.05, 0.08), (0.98, 0.20)])
    with sheet.clip(ear):
        sheet.fill(sided(inner, side), skin.skin_shade())
    sheet.line(sided(inner[:40], side), skin.skin_line(), 0.011)


def _neck(design: Design, sheet: Sheet) -> None:
    skin, chin, half = design.skin, design.chin, design.neck
    right = spline(
        [(half + 0.02, 0.45), (half, chin), (half + 0.01, chin + 0.22), (half + 0.10, chin + 0.42),
         (half + 0.34, chin + 0.56), (half + 0.50, chin + 0.95)]
    )  # fmt: skip
    shape = curves.symmetric(right)
    sheet.fill(shape, skin)
    shadow = skin.skin_shade()
    with sheet.clip(shape):
        under = spline(
            [(-0.9, chin - 0.5), (-0.42, chin + 0.10), (-0.10, chin + 0.30), (0.10, chin + 0.315),
             (0.36, chin + 0.22), (0.9, chin - 0.3)]
        )  # fmt: skip
        tone = linear(
            (0, chin - 0.1),
            (0, chin + 0.35),
            [(0.0, shadow.skin_shade(), 1.0), (0.9, shadow, 1.0)],
        )
        sheet.fill(curves.joined(under, [(0.9, -0.5), (-0.9, -0.5)]), tone)
        for side in (1.0, -1.0):
            bone = spline([(0.10, chin + 0.62), (0.24, chin + 0.56), (0.48, chin + 0.55)])
            sheet.line(sided(bone, side), shadow, 0.022, 0.5, 1.0)
    for side in (1.0, -1.0):
        sheet.line(sided(right, side), skin.skin_line(), 0.015, 0.4, 0.4)


def _marks(design: Design, board: Board) -> None:
    chin, half = design.chin, _half(design)
    board.mark("chin", (0.0, chin))
    board.mark("crown", (0.0, design.crown))
    board.mark("neck_pivot", (0.0, chin + 0.10))
    cheek = half[abs(half[:, 1]).argmin()]
    jaw = half[abs(half[:, 1] - (chin - 0.205)).argmin()]
    for name, side in (("left", 1.0), ("right", -1.0)):
        board.mark(f"cheek_{name}", (cheek[0] * side, 0.0))
        board.mark(f"jaw_{name}", (jaw[0] * side, jaw[1]))
        board.mark(f"neck_{name}", (design.neck * side, chin + 0.15))
