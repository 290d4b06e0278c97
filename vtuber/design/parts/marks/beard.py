"""Beard: short and full, from the temples round the chin, joined by a moustache."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft.head import half
from vtuber.design.curves import Points, point, sided, spline
from vtuber.design.look import Look

SUITS = (0.0, 0.3)
ODDS = 0.5  # of being rolled, beside a common style
BESIDE = {"mouth": ("grin", "neutral", "smile")}  # no fangs in a beard

LIPS = 0.8  # no skin is left round the mouth: the lower lip brings its own colour
TOP = 0.16  # v, where it comes out of the hair
TUFTS = 5  # tips along the lower edge, a side


def draw(look: Look, board: Board) -> None:
    """Draw the beard and, upon it, the moustache; the mouth lies over both.

    Nothing is cut out for the mouth: a window stays behind when it narrows or opens.
    """
    sheet = board.layer("marks", "face", depth=0.27)
    fill = look.hair_root.mixed(look.hair, 0.5)
    if (over := fill.lightness - look.skin.lightness) > 0.0:  # paler than the skin: a mask
        if fill.chroma < 0.05:  # grey has no hue to mix: on brown skin it would turn mauve
            fill = replace(fill, hue_deg=look.skin.hue_deg)
        # far paler it is a white beard again, and dark hairs tell it from a mask
        mask = min(4.0 * over, 0.48) * min(max((0.28 - over) / 0.16, 0.22), 1.0)
        fill = fill.mixed(look.skin.shade(1.2), mask)
    pen, shade = look.pen(fill), fill.shade(0.9)
    beard, lip = _beard(look), _lip(look)
    sheet.stroke(beard, pen, look.line * 1.1, closed=True)
    sheet.fill(beard, fill)
    with sheet.clip(beard):
        edge = half(look)
        under = edge - np.clip(edge[:, :1] / 0.5, 0.0, 1.0) * (0.10, 0.04)
        sheet.shadow(curves.joined(under, curves.moved(edge, 0.3, 0.3)[::-1]), shade, 0.8)
        sheet.shadow(curves.moved(lip, 0.012, 0.055), shade, 0.75)  # what the moustache throws
        _pit(look, sheet, shade)
        _strands(look, sheet, fill)
    sheet.stroke(lip, pen, look.line * 0.8, closed=True)
    sheet.fill(lip, fill)
    with sheet.clip(lip):
        sheet.shadow(curves.moved(lip, 0.03, 0.075), shade, 0.8)
        _whiskers(look, sheet, fill)


def _beard(look: Look) -> Points:
    """Give the beard: from the temples round the chin, its lower edge in pointed tufts."""
    edge, v, wide = half(look), look.mouth, look.mouth_width / 2
    edge = edge[edge[:, 1] > TOP]
    low = np.clip((edge[:, 1] - TOP) / (look.chin - TOP), 0.0, 1.0)
    out = edge - curves.normals(edge) * (0.010 + 0.045 * low**2)[:, None]
    t, pieces = curves.parameter(edge), []
    for i in range(TUFTS):  # each swells from a valley and comes to a point over the next one
        (valley, belly, end), deep = (
            [out[min(int(np.searchsorted(t, (i + k) / TUFTS)), len(out) - 1)] for k in (0, 0.6, 1)],
            float(np.interp((i + 0.8) / TUFTS, t, low)),
        )
        way = (end - valley) / np.linalg.norm(end - valley)
        aside = np.array([-way[1], way[0]]) * (-1.0 if -way[1] < 0 else 1.0)
        tip = end + (way * 0.05 + aside * 0.045 + (0.0, 0.02)) * deep
        if i == TUFTS - 1:  # the last of either side meet under the chin
            tip = end + np.array([0.0, 0.055])
        full = belly + aside * 0.038 * deep
        pieces.append(curves.bezier(point(valley), point((valley + full) / 2 + aside * 0.02 * deep),
                                    point(full), point(tip), 14))  # fmt: skip
    out = np.vstack(pieces)
    at = {h: float(np.interp(h, edge[:, 1], edge[:, 0])) for h in (TOP, 0.50)}
    inner = spline(
        [(0.0, v - 0.10), (wide + 0.060, v - 0.075), (wide + 0.125, v - 0.115),
         (at[0.50] - 0.125, 0.46), (at[TOP] - 0.012, TOP)]
    )  # fmt: skip
    mirrored = curves.mirrored
    return curves.joined(out, mirrored(out)[::-1], mirrored(inner)[::-1], inner)


def _lip(look: Look) -> Points:
    """Give the moustache: two locks that part under the nose and end beside the mouth."""
    v, wide = look.mouth, look.mouth_width / 2
    top = look.nose + 0.46 * (v - look.nose)
    over = spline([(0.0, top + 0.020), (0.045, top + 0.002), (wide * 0.60, top + 0.040),
                   (wide + 0.045, v - 0.050), (wide + 0.150, v + 0.022)])  # fmt: skip
    under = spline([(wide + 0.150, v + 0.022), (wide + 0.030, v - 0.004), (wide * 0.70, v - 0.030),
                    (wide * 0.30, v - 0.018), (0.0, v - 0.034)])  # fmt: skip
    return curves.symmetric(curves.joined(over, under))


def _pit(look: Look, sheet: Sheet, shade: Colour) -> None:
    """Shade the hollow under the lower lip, where the hair begins that grows on the chin."""
    v, wide = look.mouth, look.mouth_width / 2
    hollow = spline([(-wide * 0.45, v + 0.095), (0.0, v + 0.120), (wide * 0.45, v + 0.095)])
    swell = 0.020 * curves.taper(curves.parameter(hollow), 0.8, 0.8)
    sheet.shadow(curves.ribbon(hollow, swell), shade, 0.6)


def _strands(look: Look, sheet: Sheet, fill: Colour) -> None:
    """Draw locks that flow from cheek and lip down to the tufts: dark between, light upon."""
    rng, dark, lit = look.rng("beard"), fill.shade(1.7), fill.light(0.55)
    v, wide, chin = look.mouth, look.mouth_width / 2, look.chin
    edge = half(look)
    edge = edge[edge[:, 1] > TOP]
    t = curves.parameter(edge)
    for side in (1.0, -1.0):
        for i in range(9):
            at = (i + 0.7 + rng.uniform(-0.2, 0.2)) / 9.4
            foot = edge[min(int(np.searchsorted(t, at)), len(edge) - 1)]
            deep = 0.10 + 0.26 * at
            top = np.array([foot[0] * (0.80 + 0.04 * at), foot[1] - deep])
            top[0] = max(float(top[0]), 0.03)
            middle = (top + foot) / 2 + (0.045 * (1.0 - at), 0.0)
            course = spline([(float(u), float(w)) for u, w in (top, middle, foot)])
            course = curves.cut(course, rng.uniform(0.0, 0.25), rng.uniform(0.8, 1.0))
            sheet.line(sided(course, side), dark, look.line * 0.75, 0.9, 0.35, 0.85)
            beside = curves.moved(curves.cut(course, 0.1, 0.75), -0.030, 0.0)
            sheet.line(sided(beside, side), lit, 0.020, 0.8, 0.8, 0.55)
        for i in range(3):  # on the chin, from the hollow of the lip
            u = 0.05 + wide * (0.36 * i + rng.uniform(-0.05, 0.05))
            top_v = v + 0.165 - 0.035 * i
            course = spline([(u * 0.9, top_v), (u * 1.04, (top_v + chin) / 2 - 0.03),
                             (u * 0.92, chin - 0.05 * i)])  # fmt: skip
            sheet.line(sided(course, side), dark, look.line * 0.65, 0.9, 0.5, 0.7)


def _whiskers(look: Look, sheet: Sheet, fill: Colour) -> None:
    v, wide = look.mouth, look.mouth_width / 2
    top = look.nose + 0.46 * (v - look.nose)
    for side in (1.0, -1.0):
        for lean, ink, weight in ((0.10, fill.shade(1.7), 0.6), (0.34, fill.light(0.6), 0.8),
                                  (0.52, fill.shade(1.7), 0.7)):  # fmt: skip
            low = 0.35 + 0.6 * lean
            hair = spline([(0.016 + 0.06 * lean, top + 0.026 + 0.06 * lean),
                           (wide * 0.62, top + 0.052 + 0.055 * low),
                           (wide + 0.040, v - 0.040 + 0.060 * lean)])  # fmt: skip
            sheet.line(sided(hair, side), ink, look.line * weight, 0.7, 0.9, 0.8)
