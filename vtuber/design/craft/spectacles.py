"""Spectacles: two lenses that fit this face's eyes, a bridge, arms that run under the side hair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import WHITE, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft.opening import opening
from vtuber.design.curves import Point, Points, sided, spline
from vtuber.design.look import Look

GOLD = Colour(0.76, 0.105, 82.0)
BLACK = Colour(0.24, 0.015, 285.0)

Lens = Callable[[Point, float, float], Points]  # centre, half width, half height


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame and its glass."""

    metal: Colour
    weight: float = 0.030  # W
    tint: Colour = WHITE
    dark: float = 0.10  # how little the glass lets through, above
    dark_below: float = 0.04
    wide: float = 1.0  # of the plain lens
    high: float = 1.0
    drop: float = 0.03  # W by which the middle lies below the eyes
    bridge: float = 0.0  # height of the bridge, half heights over the middle
    rim: tuple[float, float] = (0.0, 1.0)  # which part of the outline has a rim


def round_lens(centre: Point, w: float, h: float) -> Points:
    return curves.ellipse(centre, w, max(h, 0.93 * w), 180.0, 540.0)


def square_lens(centre: Point, w: float, h: float) -> Points:
    """Give a rectangle with round corners, narrower below; from the outer end of its lower edge."""
    angles = np.radians(np.linspace(180.0, 540.0, 96))
    cos, sin = np.cos(angles), np.sin(angles)
    u = np.sign(cos) * np.abs(cos) ** 0.42 * w * (1 - 0.06 * sin)
    v = np.sign(sin) * np.abs(sin) ** 0.50 * h
    return np.column_stack([centre[0] + u, centre[1] + v])


def place(look: Look, frame: Frame) -> tuple[Point, float, float]:
    """Give the middle of the left lens and its half sizes: the eye with room around it."""
    eye = opening(look)
    middle = (eye.top[1] + eye.bottom[1]) / 2 + frame.drop
    gap = 0.085  # W from the lens to the centre line, at least
    w = min(max(eye.w + 0.085, 0.33) * frame.wide, (0.90 - gap) / 2 * max(frame.wide, 1.0))
    h = max(eye.h + 0.085, 0.27) * frame.high
    return (max(eye.out + 0.02, w + gap), middle), w, h


def draw(look: Look, board: Board, frame: Frame, lens: Lens) -> None:
    sheet = board.layer("glasses", depth=0.58)
    centre, w, h = place(look, frame)
    left = lens(centre, w, h)
    for side in (1.0, -1.0):
        _arm(look, sheet, frame, centre, w, h, side)
        _shadow(look, sheet, frame, sided(left, side))
    bridge(look, sheet, frame, centre, w, h)
    for side in (1.0, -1.0):
        glass(sheet, frame, sided(left, side), (centre[0] * side, centre[1]), w, h)
        rim(look, sheet, frame, sided(left, side))


def glass(sheet: Sheet, frame: Frame, lens: Points, centre: Point, w: float, h: float) -> None:
    """Tint a lens and lay its streaks of light, on the same side in both."""
    top, bottom = (0.0, centre[1] - h), (0.0, centre[1] + h)
    sheet.fill(
        lens,
        linear(top, bottom, [(0.0, frame.tint, frame.dark), (1.0, frame.tint, frame.dark_below)]),
    )
    with sheet.clip(lens):
        for at, wide in ((-0.62, 0.16), (-0.34, 0.06)):
            u, v = centre[0] + at * w, centre[1]
            corners = ((0.30, -1.2), (0.30 + wide, -1.2), (wide - 0.42, 1.2), (-0.42, 1.2))
            streak = [(u + x * w, v + y * h) for x, y in corners]
            ink = linear(top, bottom, [(0.0, WHITE, 0.50), (0.45, WHITE, 0.16), (1.0, WHITE, 0.03)])
            sheet.fill(streak, ink)


def rim(look: Look, sheet: Sheet, frame: Frame, lens: Points) -> None:
    """Draw the rim with a light on it."""
    if not frame.weight:
        return
    whole = frame.rim == (0.0, 1.0)
    course = lens if whole else curves.cut(lens, *frame.rim)
    pen = look.pen(frame.metal)
    sheet.stroke(course, pen, frame.weight + look.line * 0.8, closed=whole)
    sheet.stroke(course, frame.metal, frame.weight, closed=whole)
    lit = frame.metal.light(1.1)
    for begin, end in ((0.14, 0.34), (0.60, 0.70)):
        glint = curves.cut(lens, begin, end)
        if frame.rim[0] <= begin and end <= frame.rim[1]:
            sheet.line(curves.moved(glint, 0.0, -frame.weight * 0.15), lit, frame.weight * 0.45)


def bridge(look: Look, sheet: Sheet, frame: Frame, centre: Point, w: float, h: float) -> None:
    """Draw the bow between the lenses."""
    v, end = centre[1] - frame.bridge * h, centre[0] - w
    bow = spline([(-end - 0.01, v + 0.03), (-end * 0.4, v - 0.035), (end * 0.4, v - 0.035),
                  (end + 0.01, v + 0.03)])  # fmt: skip
    thick = max(frame.weight, 0.024)
    sheet.stroke(bow, look.pen(frame.metal), thick + look.line * 0.8)
    sheet.stroke(bow, frame.metal, thick)
    sheet.line(curves.moved(bow, 0.0, -thick * 0.2), frame.metal.light(1.1), thick * 0.4)


def _arm(
    look: Look, sheet: Sheet, frame: Frame, centre: Point, w: float, h: float, side: float
) -> None:
    v = centre[1] - 0.34 * h
    begin = centre[0] + w * 0.92
    course = sided([(begin, v), (max(begin, 0.98), v - 0.015), (1.10, v + 0.01)], side)
    thick = max(frame.weight * 0.9, 0.028)
    sheet.stroke(course, look.pen(frame.metal), thick + look.line * 0.8)
    sheet.stroke(course, frame.metal, thick)


def _shadow(look: Look, sheet: Sheet, frame: Frame, lens: Points) -> None:
    """Let the rim throw a thin shadow on the cheek."""
    below = curves.moved(curves.cut(lens, 0.55, 0.95), 0.015, 0.035)
    sheet.line(below, look.skin.skin_shade(), 0.035, 0.5, 0.5, alpha=0.7)
