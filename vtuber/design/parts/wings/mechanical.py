"""Mechanical: blades of alloy that float in a fan on a jointed arm, lit along their edges."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.colour import Colour
from vtuber.design.craft import behind, glow
from vtuber.design.craft.solid import shade, solid
from vtuber.design.curves import Point, Points
from vtuber.design.look import Look

BESIDE = {"outfit": ("armour", "casual", "cyber", "hoodie", "idol", "jacket")}

ALLOY = Colour(0.90, 0.010, 260.0)
DARK = Colour(0.34, 0.020, 270.0)
# root, tip, half width of each blade
BLADES: tuple[tuple[Point, Point, float], ...] = (
    ((1.52, -0.20), (1.98, -1.38), 0.155), ((1.66, 0.06), (2.24, -0.74), 0.155),
    ((1.72, 0.36), (2.27, 0.02), 0.142), ((1.68, 0.66), (2.26, 0.72), 0.135),
    ((1.56, 0.94), (2.16, 1.34), 0.128), ((1.38, 1.18), (1.92, 1.84), 0.121),
)  # fmt: skip
ARM = ((0.50, 1.75), (1.02, 1.02), (1.12, 0.36), (1.36, -0.22), (1.50, -0.16), (1.58, 0.18),
       (1.52, 0.62), (1.34, 0.98), (0.80, 1.80))  # fmt: skip
# outline of a blade: along, across (half widths)
BLADE = ((0.0, -0.35), (0.10, -0.95), (0.30, -1.0), (0.78, -0.62), (1.0, 0.0), (0.66, 0.42),
         (0.28, 0.80), (0.06, 0.62))  # fmt: skip

CUFF = ((0.0, -1.2), (0.16, -1.2), (0.24, 0.0), (0.16, 1.2), (0.0, 1.2))


def draw(look: Look, board: Board) -> None:
    sheet = behind.layer(board, "wings")
    light = glow.neon(look)
    for side in (1.0, -1.0):
        for root, tip, width in BLADES:
            blade = behind.spread(look, _blade(root, tip, width, BLADE), side)
            spine = behind.spread(look, np.array([root, tip]), side)
            edge = behind.spread(look, _blade(root, tip, width, BLADE[4:8]), side)
            glow.shine(sheet, edge, light, 0.09)
            with solid(sheet, look, ALLOY, blade, pen=look.pen(DARK)):
                half = curves.joined(spine, edge[::-1])
                sheet.shadow(half, ALLOY.pale_shade())
                sheet.stroke(edge, light, 0.055)
                sheet.stroke(edge, glow.bright(light), 0.022)
                cuff = behind.spread(look, _blade(root, tip, width, CUFF), side)
                sheet.fill(cuff, DARK.light(0.35))
                sheet.stroke(cuff, look.pen(DARK), look.line * 0.8, closed=True)
            sheet.line(curves.cut(spine, 0.26, 0.95), look.pen(ALLOY), look.line * 0.7, 0.2, 0.8)
        arm = behind.spread(look, np.array(ARM), side)
        with solid(sheet, look, DARK, arm):
            shade(sheet, arm, DARK.shade(1.3), -0.07 * side, -0.03)
            rail = behind.spread(
                look, [(0.70, 1.55), (1.20, 0.86), (1.28, 0.40), (1.44, 0.00)], side
            )
            sheet.stroke(rail, light, 0.040)
            sheet.stroke(rail, glow.bright(light), 0.016)
        for at, radius in (((1.18, 0.86), 0.11), ((1.44, -0.04), 0.10)):
            joint = behind.spread(look, curves.ellipse(at, radius, radius), side)
            with solid(sheet, look, ALLOY, joint, pen=look.pen(DARK)):
                shade(sheet, joint, ALLOY.pale_shade(), -0.04, -0.04)
            core = behind.spread(look, curves.ellipse(at, radius * 0.45, radius * 0.45), side)
            sheet.fill(core, light)


def _blade(root: Point, tip: Point, width: float, outline: tuple[Point, ...]) -> Points:
    a, b = np.array(root), np.array(tip)
    along = b - a
    across = np.array([-along[1], along[0]]) / np.linalg.norm(along) * width
    local = np.array(outline)
    return np.asarray(a + local[:, :1] * along + local[:, 1:] * across)
