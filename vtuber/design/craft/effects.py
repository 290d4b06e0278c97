"""Effects that the rig fades in: blush, tears, sweat, gloom over the eyes, anger."""

from __future__ import annotations

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.craft.head import blush_at
from vtuber.design.craft.opening import opening
from vtuber.design.curves import Points, sided, spline
from vtuber.design.look import Look

WATER = Colour(0.86, 0.075, 230.0)


def draw(look: Look, board: Board) -> None:
    _blush(look, board)
    _tears(look, board)
    _sweat(board)
    _shade(board)
    _anger(look, board)


def _blush(look: Look, board: Board) -> None:
    sheet = board.layer("blush", depth=0.40, clip="face")
    red = Colour(max(look.skin.lightness - 0.20, 0.44), 0.15, 18.0)
    for side in (1.0, -1.0):
        centre = (blush_at(look)[0] * side, blush_at(look)[1])
        soft = radial(centre, 0.33, [(0.0, red, 0.62), (0.55, red, 0.30), (1.0, red, 0.0)], 0.52)
        sheet.fill(curves.ellipse(centre, 0.33, 0.18), soft)
        for shift in (-0.11, 0.0, 0.11):
            dash = spline([(centre[0] + shift + 0.03, centre[1] - 0.05),
                           (centre[0] + shift - 0.025, centre[1] + 0.045)])  # fmt: skip
            sheet.line(dash, red.shade(0.6), 0.020, 0.4, 0.6, alpha=0.85)


def _tears(look: Look, board: Board) -> None:
    sheet = board.layer("tears", depth=0.44)
    eye = opening(look)
    outer = eye.outer[0] * 0.80
    foot = eye.floor(outer)
    for side in (1.0, -1.0):
        pearl = _drop((eye.out + outer, foot + 0.055), 0.062, 0.135)
        _water(sheet, sided(pearl, side))
        small = _drop((eye.out + outer + 0.07, foot + 0.25), 0.036, 0.085)
        _water(sheet, sided(small, side))


def _sweat(board: Board) -> None:
    sheet = board.layer("sweat", depth=0.40)
    _water(sheet, _drop((-0.70, 0.56), 0.062, 0.16))


def _drop(centre: curves.Point, half: float, height: float) -> Points:
    u, v = centre
    side = curves.bezier(
        (u, v - height),
        (u + half * 0.25, v - height * 0.45),
        (u + half, v - half),
        (u + half, v),
    )
    left = (2 * u, 0.0) + side * (-1.0, 1.0)
    return curves.joined(side, curves.ellipse(centre, half, half, 0, 180), left[::-1])


def _water(sheet: Sheet, shape: Points) -> None:
    top, bottom = float(shape[:, 1].min()), float(shape[:, 1].max())
    sheet.stroke(shape, WATER.line().light(0.35), 0.016, closed=True)
    sheet.fill(
        shape, linear((0, top), (0, bottom), [(0, WATER.light(0.9), 0.95), (1, WATER, 0.95)])
    )
    middle = float(shape[:, 0].mean())
    size = (bottom - top) * 0.16
    sheet.fill(
        curves.ellipse((middle - size * 0.7, bottom - size * 2.1), size * 0.45, size * 0.8), WHITE
    )


def _shade(board: Board) -> None:
    sheet = board.layer("shade", mesh=(8, 6), depth=0.46, clip="face", blend="multiply")
    gloom = Colour(0.63, 0.095, 272.0)
    cover = [(-1.1, -1.6), (1.1, -1.6), (1.1, 0.45), (-1.1, 0.45)]
    sheet.fill(
        cover,
        linear((0, -0.5), (0, 0.42), [(0.0, gloom, 0.85), (0.6, gloom, 0.5), (1.0, gloom, 0.0)]),
    )
    for side in (1.0, -1.0):
        for i, u in enumerate(np.linspace(0.52, 0.82, 5)):
            streak = np.linspace((u, 0.06), (u, 0.38 + 0.05 * (i % 2)), 8)
            sheet.line(sided(streak, side), gloom.shade(1.4), 0.013, 0.2, 0.8, alpha=0.75)


def _anger(look: Look, board: Board) -> None:
    """Draw the mark of swollen veins at the temple where no ornament is worn."""
    pin = look.design.extras.ribbon
    worn = getattr(catalogue.style("ribbon", pin), "SIDE", -1.0) if pin != "none" else -1.0
    sheet = board.layer("anger_mark", depth=0.40)
    red, centre = Colour(0.60, 0.22, 25.0), (-0.66 * worn, -0.98)
    hooks = []
    for turn in range(4):
        angle = np.pi / 2 * turn
        spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        hooks.append(spline([(0.035, -0.17), (0.045, -0.045), (0.17, -0.035)]) @ spin + centre)
    for ink, width in ((WHITE, 0.085), (red, 0.050)):
        for hook in hooks:
            sheet.stroke(hook, ink, width)
