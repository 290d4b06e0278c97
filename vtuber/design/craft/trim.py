"""What is sewn on cloth: bows, buttons, lace, frills, gems, braid. Lengths in W, any place."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet, linear, union
from vtuber.design.colour import Colour
from vtuber.design.craft import cloth
from vtuber.design.curves import Point, Points, joined, sided, spline
from vtuber.design.look import Look

METAL = Colour(0.83, 0.095, 84.0)  # of buttons, braid and buckles
SILVER = Colour(0.86, 0.012, 260.0)

# a bow of size 1: half of it, the performer's left
_LOOP = ((0.06, -0.10), (0.34, -0.40), (0.78, -0.52), (1.04, -0.36), (1.02, 0.06), (0.98, 0.40),
         (0.72, 0.46), (0.36, 0.26), (0.06, 0.12))  # fmt: skip
_TAIL = ((0.02, 0.02), (0.20, 0.04), (0.42, 0.55), (0.68, 1.14), (0.44, 1.08), (0.30, 1.30),
         (0.20, 0.70))  # fmt: skip
_KNOT = ((-0.16, -0.15), (0.0, -0.18), (0.16, -0.15), (0.19, 0.02), (0.14, 0.19), (0.0, 0.21),
         (-0.14, 0.19), (-0.19, 0.02))  # fmt: skip
_HOLLOW = ((0.10, -0.02), (0.44, -0.20), (0.80, -0.22), (1.10, -0.06), (1.10, 0.70), (0.50, 0.60),
           (0.1, 0.3))  # fmt: skip


def bow(look: Look, sheet: Sheet, at: Point, size: float, fill: Colour, tails: float = 1.0) -> None:
    """Draw a bow: tails, and over them the loops."""
    if tails:
        bow_tails(look, sheet, at, size, fill, tails)
    bow_loops(look, sheet, at, size, fill)


def bow_tails(
    look: Look, sheet: Sheet, at: Point, size: float, fill: Colour, tails: float = 1.0
) -> None:
    """Draw what hangs out of a bow's knot."""
    for side in (1.0, -1.0):
        with cloth.panel(look, sheet, _at(_tail(side, tails), at, size), fill, weight=0.75):
            half = np.array([(0.0, 0.0), (0.13, 0.0), (0.32, 0.6), (0.44, 1.4), (0.0, 1.4)])
            sheet.shadow(_at(half * (side, tails), at, size), cloth.dim(fill))
            sheet.shadow(_at(curves.ellipse((0, 0), 0.5, 0.45), at, size), cloth.dim(fill))


def bow_loops(look: Look, sheet: Sheet, at: Point, size: float, fill: Colour) -> None:
    """Draw two loops with creases from the knot, and the knot."""
    for side in (1.0, -1.0):
        loop = sided(curves.closed_spline(_LOOP), side)
        with cloth.panel(look, sheet, _at(loop, at, size), fill, weight=0.85):
            sheet.shadow(_at(sided(spline(_HOLLOW), side), at, size), cloth.dim(fill))
            for course, wide in (
                ([(0.08, -0.02), (0.36, -0.12), (0.70, -0.14)], 0.09),
                ([(0.08, 0.06), (0.32, 0.12), (0.56, 0.22)], 0.07),
                ([(0.08, -0.08), (0.28, -0.24), (0.48, -0.34)], 0.05),
            ):
                crease = _at(sided(spline(course), side), at, size)
                sheet.line(crease, cloth.dim(fill, 1.8), wide * size, 0.1, 1.1)
                sheet.line(crease, cloth.ink(look, fill), look.line * 0.6, 0.1, 1.1)
            shine = _at(
                sided(spline([(0.50, -0.40), (0.76, -0.43), (0.93, -0.32)]), side), at, size
            )
            sheet.line(shine, cloth.lit(fill), 0.06 * size, 0.7, 0.7, alpha=0.9)
    knot = curves.closed_spline(_KNOT)
    with cloth.panel(look, sheet, _at(knot, at, size), fill, weight=0.8):
        low = [(-0.3, 0.08), (0.0, 0.12), (0.05, -0.3), (0.4, -0.3), (0.4, 0.4), (-0.3, 0.4)]
        sheet.shadow(_at(np.array(low), at, size), cloth.dim(fill))


def bow_shapes(at: Point, size: float, tails: float = 1.0) -> list[Points]:
    """Give the silhouettes of a bow: loops and tails."""
    shapes = [sided(curves.closed_spline(_LOOP), side) for side in (1.0, -1.0)]
    if tails:
        shapes += [_tail(side, tails) for side in (1.0, -1.0)]
    return [_at(shape, at, size) for shape in shapes]


def _tail(side: float, length: float) -> Points:
    return np.array(_TAIL) * (side, length * (1.0 if side > 0 else 0.88))


def _at(points: Points, at: Point, size: float) -> Points:
    return np.asarray(np.array(points, float) * size + np.array(at))


def button(
    look: Look, sheet: Sheet, at: Point, radius: float, fill: Colour, metal: bool = False
) -> None:
    """Draw a button: of horn with a rim and holes, or of metal with a gleam."""
    disc = curves.ellipse(at, radius, radius)
    sheet.stroke(disc, look.pen(fill), look.line * 1.1, closed=True)
    sheet.fill(disc, fill)
    with sheet.clip(disc):
        moon = curves.ellipse((at[0] - radius * 0.3, at[1] - radius * 0.35), radius, radius)
        with sheet.outside(moon):
            sheet.fill(disc, cloth.dim(fill, 1.5))
    if metal:
        shine = curves.ellipse((at[0] - radius * 0.3, at[1] - radius * 0.35), radius * 0.32,
                               radius * 0.24)  # fmt: skip
        sheet.fill(shine, fill.light(1.6))
        return
    for side in (-1.0, 1.0):
        hole = curves.ellipse((at[0] + side * radius * 0.3, at[1]), radius * 0.15, radius * 0.15)
        sheet.fill(hole, cloth.ink(look, fill))


