"""Bare skin that clothes leave free: shoulders, collar bones, chest and arms of the body layer."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.curves import joined, sided, spline
from vtuber.design.look import CHIN, Look

# the performer's left: from the neck over the shoulder down the outside of the arm
OUTER = (
    (0.31, 1.33), (0.36, 1.43), (0.50, 1.54), (0.80, 1.66), (1.08, 1.77), (1.28, 1.94),
    (1.40, 2.22), (1.46, 2.60), (1.47, 3.00), (1.50, 3.50), (1.56, 4.35),
)  # fmt: skip
INNER = ((1.00, 2.62), (1.04, 2.90), (1.08, 3.30), (1.12, 3.80), (1.16, 4.35))


def bare(look: Look, sheet: Sheet) -> None:
    """Draw shoulders, chest and arms without clothes; the neck itself is a layer below."""
    _chest(look, sheet)
    for side in (1.0, -1.0):
        arm(look, sheet, side)
    for side in (1.0, -1.0):
        sheet.line(sided(spline(OUTER[:8]), side), look.skin_pen, look.line * 1.1, 0.25, 0.05)
        bone = spline([(0.13, 1.745), (0.27, 1.685), (0.55, 1.675), (0.90, 1.735)])
        below = curves.moved(curves.cut(bone, 0.05, 0.7), 0.0, 0.026)
        sheet.line(sided(below, side), look.skin.skin_shade(), 0.050, 0.6, 1.0)
        sheet.line(sided(bone, side), look.skin_pen, look.line * 0.6, 0.4, 1.1, alpha=0.75)
        joint = spline([(1.02, 1.86), (1.10, 1.98), (1.12, 2.10)])
        sheet.line(sided(joint, side), look.skin.skin_shade(), 0.028, 0.8, 0.9)


def _chest(look: Look, sheet: Sheet) -> None:
    # the neck's shadow ends above: no edge shows where the skins meet
    top = CHIN + 0.35 / look.trunk
    half = joined(spline(OUTER[:7]), [(1.2, 2.4), (0.98, 2.62), (0.6, 2.9)])
    shape = joined([(0.0, top), (0.14, top - 0.03)], half, sided(half, -1.0)[::-1],
                   [(-0.14, top - 0.03)])  # fmt: skip
    sheet.fill(shape, look.skin)
    with sheet.clip(shape):
        dip = spline([(0.0, 1.76), (0.03, 1.83), (0.0, 1.90)])
        sheet.line(dip, look.skin.skin_shade(), 0.05, 0.8, 0.8)
        side = spline([(1.16, 2.02), (1.0, 2.3), (0.92, 2.7)])
        sheet.shadow(joined(side, [(1.5, 2.9), (1.6, 2.0)]), look.skin.skin_shade(), 0.7)


def arm(look: Look, sheet: Sheet, side: float) -> None:
    """Draw a hanging bare arm from the shoulder past the picture."""
    outer, inner = spline(OUTER[4:]), spline(INNER)
    shape = sided(joined([(0.98, 1.9), (1.0, 2.3)], outer, inner[::-1]), side)
    sheet.fill(shape, look.skin)
    shade = look.skin.skin_shade()
    with sheet.clip(shape):
        if side > 0:
            edge = spline([(1.30, 1.85), (1.33, 2.3), (1.34, 3.0), (1.40, 4.35)])
            sheet.shadow(joined(edge, [(2.0, 4.35), (2.0, 1.8)]), shade, 0.9)
        else:
            edge = spline([(1.04, 2.45), (1.16, 2.85), (1.20, 3.4), (1.24, 4.35)])
            sheet.shadow(sided(joined(edge, [(0.8, 4.35), (0.8, 2.45)]), side), shade, 0.9)
    for line, begin in ((outer, 0.15), (inner, 0.35)):
        sheet.line(sided(line, side), look.skin_pen, look.line * 1.1, begin, 0.05)
    crease = sided(spline([(1.00, 2.64), (1.03, 2.52), (1.09, 2.42)]), side)
    sheet.line(crease, look.skin_pen, look.line * 0.9, 0.2, 1.0)
