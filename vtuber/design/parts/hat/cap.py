"""Cap: a baseball cap with a curved peak over the brow and a star on its front."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import hats
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import spline
from vtuber.design.look import Look

BESIDE = {"outfit": ("casual", "cyber", "hoodie", "jacket", "sweater")}

COVER = hats.SNUG  # under it the hair lies flat
HEM = ((-1.16, -0.62), (-0.86, -0.80), (-0.40, -0.92), (0.0, -0.95), (0.40, -0.92), (0.86, -0.80),
       (1.16, -0.62))  # fmt: skip
DOME = ((1.16, -0.62), (1.17, -0.98), (1.02, -1.34), (0.68, -1.62), (0.0, -1.74), (-0.68, -1.62),
        (-1.02, -1.34), (-1.17, -0.98), (-1.16, -0.62))  # fmt: skip
PEAK_TOP = ((-0.98, -0.80), (-0.50, -0.98), (0.0, -1.04), (0.50, -0.98), (0.98, -0.80))
PEAK_LOW = ((-0.98, -0.80), (-1.06, -0.60), (-0.98, -0.52), (-0.50, -0.55), (0.0, -0.56),
            (0.50, -0.55), (0.98, -0.52), (1.06, -0.60), (0.98, -0.80))  # fmt: skip


def draw(look: Look, board: Board) -> None:
    cloth, peak = look.cloth, look.cloth_second
    hem = spline(HEM)
    hats.cast(look, board, curves.moved(hem, 0.0, 0.20), 0.26)
    sheet = hats.layer(board)
    dome = curves.joined(spline(DOME), hem)
    with solid(sheet, look, cloth, dome):
        shade(sheet, dome, cloth.pale_shade(), -0.16, -0.10)
        glow = spline([(-0.92, -1.18), (-0.72, -1.42), (-0.40, -1.56)])
        sheet.line(glow, cloth.light(0.7), 0.07, 0.7, 0.8, alpha=0.7)
        for u in (-0.52, 0.52):
            seam = spline([(u * 0.15, -1.74), (u * 0.80, -1.46), (u, -0.90)])
            sheet.line(seam, look.pen(cloth), look.line * 0.8, 0.2, 0.2)
            dots = curves.cut(curves.moved(seam, 0.03, 0.0), 0.1, 0.9)
            for i in range(0, len(dots) - 1, 4):
                sheet.stroke(dots[i : i + 2], look.pen(cloth), 0.008, alpha=0.6)
    button = curves.ellipse((0.0, -1.74), 0.075, 0.045)
    with solid(sheet, look, peak, button):
        shade(sheet, button, peak.shade(1.0), -0.02, -0.02)
    front = curves.joined(spline(PEAK_TOP), spline(PEAK_LOW)[::-1])
    with solid(sheet, look, peak, front):
        sheet.shadow(curves.moved(front, 0.0, 0.36), peak.pale_shade())
        for k in (0.045, 0.085):
            stitch = curves.cut(curves.moved(spline(PEAK_TOP), 0.0, k + 0.03), 0.04, 0.96)
            sheet.line(stitch, look.pen(peak), look.line * 0.5, 0.2, 0.2, alpha=0.5)
        sheet.line(spline([(-0.70, -0.84), (-0.40, -0.92), (-0.12, -0.95)]), peak.light(0.8), 0.04,
                   alpha=0.7)  # fmt: skip
    badge = curves.star((0.0, -1.29), 0.20, 0.095)
    with solid(sheet, look, look.accent, badge):
        shade(sheet, badge, look.accent.shade(1.0), -0.03, -0.03)