def lace(look: Look, sheet: Sheet, course: Points, depth: float, fill: Colour, count: int) -> None:
    """Hang scallops with eyelets on a course (on the right of its direction: v down)."""
    across = curves.normals(course)
    t = curves.parameter(course)
    length = float(np.linalg.norm(np.diff(course, axis=0), axis=1).sum())
    radius = max(length / count * 0.56, 0.01)
    middles = []
    for i in range(count):
        k = min(int(np.searchsorted(t, (i + 0.5) / count)), len(course) - 1)
        middles.append((course[k] + across[k] * (depth - radius), across[k]))
    rounds = [curves.ellipse((float(m[0]), float(m[1])), radius, radius) for m, _ in middles]
    strip = joined(course, (course + across * max(depth - radius, 0.01))[::-1])
    for outline in union(strip, *rounds)[:1]:
        sheet.stroke(outline, look.pen(fill), look.line * 1.2, closed=True)
        sheet.fill(outline, fill)
    for middle, way in middles:
        hole = middle + way * radius * 0.15
        sheet.fill(curves.ellipse((float(hole[0]), float(hole[1])), radius * 0.30, radius * 0.30),
                   cloth.dim(fill, 1.6))  # fmt: skip
    seam = course + across * depth * 0.18
    sheet.stroke(seam, cloth.dim(fill, 1.4), look.line * 0.6)


def frill(
    look: Look,
    sheet: Sheet,
    course: Points,
    depth: float,
    fill: Colour,
    waves: int,
    part: str,
    round_ends: bool = False,
) -> None:
    """Hang a ruffle on a course (on the right of its direction): waves of uneven width.

    With `round_ends` it runs out at both, where it turns to the back.
    """
    rng = look.rng(part)
    t = curves.parameter(course)
    across = curves.normals(course)
    bumps = np.concatenate([[0.0], np.cumsum(rng.uniform(0.75, 1.25, waves))])
    phase = np.interp(t, bumps / bumps[-1], np.arange(waves + 1))
    deep = depth * (1.0 - 0.26 * np.abs(np.cos(np.pi * phase)) ** 2.2)
    if round_ends:
        deep *= np.clip(np.minimum(t, 1 - t) / 0.10, 0.0, 1.0) ** 0.5
    outer = course + across * deep[:, None]
    shape = joined(course, outer[::-1])
    with cloth.panel(look, sheet, shape, fill, weight=0.75):
        # the shadow of what it is sewn to
        sheet.shadow(joined(course, (course + across * depth * 0.22)[::-1]), cloth.dim(fill))
        for i in range(1, waves):
            k = min(int(np.searchsorted(phase, i)), len(course) - 1)
            lean = np.gradient(course, axis=0)[k]
            lean = lean / (np.linalg.norm(lean) + 1e-9) * depth * 0.10
            tip = course[k] + across[k] * depth
            root = course[k] + across[k] * depth * 0.04
            sheet.shadow(np.vstack([tip - lean * 1.2, root - lean * 0.2, tip + lean * 2.6]),
                         cloth.dim(fill))  # fmt: skip
            sheet.line(np.linspace(tip, root, 12), cloth.ink(look, fill), look.line * 0.7, 0.1, 1.0)
    cloth.seam(look, sheet, course, fill, 0.8)


def gem(look: Look, sheet: Sheet, at: Point, radius: float, fill: Colour, rim: Colour) -> None:
    """Draw a cut stone in a setting, taller than wide."""
    outer = curves.ellipse(at, radius * 1.22, radius * 1.42)
    sheet.stroke(outer, look.pen(rim), look.line * 1.2, closed=True)
    sheet.fill(outer, rim)
    stone = curves.ellipse(at, radius * 0.92, radius * 1.10)
    sheet.stroke(stone, look.pen(fill), look.line * 0.7, closed=True)
    stops = [(0.0, fill.shade(1.8), 1.0), (0.55, fill, 1.0), (1.0, fill.light(1.0), 1.0)]
    sheet.fill(stone, linear((at[0], at[1] - radius), (at[0], at[1] + radius), stops))
    spot = curves.ellipse((at[0] - radius * 0.3, at[1] - radius * 0.45), radius * 0.24,
                          radius * 0.20)  # fmt: skip
    sheet.fill(spot, fill.light(1.9))


def braid(look: Look, sheet: Sheet, course: Points, fill: Colour, width: float) -> None:
    """Lay a line of braid or piping with its own outline."""
    sheet.stroke(course, look.pen(fill), width + look.line * 1.1)
    sheet.stroke(course, fill, width)


def medal_star(look: Look, sheet: Sheet, at: Point, radius: float, fill: Colour) -> None:
    """Draw a five-pointed star of metal, one half of each point in shadow."""
    outline = curves.star(at, radius, radius * 0.5)
    sheet.stroke(outline, look.pen(fill), look.line * 1.4, closed=True)
    sheet.fill(outline, fill)
    for i in range(0, 10, 2):
        sheet.fill(np.vstack([outline[i], outline[(i + 1) % 10], np.array(at)]),
                   cloth.dim(fill, 1.3))  # fmt: skip
