"""Coily hair: clouds of curls, springy corkscrews; what of a cloud stays under a hat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np

from vtuber.design import canvas, catalogue, curves
from vtuber.design.canvas import Ink, Sheet
from vtuber.design.craft import hair
from vtuber.design.craft.hats import Cover
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

Ball: TypeAlias = tuple[float, float, float]  # u, v, radius

# one turn of a corkscrew, across (half widths) and along (turns): where a band dives under the one
# above it, how far down it is in shade, where it is lit
_EDGE = ((-1.3, -0.50), (-0.75, -0.40), (0.1, -0.06), (0.8, 0.36), (1.3, 0.62))
_DARK = ((-1.3, -0.50), (-0.5, 0.02), (0.3, 0.30), (0.9, 0.52), (1.3, 0.64))
_LIT = ((-0.62, 0.16), (-0.30, 0.30), (0.10, 0.46))


def draw_cloud(
    sheet: Sheet, look: Look, balls: Sequence[Ball], tone: float, name: str, *,
    tight: bool = False, weight: float = 1.0, glint: tuple[float, float] | None = None,
) -> None:  # fmt: skip
    """Draw a mass of curls: balls, those in front last; between the heights `glint` they shine."""
    rng = look.rng(name)
    shapes = []
    for u, v, r in balls:
        angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
        wobble = 1 + 0.05 * np.sin(angles * 3 + rng.uniform(0, 6.3))
        shapes.append(
            np.column_stack([u + r * wobble * np.cos(angles), v + r * wobble * np.sin(angles)])
        )
    for i, outline in enumerate(canvas.union(*shapes)):
        if i and abs(curves.area(outline)) < hair.PINHOLE:
            sheet.fill(outline, hair.ink(look, tone + 0.85))
        sheet.stroke(outline, hair.line_ink(look), look.line * 1.9 * weight, closed=True)
    for shape in shapes:
        sheet.fill(shape, hair.ink(look, tone))
    for (u, v, r), shape in zip(balls, shapes, strict=True):
        sheet.fill(shape, hair.ink(look, tone))
        with sheet.clip(shape):
            inner = curves.ellipse((u - 0.20 * r, v - 0.22 * r), r * 0.98, r * 0.98)
            with sheet.outside(inner):
                sheet.shadow(shape, hair.ink(look, tone + 0.85))
            if not tight:
                glow = curves.ellipse((u - 0.32 * r, v - 0.42 * r), r * 0.34, r * 0.16)
                sheet.fill(glow, hair.ink(look, tone - 0.7), 0.5)
        # a curl: a spiral, heavier where it turns away from the light
        way, begin = rng.choice([-1.0, 1.0]), rng.uniform(0, 360)
        round_deg = 300.0 if tight else rng.uniform(400, 520)
        turn = np.radians(begin + way * np.linspace(0, round_deg, 60))
        fall = r * np.linspace(0.93, 0.35 if tight else 0.16, 60)
        spiral = np.column_stack([u + fall * np.cos(turn), v + fall * np.sin(turn)])
        sheet.line(spiral, hair.line_ink(look, 0.2), look.line * 0.95, 0.35, 0.5)
        if glint and glint[0] < v < glint[1]:
            bow = curves.ellipse((u, v), r * 0.68, r * 0.66, 198, 292)
            sheet.line(bow, look.hair.light(0.7), look.line * 1.5, 0.7, 0.7, alpha=0.75)


def round_off(sheet: Sheet, look: Look, middle: Point, radius: float) -> None:
    """Make one ball of a whole cloud: light from the upper left, shade on the other side."""
    u, v = middle
    dark = look.hair_root.shade(1.5)
    with sheet.inside():
        around = curves.ellipse(middle, radius * 1.5, radius * 1.5)
        at = (u - 0.35 * radius, v - 0.40 * radius)
        sheet.fill(around, lit(look, at, radius))
        if look.design.pen.shading != "flat":
            stops = [(0.0, dark, 0.0), (0.62, dark, 0.0), (1.0, dark, 0.34)]
            sheet.fill(around, canvas.radial(at, radius * 1.55, stops))


def lit(look: Look, at: Point, radius: float) -> Ink:
    """Give the light on a round head of hair."""
    bright = look.hair.light(0.55)
    return canvas.radial(at, radius, [(0.0, bright, 0.34), (1.0, bright, 0.0)])


def kept(balls: Sequence[Ball], cover: Cover | None) -> list[Ball]:
    """Leave of a cloud what may stay under a hat: balls that stand over it too far are pressed."""
    if cover is None:
        return list(balls)
    edge = spline(cover.edge, 12)
    left = []
    for u, v, r in balls:
        out = abs(u)
        top = float(np.interp(out, edge[:, 0], edge[:, 1]))
        if v - 0.55 * r > top:
            left.append((u, v, r))
        elif v + 0.35 * r > top and out > 0.9:  # beside the hat: pushed out from under it
            left.append((u, top + 0.6 * r, r * 0.92))
    return left


def draw_corkscrew(
    sheet: Sheet, look: Look, knots: Sequence[Point], half: float, turns: float, *,
    tone: float = 0.0, side: float = 1.0, dye: float = 0.0,
) -> None:  # fmt: skip
    """Draw a lock that winds about a spine like a spring: a rope of bent bands, pointed below."""
    spine = spline(knots, 24)
    t, right = curves.parameter(spine), curves.normals(spine)
    length = float(np.linalg.norm(np.diff(spine, axis=0), axis=1).sum())
    pitch = length / turns
    rise = np.sin(np.clip(t / 0.30, 0, 1) * np.pi / 2)
    wide = half * (0.55 + 0.45 * rise) * (1 - 0.38 * t**2) * np.clip((1 - t) / 0.06, 0, 1) ** 0.5
    # it bulges where a band passes before, on either side in turn
    bulge = 0.17 * half * np.sin(2 * np.pi * turns * t)
    shape = np.vstack(
        [spine + right * (wide + bulge)[:, None], (spine - right * (wide - bulge)[:, None])[::-1]]
    )
    sheet.stroke(shape, hair.line_ink(look), look.line * 1.5, closed=True)
    sheet.fill(shape, hair.ink(look, tone))
    if dye:
        (u, v), (x, y) = spine[round(0.4 * len(t))], spine[-1]
        above, below = (float(u), float(v)), (float(x), float(y))
        sheet.fill(shape, hair.tinted(look, look.hair_tip, dye, above, below, tone))
    with sheet.clip(shape):
        for i in range(round(turns)):
            edge, dark, lit = (
                _bent(spine, right, (i + 0.5) / turns, half * side, pitch, spline(line, 8))
                for line in (_EDGE, _DARK, _LIT)
            )
            sheet.shadow(curves.joined(edge, dark[::-1]), hair.ink(look, tone + 1.0))
            sheet.line(lit, hair.ink(look, tone - 0.8), 0.17 * pitch, 0.8, 0.8, alpha=0.6)
            sheet.line(edge, hair.line_ink(look, 0.1), look.line * 0.95, 0.15, 0.15)


def _bent(
    spine: Points, right: Points, at: float, half: float, pitch: float, local: Points
) -> Points:
    """Place points, given across (half widths) and along (turns), at a fraction of a curve."""
    t = curves.parameter(spine)
    point, across = (
        np.array([np.interp(at, t, curve[:, k]) for k in (0, 1)]) for curve in (spine, right)
    )
    down = np.array([across[1], -across[0]])
    return np.asarray(point + local[:, :1] * across * half + local[:, 1:] * down * pitch)


def is_deep(look: Look) -> bool:
    """Say whether a band over the crown sinks into the hair: it has no far side to be seen."""
    return hasattr(catalogue.style("back_hair", look.design.hair.back), "BULK")


def bury(sheet: Sheet, look: Look, course: Points, half: float) -> None:
    """Let coils swell over both edges of a band, given by its middle line and half width."""
    if look.design.hair.front != "coily":
        return
    rng = look.rng("bury")
    t, right = curves.parameter(course), curves.normals(course)
    balls: list[Ball] = []
    bulk: float = catalogue.style("back_hair", look.design.hair.back).BULK
    for edge, count in ((1.0, 13), (-1.0, 11)) if bulk > 0.3 else ((1.0, 11),):
        for place in np.linspace(0.03, 0.97, count):
            at = place + rng.uniform(-0.03, 0.03)
            r = float(rng.uniform(0.085, 0.135))
            off = edge * (half + 0.85 * r)
            u, v = (float(np.interp(at, t, course[:, k] + off * right[:, k])) for k in (0, 1))
            balls.append((u, v, r))
    draw_cloud(sheet, look, balls, 0.05, "bury", tight=True, weight=0.65)
