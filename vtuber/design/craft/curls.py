"""Hair that is not a sheet: ringlets, braids, buns and ties."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from vtuber.design import canvas, curves
from vtuber.design.canvas import Sheet
from vtuber.design.colour import Colour
from vtuber.design.craft import hair
from vtuber.design.craft.tails import Mass, draw_mass
from vtuber.design.curves import Point, Points, spline
from vtuber.design.look import Look

# one strand of a braid as it passes over: across (half widths), along (spacings)
_LOBE = ((0.0, -0.62), (0.55, -0.72), (0.98, -0.30), (1.0, 0.22), (0.55, 0.80), (-0.10, 1.22),
         (-0.42, 1.02), (-0.30, 0.30))  # fmt: skip
# one turn of a ringlet as it passes before: across (half widths), along (spacings)
_COIL = ((-1.0, -0.52), (-0.45, -0.42), (0.35, -0.22), (0.98, 0.10), (1.0, 0.62), (0.60, 0.98),
         (-0.20, 0.74), (-0.86, 0.34), (-1.06, -0.12))  # fmt: skip


def along(spine: Points, place: float) -> tuple[Points, Points, Points]:
    """Give (point, unit direction, unit right) at a fraction of a curve."""
    t, right = curves.parameter(spine), curves.normals(spine)
    at = np.array([np.interp(place, t, spine[:, i]) for i in (0, 1)])
    across = np.array([np.interp(place, t, right[:, i]) for i in (0, 1)])
    across /= np.linalg.norm(across) + 1e-12
    return at, np.array([across[1], -across[0]]), across


def _placed(
    local: Sequence[Point], spine: Points, place: float, half: float, step: float, side: float
) -> Points:
    at, down, right = along(spine, place)
    shape = curves.closed_spline(list(local), 8) * (side * half, step)
    return np.asarray(at + shape[:, :1] * -right + shape[:, 1:] * down)


def outlined(sheet: Sheet, look: Look, shapes: Sequence[Points], tone: float) -> list[Points]:
    """Merge shapes, outline the silhouette once and fill it."""
    merged = canvas.union(*shapes)
    for outline in merged:
        sheet.stroke(outline, hair.line_ink(look), look.line * 1.9, closed=True)
    for shape in shapes:
        sheet.fill(shape, hair.ink(look, tone))
    return merged


def draw_braid(
    sheet: Sheet, look: Look, knots: Sequence[Point], half: float, tone: float = 0.0, count: int = 9
) -> None:
    """Draw a plait along a spine: lobes that pass over each other, thinner towards the end."""
    spine = spline(knots, 24)
    length = float(np.linalg.norm(np.diff(spine, axis=0), axis=1).sum())
    step = length / count * 0.62
    lobes = []
    for i in range(count * 2):
        place = (i + 0.6) / (count * 2)
        wide = half * (0.55 + 0.5 * min(place / 0.25, 1.0)) * (1 - 0.32 * place**2)
        side = 1.0 if i % 2 else -1.0
        lobes.append((side, _placed(_LOBE, spine, place, wide, step, side)))
    outlined(sheet, look, [shape for _, shape in lobes], tone)
    for _, lobe in reversed(lobes):
        sheet.fill(lobe, hair.ink(look, tone))
        with sheet.clip(lobe):
            centre = lobe.mean(axis=0)
            # in shade where it dives under its neighbour, and on the side away from the light
            dark = curves.moved((lobe - centre) * 1.12 + centre, -0.26 * half, -0.30 * step)
            with sheet.outside(dark):
                sheet.shadow(lobe, hair.ink(look, tone + 1.0))
            lit = curves.moved((lobe - centre) * (0.34, 0.22) + centre, -0.14 * half, -0.24 * step)
            sheet.fill(lit, hair.ink(look, tone - 0.7), 0.55)
        sheet.line(
            np.vstack([lobe, lobe[:2]]), hair.line_ink(look, 0.1), look.line * 0.85, 0.1, 0.1
        )
        strand = (lobe[18:40] - centre) * 0.55 + centre
        sheet.line(strand, hair.line_ink(look, 0.6), look.line * 0.55, 0.9, 0.9, alpha=0.8)


def draw_rope(sheet: Sheet, look: Look, knots: Sequence[Point], half: float, tone: float) -> None:
    """Draw a slim plait, too small for its lobes: a rope with chevrons and a brush at its end."""
    spine = spline(knots, 24)
    t, right = curves.parameter(spine), curves.normals(spine)
    length = float(np.linalg.norm(np.diff(spine, axis=0), axis=1).sum())
    count = max(round(length / (half * 1.35)), 3)
    beads = 1 + 0.09 * np.cos(2 * np.pi * count * t)
    wide = (
        half * beads * np.where(t < 0.95, 1.0, np.sqrt(np.clip((1 - t) / 0.05, 0, 1)) * 0.9 + 0.1)
    )
    shape = curves.ribbon(spine, wide)
    sheet.stroke(shape, hair.line_ink(look), look.line * 1.5, closed=True)
    sheet.fill(shape, hair.ink(look, tone))
    with sheet.clip(shape):
        outer, inner = spine - right * (half * 1.3), spine - right * (half * 0.25)
        sheet.shadow(curves.joined(outer, inner[::-1]), hair.ink(look, tone + 0.9))
        for i in range(count):
            at, down, across = along(spine, (i + 0.5) / count)
            for side in (1.0, -1.0):
                a = at + across * (side * half * 1.1) - down * (half * 0.55)
                b = at + across * (side * half * 0.5) + down * (half * 0.10)
                c = at + down * (half * 0.42)
                chevron = spline([(float(p[0]), float(p[1])) for p in (a, b, c)], 6)
                sheet.line(chevron, hair.line_ink(look, 0.2), look.line * 0.8, 0.2, 0.5)
            lit = at + across * (half * 0.42) - down * (half * 0.18)
            glow = curves.ellipse((float(lit[0]), float(lit[1])), half * 0.22, half * 0.16)
            sheet.fill(glow, hair.ink(look, tone - 0.7), 0.6)


def draw_ringlet(
    sheet: Sheet, look: Look, knots: Sequence[Point], half: float, turns: int = 6,
    tone: float = 0.0, side: float = 1.0,
) -> None:  # fmt: skip
    """Draw a drill curl along a spine: coils that narrow to a point."""
    spine = spline(knots, 24)
    length = float(np.linalg.norm(np.diff(spine, axis=0), axis=1).sum())
    coils = []
    for i in range(turns):
        place = (i + 0.35) / (turns + 0.1)
        wide = (
            half * (0.72 + 0.34 * np.sin(np.pi * min(place * 1.35, 1.0))) * (1 - 0.62 * place**2.2)
        )
        step = length / turns * (0.80 - 0.12 * place)
        coils.append(_placed(_COIL, spine, place, wide, step, side))
    at, down, right = along(spine, (turns - 0.35) / (turns + 0.1))
    tip_half = half * 0.40
    tip = spline([(-1.0, -0.1), (-0.5, 0.7), (0.5, 1.35), (0.55, 0.6), (0.9, 0.1)], 8)
    step = length / turns * 0.8
    coils.append(np.asarray(at + tip[:, :1] * -right * side * tip_half + tip[:, 1:] * down * step))
    outlined(sheet, look, coils, tone)
    for coil in reversed(coils):
        sheet.fill(coil, hair.ink(look, tone))
        centre = coil.mean(axis=0)
        with sheet.clip(coil):
            shade = curves.moved((coil - centre) * 1.1 + centre, -0.55 * half, -0.02)
            with sheet.outside(shade):
                sheet.shadow(coil, hair.ink(look, tone + 0.95))
            lit = curves.moved((coil - centre) * (0.36, 0.34) + centre, -0.30 * half, -0.02)
            sheet.fill(lit, hair.ink(look, tone - 0.75), 0.6)
        sheet.line(np.vstack([coil, coil[:2]]), hair.line_ink(look, 0.1), look.line * 0.9, 0.1, 0.1)
        for k in (0.72, 0.45):
            strand = (coil[2:30] - centre) * k + centre
            sheet.line(strand, hair.line_ink(look, 0.6), look.line * 0.5, 0.9, 0.9, alpha=0.7)


def draw_tie(
    sheet: Sheet, look: Look, at: Point, half: float, thick: float, turn: float = 0.0,
    colour: Colour | None = None,
) -> None:  # fmt: skip
    """Draw a ruffled band around hair; `turn` in radians tilts it."""
    colour = colour or look.accent
    angles = np.linspace(0, 2 * np.pi, 90)
    ruffle = 1 + 0.10 * np.cos(angles * 9 + 0.6)
    flat = np.column_stack([half * np.cos(angles), thick * np.sin(angles)]) * ruffle[:, None]
    spin = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shape = flat @ spin + at
    sheet.stroke(shape, look.pen(colour), look.line * 1.5, closed=True)
    sheet.fill(shape, colour)
    with sheet.clip(shape):
        low = np.column_stack([half * 1.2 * np.cos(angles), thick * np.sin(angles)])
        with sheet.outside((low - (half * 0.25, thick * 0.5)) @ spin + at):
            sheet.shadow(shape, colour.shade(1.0))
        for s in (-0.5, -0.1, 0.35, 0.7):
            fold = (
                np.array([(half * s, -thick * 0.8), (half * (s + 0.04), thick * 0.75)]) @ spin + at
            )
            line = curves.cut(fold, 0.1 if s < 0 else 0.35, 0.7 if s < 0 else 1.0)
            sheet.line(line, look.pen(colour), look.line * 0.6, 0.6, 0.8)


def draw_cuff(sheet: Sheet, look: Look, at: Point, half: float, thick: float) -> None:
    """Draw a smooth cuff around a lock, with rims."""
    (u, v), colour = at, look.accent
    bow = 0.35 * thick
    edge = [(-half, -thick), (0.0, -thick + bow), (half, -thick)]
    top = curves.moved(spline(edge, 10), u, v)
    shape = curves.joined(top, curves.moved(top, 0.0, 2 * thick)[::-1])
    sheet.stroke(shape, look.pen(colour), look.line * 1.6, closed=True)
    sheet.fill(shape, colour)
    with sheet.clip(shape):
        sheet.shadow(curves.moved(shape, 1.35 * half, 0.0), colour.shade(1.0))
        lit = colour.light(0.6)
        sheet.fill(
            curves.ellipse((u - 0.45 * half, v + 0.1 * thick), half * 0.16, thick * 0.7), lit
        )
    for k in (0.45, 1.55):
        sheet.line(curves.moved(top, 0.0, k * thick), look.pen(colour), look.line * 0.6, 0.2, 0.2)


def draw_bun(
    sheet: Sheet, look: Look, at: Point, radius: float, side: float, tone: float = 0.1
) -> None:
    """Draw an odango: a ball of wound hair."""
    u, v = at
    ball = curves.closed_spline(
        [(u + radius * x * side, v + radius * y) for x, y in
         ((-0.92, 0.40), (-1.0, -0.25), (-0.55, -0.88), (0.12, -1.0), (0.78, -0.66), (1.02, 0.05),
          (0.80, 0.72), (0.15, 0.98), (-0.5, 0.86))]
    )  # fmt: skip
    sheet.stroke(ball, hair.line_ink(look), look.line * 1.9, closed=True)
    sheet.fill(ball, hair.ink(look, tone))
    with sheet.clip(ball):
        lit = curves.ellipse((u - 0.24 * radius, v - 0.22 * radius), radius * 1.02, radius * 1.0)
        with sheet.outside(lit):
            sheet.shadow(ball, hair.ink(look, tone + 1.0))
        glow = curves.ellipse((u - 0.34 * radius, v - 0.50 * radius), radius * 0.36, radius * 0.15)
        sheet.fill(glow, hair.ink(look, tone - 0.8), 0.7)
        # wound strands: arcs that run round to the lower inner corner
        for k, begin, end, weight in (
            (0.78, 0.10, 0.92, 1.0), (0.52, 0.0, 0.80, 0.8), (0.27, 0.1, 0.9, 0.8),
            (0.90, 0.45, 0.75, 0.5), (0.64, 0.35, 0.66, 0.5),
        ):  # fmt: skip
            arc = spline(
                [(u + radius * x * side, v + radius * y) for x, y in
                 ((-0.85, 0.62), (-0.95 * k, -0.25 * k), (0.05, -0.95 * k + 0.05),
                  (0.85 * k, -0.10), (0.45 * k, 0.62 * k + 0.1), (-0.30 * k, 0.55 * k))]
            )  # fmt: skip
            arc = curves.cut(arc, begin, end)
            sheet.line(arc, hair.line_ink(look, 0.25), look.line * weight, 0.7, 0.8)


def draw_tassel(
    sheet: Sheet, look: Look, name: str, at: Point, length: float, tone: float = 0.0
) -> None:
    """Draw the loose end of a braid below its tie."""
    u, v = at
    left = [(u - 0.05, v), (u - 0.13, v + length * 0.45), (u - 0.07, v + length)]
    right = [(u + 0.05, v), (u + 0.15, v + length * 0.45), (u + 0.10, v + length)]
    draw_mass(sheet, look, Mass(name, left, right, 3, cut=0.4, ragged=0.15, tone=tone, weight=0.8))
