"""Bridge: a grown nose, the side of its ridge in shadow, wings and tip drawn."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.craft import complexion
from vtuber.design.look import Look

SUITS = (0.0, 0.6)


def draw(look: Look, board: Board) -> None:
    v = look.nose
    sheet = board.layer("nose", depth=0.62)
    shade, pen = look.skin.skin_shade(), look.skin_pen
    ridge = curves.spline([(0.030, v - 0.300), (0.024, v - 0.170), (0.046, v - 0.020)])
    side = curves.spline([(0.078, v + 0.008), (0.062, v - 0.090), (0.058, v - 0.190)])
    sheet.shadow(curves.joined(ridge, side), shade, 0.85)
    foot = curves.spline(
        [(0.070, v - 0.004), (0.050, v + 0.028), (0.004, v + 0.036), (-0.040, v + 0.022)]
    )
    under = curves.spline([(-0.040, v + 0.022), (0.010, v + 0.058), (0.070, v - 0.004)])
    sheet.fill(curves.joined(foot, under), shade, 0.9)
    sheet.line(foot, pen, 0.019, 0.6, 0.8)
    wing = curves.spline([(-0.062, v - 0.006), (-0.070, v + 0.014), (-0.052, v + 0.026)])
    sheet.line(wing, pen, 0.013, alpha=0.8)
    light = curves.spline([(-0.006, v - 0.190), (-0.006, v - 0.100), (-0.004, v - 0.030)])
    lit = complexion.glow(look, 0.95)
    sheet.line(light, lit, 0.018 + 0.014 * complexion.darkness(look), alpha=0.8)
    board.mark("nose_tip", (0.0, v))
