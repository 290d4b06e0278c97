"""Beard: short and full, from the temples round the chin, joined by a moustache."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from vtuber.design import curves
from vtuber.design.board import Board
from vtuber.design.canvas import union
from vtuber.design.craft.head import half
from vtuber.design.craft.mouth import corner
from vtuber.design.curves import Points, sided, spline
from vtuber.design.look import Look

SUITS = (0.0, 0.3)
ODDS = 0.5  # of being rolled, beside a common style
BESIDE = {"mouth": ("grin", "neutral", "smile")}  # no fangs in a beard

TOP = 0.16  # v, where it comes out of the hair
TUFTS = 7  # tips along the lower edge, a side


def draw(look: Look, board: Board) -> None:
    """Draw beard and moustache as one silhouette; the mouth lies over it and opens through it."""
    sheet = board.layer("marks", "face", depth=0.27)
    fill = look.hair_root.mixed(look.hair, 0.5)
    if (over := fill.lightness - look.skin.lightness) > 0.0:  # paler than the skin: a mask
        if fill.chroma < 0.05:  # grey has no hue to mix: on brown skin it would turn mauve
            fill = replace(fill, hue_deg=look.skin.hue_deg)
        # far paler it is a white beard again, and dark hairs tell it from a mask
        mask = min(4.0 * over, 0.48) * min(max((0.28 - over) / 0.16, 0.22), 1.0)
        fill = fill.mixed(look.skin.shade(1.2), mask)
    pen, shade = look.pen(fill), fill.shade(0.9)
    outlines = union(_beard(look), _lip(look))
    window = _window(look)
    with sheet.outside(window):
        for outline in outlines:
            sheet.stroke(outline, pen, look.line * 1.1, closed=True)
        for outline in outlines:
            sheet.fill(outline, fill)
            with sheet.clip(outline):
                under = curves.moved(half(look), -0.07, -0.05)
                outer = curves.moved(half(look), 0.3, 0.3)
                sheet.shadow(curves.joined(under, outer[::-1]), shade, 0.8)
    sheet.stroke(window, pen, look.line * 0.45, closed=True)
    _hairs(look, board)


def _beard(look: Look) -> Points:
    """Give the beard: a broad U under the mouth."""
    edge, v, wide = half(look), look.mouth, look.mouth_width / 2
    edge = edge[edge[:, 1] > TOP]
    low = np.clip((edge[:, 1] - TOP) / (look.chin - TOP), 0.0, 1.0)
    t = curves.parameter(edge)
    tips = np.abs(np.sin(np.pi * TUFTS * t)) ** 0.6 * 0.022 * low
    out = edge - curves.normals(edge) * (0.010 + 0.055 * low**2 + tips)[:, None]
    at = {h: float(np.interp(h, edge[:, 1], edge[:, 0])) for h in (TOP, 0.50)}
    inner = spline(
        [(0.0, v + 0.118), (wide * 0.50, v + 0.128), (wide * 0.98, v + 0.100),
         (wide + 0.070, v + 0.020), (wide + 0.110, v - 0.100), (at[0.50] - 0.120, 0.46),
         (at[TOP] - 0.012, TOP)]
    )  # fmt: skip
    mirrored = curves.mirrored
    return curves.joined(out, mirrored(out)[::-1], mirrored(inner)[::-1], inner)


def _window(look: Look) -> Points:
    """Give the skin round the mouth that stays free."""
    v, (wide, corner_v) = look.mouth, corner(look)
    right = spline([(0.0, v - 0.030), (wide * 0.45, v - 0.028), (wide * 0.85, corner_v - 0.026),
                    (wide + 0.022, corner_v), (wide * 0.86, v + 0.022), (wide * 0.45, v + 0.052),
                    (0.0, v + 0.058)])  # fmt: skip
    return np.asarray(curves.symmetric(right))


def _lip(look: Look) -> Points:
    """Give the moustache."""
    v, wide = look.mouth, look.mouth_width / 2
    top = look.nose + 0.42 * (v - look.nose)
    over = spline([(0.0, top - 0.004), (0.050, top + 0.002), (wide * 0.60, top + 0.050),
                   (wide + 0.060, v - 0.060), (wide + 0.150, v + 0.060)])  # fmt: skip
    under = spline([(wide + 0.150, v + 0.060), (wide + 0.060, v + 0.000), (wide * 0.70, v - 0.052),
                    (wide * 0.30, v - 0.042), (0.0, v - 0.052)])  # fmt: skip
    return curves.symmetric(curves.joined(over, under))


def _hairs(look: Look, board: Board) -> None:
    """Draw a few strands that follow the jaw."""
    sheet, rng = board.sheets["marks"], look.rng("beard")
    tone = look.hair_root.shade(1.6)
    v, wide, chin = look.mouth, look.mouth_width / 2, look.chin
    for side in (1.0, -1.0):
        for lean in (0.03, 0.30, 0.62):
            root = look.nose + 0.52 * (v - look.nose) + 0.05 * lean
            lip = spline([(0.012 + 0.05 * lean, root), (wide * lean * 0.8 + 0.02, root + 0.035),
                          (wide * lean + 0.05, root + 0.06)])  # fmt: skip
            sheet.line(sided(lip, side), tone, 0.012, 0.6, 0.9, 0.7)
        for i in range(5):
            t = (i + rng.uniform(0.2, 0.8)) / 5
            u = 0.05 + (wide + 0.26) * t
            top = v + 0.185 - 0.20 * t**2 + rng.uniform(-0.03, 0.03)
            foot = top + (chin - v) * rng.uniform(0.18, 0.36)
            strand = spline([(u, top), (u * 0.95, (top + foot) / 2), (u * 0.84, foot)])
            sheet.line(sided(strand, side), tone, 0.015, 0.9, 0.9, 0.7)
