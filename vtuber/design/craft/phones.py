"""Headphones: a padded band over the hair, a fork and a cup on each side.

The band is a ring: `headwear` and a `back_accessory` drawn alike, so that a turn can hide its far
side. What stands on the band is an accessory, or it would fade with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft import coils, glow
from vtuber.design.craft.solid import SIDES, shade, solid
from vtuber.design.curves import Point, Points, closed_spline, sided, spline
from vtuber.design.look import Look

INK = Colour(0.30, 0.018, 280.0)
AT = (1.235, 0.06)  # middle of the left cup
MIDDLE, WIDE, HIGH = -0.10, 1.185, 1.545  # of the band

# from the middle of the cup, W
CUSHION = ((-0.20, -0.33), (-0.10, -0.41), (0.02, -0.38), (0.06, 0.0), (0.02, 0.40), (-0.10, 0.43),
           (-0.20, 0.35), (-0.235, 0.0))  # fmt: skip
SHELL = ((-0.05, -0.40), (0.06, -0.43), (0.17, -0.30), (0.215, 0.0), (0.17, 0.31), (0.06, 0.45),
         (-0.05, 0.42), (-0.075, 0.0))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phones:
    """The colours and sizes of a pair."""

    shell: Colour
    trim: Colour  # fork, the band's inside
    pad: Colour
    light: Colour
    size: float = 1.0  # of the cups
    band: float = 1.0  # thickness of the band


def draw(look: Look, board: Board, phones: Phones) -> None:
    """Draw band, shadow and cups."""
    is_deep = coils.is_deep(look)
    if not is_deep:
        _band(look, board.layer("headband_back", "back_accessory", mesh=(8, 6), depth=0.0), phones)
    sheet = board.layer("headband", "headwear", depth=0.25 if is_deep else 0.0)
    below = curves.ellipse((0.02, -0.03), 1.13, 1.49, 205, 335)
    sheet.line(below, look.hair_root.shade(1.6), 0.11, 0.5, 0.5, alpha=0.38)
    _band(look, sheet, phones)
    if is_deep:
        coils.bury(sheet, look, arc(0.035, 200, 340), 0.085 * phones.band)
    for name, side in SIDES:
        cup(
            look,
            board.layer(f"ear_cup_{name}", "accessory", mesh=(5, 7), depth=-0.05),
            phones,
            side,
        )


def arc(stand_off: float = 0.0, begin: float = 182.0, end: float = 358.0) -> Points:
    """Give the band's course; it ends at the forks."""
    return curves.ellipse((0.0, MIDDLE), WIDE + stand_off, HIGH + stand_off, begin, end)


def _band(look: Look, sheet: Sheet, phones: Phones) -> None:
    steel = curves.ribbon(arc(), np.full(72, 0.045 * phones.band))
    with solid(sheet, look, phones.trim, steel):
        sheet.stroke(arc(0.018, 192, 262), phones.trim.light(0.8), 0.018)
    for low, high in ((205.0, 219.0), (321.0, 335.0)):  # where the band slides out
        slide = curves.ribbon(arc(0.012, low, high), np.full(72, 0.064 * phones.band))
        with solid(sheet, look, phones.trim.shade(0.5), slide):
            sheet.stroke(arc(0.012, low + 3, low + 4.5), phones.light, 0.09)
    course = arc(0.035, 216, 324)
    t = curves.parameter(course)
    full = 0.062 + 0.040 * np.sin(np.pi * t) ** 0.7
    cushion = curves.ribbon(course, full * phones.band)
    with solid(sheet, look, phones.shell, cushion):
        inner = curves.ribbon(course * 0.955 + (0.0, -0.005), full * phones.band)
        sheet.shadow(inner, _dark(phones.shell))
        stitch = arc(0.012, 222, 318)
        sheet.line(stitch, look.pen(phones.shell), look.line * 0.6, 0.2, 0.2, alpha=0.7)
        sheet.line(arc(0.085, 228, 276), phones.shell.light(1.2), 0.030, 0.6, 0.6)


def cup(look: Look, sheet: Sheet, phones: Phones, side: float, at: Point = AT) -> None:
    """Draw one cup with its fork: seen from the side of its rim."""

    def placed(points: list[Point] | Points) -> Points:
        grown = np.array(points, float) * phones.size + at
        return sided(grown, side)

    fork = placed(spline([(-0.150, -0.74), (-0.085, -0.58), (-0.01, -0.42)]))
    cushion = placed(closed_spline(list(CUSHION)))
    with solid(
        sheet,
        look,
        phones.trim,
        curves.ribbon(fork, 0.055 * np.minimum(curves.parameter(fork) * 6 + 0.55, 1.0)),
    ):
        sheet.line(curves.moved(fork, -0.014, 0.0), phones.trim.light(0.8), 0.02)
    with solid(sheet, look, phones.pad, cushion):
        shade(sheet, cushion, phones.pad.shade(1.2), -0.07, -0.06)
        fold = placed(spline([(-0.15, -0.30), (-0.175, 0.0), (-0.15, 0.31)]))
        sheet.line(fold, phones.pad.light(0.6), 0.03, 0.5, 0.5, alpha=0.8)
    shell = placed(closed_spline(list(SHELL)))
    with solid(sheet, look, phones.shell, shell):
        shade(sheet, shell, _dark(phones.shell), -0.06, -0.09)
        sheet.line(placed(spline([(-0.03, -0.30), (-0.05, 0.0), (-0.03, 0.30)])),
                   look.pen(phones.shell), look.line * 0.7, 0.3, 0.3)  # fmt: skip
    face = placed(curves.ellipse((0.095, 0.0), 0.082, 0.27))
    with solid(sheet, look, phones.trim, face, weight=0.8):
        low, high = (0.0, at[1] - 0.27), (0.0, at[1] + 0.27)
        sheet.fill(face, linear(low, high, [(0.0, phones.trim.light(0.35), 1.0),
                                            (1.0, phones.trim.shade(0.8), 1.0)]))  # fmt: skip
    ring = placed(curves.ellipse((0.10, 0.0), 0.052, 0.185))
    glow.shine(sheet, ring, phones.light, 0.05, closed=True)
    sheet.stroke(ring, phones.light, 0.034, closed=True)
    sheet.stroke(
        placed(curves.ellipse((0.10, 0.0), 0.052, 0.185, 180, 275)), phones.light.light(1.2), 0.014
    )
    gloss = placed(spline([(0.02, -0.335), (0.085, -0.355), (0.135, -0.29)]))
    sheet.line(gloss, phones.shell.light(1.4), 0.030, 0.7, 0.7, alpha=0.9)


def _dark(shell: Colour) -> Colour:
    """Give a shell in shade: lilac only where it has no colour of its own."""
    return shell.shade(0.9) if shell.chroma > 0.06 else shell.pale_shade()
