"""Hanging hair as masses: a sheet of hair between two guides, its hem cut into unequal clumps.

A place in a mass is (s, t): s runs from the left guide (0) to the right one (1), t from the root
(0) to the tips (1). Whatever is drawn in (s, t) follows the flow of the hair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float64

from vtuber.design import curves
from vtuber.design.canvas import Sheet
from vtuber.design.craft import hair
from vtuber.design.curves import Point, Points, bezier, spline
from vtuber.design.look import Look

_FINE = 96  # samples along a guide

Share = Float64[np.ndarray, " n"]


@dataclass(frozen=True, slots=True)
class Mass:
    """A sheet of hair. Guides run from the root to the tips."""

    name: str  # its own chance
    left: Sequence[Point]
    right: Sequence[Point]
    clumps: int = 5
    cut: float = 0.16  # depth of the cuts between clumps, as a part of the length
    ragged: float = 0.08  # how unequal the tips are
    lean: float = 0.0  # tips lean to the left (-1) or right (+1) edge of their clump
    hollow: float = 0.0  # how far the middle of the hem ends above its sides
    blunt: bool = False  # cut square
    wave: float = 0.0  # W, sideways
    turns: float = 2.0  # waves from root to tip
    phase: float = 0.0
    shadow: float = 1.0  # edge of each clump in shade: +1 right, -1 left
    shine: tuple[float, ...] = ()  # t of each band of light
    tone: float = 0.0
    open_root: float = 0.06  # no contour before this t
    strands: float = 1.0  # how many lines
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Clump:
    """One tuft of the hem, in (s, t)."""

    begin: Point  # where it parts from the one on its left
    tip: Point
    end: Point


class Flow:
    """A mass with its guides laid out: maps (s, t) to points."""

    def __init__(self, mass: Mass) -> None:
        self.mass = mass
        self._left = curves.cut(spline(mass.left, 20), 0.0, 1.0)
        self._right = curves.cut(spline(mass.right, 20), 0.0, 1.0)

    def at(self, s: Share, t: Share) -> Points:
        """Give the points at (s, t)."""
        left, right = _along(self._left, t), _along(self._right, t)
        points: Points = left + (right - left) * s[:, None]
        if m := self.mass.wave:
            swing = np.sin(2 * np.pi * (self.mass.turns * t + self.mass.phase + 0.12 * s))
            points[:, 0] += m * swing * np.clip((t - 0.12) / 0.4, 0, 1) ** 1.2
        return points

    def guide(self, s: float, begin: float, end: float, n: int = 40) -> Points:
        """Give the line of flow at s."""
        t = np.linspace(begin, end, n)
        return self.at(np.full(n, s), t)

    def edge(self, a: Point, b: Point, blunt: bool, n: int = 26) -> Points:
        """Draw the edge of a tuft from the cut `a` to its tip `b`: along the flow, then inwards."""
        (s, t), (ds, dt) = a, (b[0] - a[0], b[1] - a[1])
        first, second = (s, t + 0.45 * dt), (s + 0.62 * ds, t + 0.87 * dt)
        if blunt:
            first, second = (s + 0.01 * ds, t + dt), (s + 0.06 * ds, t + dt)
        st = bezier(a, first, second, b, n)
        return self.at(st[:, 0], st[:, 1])

    @property
    def length(self) -> float:
        """The mean length of the guides, W."""
        steps = (np.linalg.norm(np.diff(g, axis=0), axis=1) for g in (self._left, self._right))
        return float(sum(step.sum() for step in steps)) / 2


def _along(curve: Points, t: Share) -> Points:
    place = np.linspace(0, 1, len(curve))
    return np.column_stack([np.interp(t, place, curve[:, 0]), np.interp(t, place, curve[:, 1])])


def tufts(look: Look, mass: Mass) -> list[Clump]:
    """Cut the hem into clumps of unequal width and length."""
    rng, n = look.rng(mass.name), mass.clumps
    weights = rng.uniform(0.62, 1.38, n)
    bounds = np.concatenate([[0.0], np.cumsum(weights) / weights.sum()])
    middle = (bounds[:-1] + bounds[1:]) / 2
    tips = 1.0 - mass.ragged * rng.uniform(0, 1, n) - mass.hollow * (1 - (2 * middle - 1) ** 2)
    low = np.concatenate([[tips[0]], np.minimum(tips[1:], tips[:-1]), [tips[-1]]])
    cuts = low - mass.cut * rng.uniform(0.65, 1.25, n + 1)
    lean = 0.5 + 0.42 * mass.lean + rng.uniform(-0.12, 0.12, n)
    at = bounds[:-1] + np.diff(bounds) * np.clip(lean, 0.06, 0.94)
    return [
        Clump((bounds[i], cuts[i]), (at[i], tips[i]), (bounds[i + 1], cuts[i + 1]))
        for i in range(n)
    ]


def hem(flow: Flow, clumps: Sequence[Clump]) -> Points:
    """Give the lower edge from left to right."""
    blunt = flow.mass.blunt
    pieces = []
    for clump in clumps:
        pieces += [
            flow.edge(clump.begin, clump.tip, blunt),
            flow.edge(clump.end, clump.tip, blunt)[::-1],
        ]
    return curves.joined(*pieces)


def contour(look: Look, mass: Mass, begin: float = 0.0) -> Points:
    """Give the outline of a mass from the left root around the hem to the right root."""
    flow, clumps = Flow(mass), tufts(look, mass)
    return curves.joined(
        flow.guide(0.0, begin, clumps[0].begin[1], _FINE),
        hem(flow, clumps)[1:-1],
        flow.guide(1.0, clumps[-1].end[1], begin, _FINE),
    )


def draw_mass(sheet: Sheet, look: Look, mass: Mass) -> None:
    """Draw a mass: contour, fill, shades of its clumps, light and strands."""
    flow, clumps = Flow(mass), tufts(look, mass)
    shape = contour(look, mass)
    line = look.line * mass.weight
    sheet.stroke(contour(look, mass, mass.open_root), hair.line_ink(look), line * 1.8, sharp=True)
    sheet.fill(shape, hair.ink(look, mass.tone))
    rng = look.rng(mass.name + "/inside")
    with sheet.clip(shape):
        _streaks(sheet, look, flow, clumps)
        for clump in clumps:
            _shade(sheet, look, flow, clump, rng)
        for t in mass.shine:
            shine(sheet, look, flow, t)
        for clump in clumps:
            _strands(sheet, look, flow, clump, rng)
    # the side in shade has the heavier line
    side = 1.0 if mass.shadow > 0 else 0.0
    end = clumps[-1].end[1] if side else clumps[0].begin[1]
    sheet.line(flow.guide(side, mass.open_root, end), hair.line_ink(look), line * 1.5, 0.9, 0.5)


def _shade(sheet: Sheet, look: Look, flow: Flow, clump: Clump, rng: np.random.Generator) -> None:
    mass = flow.mass
    a, b = (clump.end, clump.begin) if mass.shadow > 0 else (clump.begin, clump.end)
    wide, tone = a[0] - b[0], mass.tone
    # a broad pale sickle the length of the hair, and a crisp one along the cut
    for reach, begin, more in ((0.62, 0.02, 0.40), (rng.uniform(0.3, 0.45), 0.25, 1.0)):
        top = begin + rng.uniform(0, 0.3)
        outer = curves.joined(flow.guide(a[0], top, a[1]), flow.edge(a, clump.tip, mass.blunt)[1:])
        t = np.linspace(top, clump.tip[1], 50)
        bow = np.sin(np.clip((t - top) / (clump.tip[1] - top), 0, 1) * np.pi) ** 0.7
        follow = np.clip((t - a[1]) / max(clump.tip[1] - a[1], 0.01), 0, 1) ** 1.5
        edge = a[0] + (clump.tip[0] - a[0]) * follow
        inner = flow.at(edge - wide * reach * bow, t)
        sheet.shadow(curves.joined(outer, inner[::-1]), hair.ink(look, tone + more))


def _strands(sheet: Sheet, look: Look, flow: Flow, clump: Clump, rng: np.random.Generator) -> None:
    mass, line = flow.mass, look.line * flow.mass.weight
    # from the cut a line runs up along the flow and fades
    (s, low), dark = clump.begin, hair.line_ink(look, 0.15)
    if s > 0.02:
        top = max(low - (low - mass.open_root) * rng.uniform(0.35, 0.85), 0.0)
        weight = 0.6 if mass.blunt else 1.0
        sheet.line(flow.guide(s, top, low), dark, line * weight, 1.2, 0.12)
    wide = clump.end[0] - clump.begin[0]
    for _ in range(round(rng.uniform(0.4, 1.9) * mass.strands)):
        place = clump.begin[0] + wide * rng.uniform(0.22, 0.75)
        begin = rng.uniform(0.08, 0.6)
        end = min(begin + rng.uniform(0.18, 0.35), clump.tip[1] - 0.03)
        t = np.linspace(begin, end, 30)
        toward = np.clip((t - low) / max(clump.tip[1] - low, 0.05), 0, 1)
        strand = flow.at(place + (clump.tip[0] - place) * toward, t)
        sheet.line(strand, hair.line_ink(look, 0.6), line * 0.55, 0.9, 0.9, alpha=0.8)


def _streaks(sheet: Sheet, look: Look, flow: Flow, clumps: Sequence[Clump]) -> None:
    rng = look.rng(flow.mass.name + "/streaks")
    for clump in clumps:
        if rng.uniform() < 0.3 * look.design.hair.streaks:
            left, right = (
                curves.joined(flow.guide(p[0], 0.0, p[1]), flow.edge(p, clump.tip, flow.mass.blunt))
                for p in (clump.begin, clump.end)
            )
            above, below = _ends(flow)
            tint = look.streak.shade(max(flow.mass.tone, 0.0))
            (u, v), (x, y) = above, below
            knee = (u + 0.35 * (x - u), v + 0.35 * (y - v))
            fade = hair.tinted(look, tint, 0.95, above, knee, flow.mass.tone)
            sheet.fill(curves.joined(left, right[::-1]), fade)


def _ends(flow: Flow) -> tuple[Point, Point]:
    (a, b), (c, d) = flow.at(np.array([0.5, 0.5]), np.array([0.0, 1.0]))
    return (float(a), float(b)), (float(c), float(d))


def shine(sheet: Sheet, look: Look, flow: Flow, t: float, alpha: float = 0.7) -> None:
    """Lay a band of light across a mass: smooth above, broken into spikes below."""
    rng = look.rng(f"{flow.mass.name}/shine{t}")
    size = 2.6 / flow.length  # as large on a long mass as on a short one
    s, upper, lower = [0.0], [t], [t]
    while s[-1] < 1.0:
        step = float(rng.uniform(0.08, 0.2))
        for part, deep in ((0.3, 0.25), (0.5, rng.uniform(0.6, 1.3)), (0.75, 0.2), (1.0, 0.0)):
            s.append(min(s[-1] + step * (part if part == 0.3 else 0.25), 1.0))
            hump = np.sin(np.pi * np.clip(s[-1], 0, 1)) ** 0.7
            upper.append(t - 0.010 * hump * size)
            lower.append(t + (0.006 + 0.036 * deep) * hump * size)
    places = np.array(s)
    top, bottom = flow.at(places, np.array(upper)), flow.at(places, np.array(lower))
    sheet.fill(curves.joined(top, bottom[::-1]), hair.ink(look, flow.mass.tone - 0.8), alpha)


def sides() -> Iterator[tuple[str, float]]:
    """Give both sides: the performer's left is on the right of the picture."""
    yield "left", 1.0
    yield "right", -1.0


def on_side(points: Sequence[Point], side: float, stretch: float = 1.0) -> list[Point]:
    """Mirror points to a side; `stretch` moves the last ones, so that sides are not alike."""
    n = len(points)
    return [
        (u * side, v * (1 + (stretch - 1) * (i / max(n - 1, 1)) ** 2))
        for i, (u, v) in enumerate(points)
    ]


def between(
    guides: tuple[Sequence[Point], Sequence[Point]], side: float, stretch: float = 1.0
) -> tuple[list[Point], list[Point]]:
    """Give the left and right guide on a side, of (inner, outer) guides drawn for +u."""
    inner, outer = (on_side(guide, side, stretch) for guide in guides)
    return (inner, outer) if side > 0 else (outer, inner)
