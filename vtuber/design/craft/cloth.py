"""How cloth is drawn: pieces with their own outline, folds from where cloth is caught, seams.

Points are those of the standard body (`look.on_body` moves them); clothes run to `BOTTOM`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

import numpy as np

from vtuber.design import catalogue, curves
from vtuber.design.canvas import Shape, Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.curves import Point, Points, joined, sided, spline
from vtuber.design.look import Look

BOTTOM = 4.35  # past the canvas, so that breathing and leaning never show an end
UNDER = Colour(0.22, 0.080, 295.0)  # a veil of shadow over skin, pale and dark cloth alike
PALE_VEIL, DARK_VEIL = Colour(0.46, 0.075, 295.0), Colour(0.11, 0.03, 285.0)
Path = Sequence[Point]
Fold = tuple[Path, float]  # from the root, where the cloth is caught, to where it runs out; width


def ink(look: Look, fill: Colour) -> Colour:
    """Give the line inside a cloth: on a dark one it must be darker than the contour's rule."""
    pen = look.pen(fill)
    if abs(fill.lightness - pen.lightness) > 0.13:
        return pen
    return Colour(max(fill.lightness - 0.13, 0.09), pen.chroma * 0.6, pen.hue_deg)


def dim(fill: Colour, amount: float = 1.0) -> Colour:
    """Give cloth in shadow. Dark cloth needs twice the step, or the shadow is not seen."""
    dark = min(max((0.48 - fill.lightness) / 0.2, 0.0), 1.0)
    shade = fill.shade(1.0 + 0.8 * dark)
    if fill.chroma < 0.09 and not dark:  # a strong pale colour would turn into another one
        shade = shade.mixed(fill.pale_shade(), 1.0 - max(fill.chroma - 0.05, 0.0) / 0.04)
    return fill.mixed(shade, amount) if amount <= 1.0 else shade.shade((amount - 1.0) * 0.9)


def lit(fill: Colour, amount: float = 1.0) -> Colour:
    """Give cloth in light: dark cloth shines less."""
    return fill.light(amount * (0.22 + 0.46 * max(fill.lightness - 0.2, 0.0)))


@contextmanager
def panel(
    look: Look,
    sheet: Sheet,
    shape: Shape,
    fill: Colour,
    *,
    weight: float = 1.0,
    figured: bool = False,
) -> Iterator[None]:
    """Outline and fill a piece of cloth; what is drawn inside is clipped to it.

    `figured` cloth carries the outfit's pattern.
    """
    if weight:
        sheet.stroke(shape, look.pen(fill), look.line * 1.8 * weight, closed=True)
    sheet.fill(shape, fill)
    with sheet.clip(shape):
        pattern = look.design.outfit.pattern
        if not figured or pattern == "none":
            yield
            return
        points = np.array(shape, float)
        catalogue.style("pattern", pattern).draw(replace(look, cloth=fill), sheet, points)
        pale = fill.lightness > 0.45
        with sheet.veiled(PALE_VEIL if pale else DARK_VEIL, 0.34 if pale else 0.50):
            yield


def fold(look: Look, sheet: Sheet, path: Path | Points, width: float, fill: Colour) -> None:
    """Draw one fold: a shade with one crisp edge that runs out, a ridge in light, a root line."""
    course = spline([(float(u), float(v)) for u, v in path])
    t = curves.parameter(course)
    across = curves.normals(course)
    across *= 1.0 if across[:, 1].mean() > 0 else -1.0  # the shade lies below its edge
    swell = (width * curves.taper(t, 0.35, 0.9))[:, None]
    sheet.shadow(joined(course, (course + across * swell)[::-1]), dim(fill))
    sheet.line(
        curves.cut(course - across * 0.35 * swell, 0.12, 0.8), lit(fill), width * 0.3, 0.8, 1.0, 0.7
    )
    sheet.line(curves.cut(course, 0.0, 0.62), ink(look, fill), look.line * 0.75, 0.15, 1.2, 0.85)


def folds(look: Look, sheet: Sheet, table: Sequence[Fold], fill: Colour, side: float = 1.0) -> None:
    """Draw folds given for the performer's left on the asked side; the right's lie a bit lower."""
    for path, width in table:
        fold(look, sheet, [(u * side, v + (0.0 if side > 0 else 0.05)) for u, v in path],
             width, fill)  # fmt: skip


def gathers(
    look: Look,
    sheet: Sheet,
    edge: Points,
    length: float,
    fill: Colour,
    count: int,
    part: str,
    toward: Point | None = None,
) -> None:
    """Draw the small folds of cloth that is gathered along an edge, of uneven length.

    They run across the edge (to the right of its direction), or towards a point.
    """
    rng = look.rng(part)
    t = curves.parameter(edge)
    across = curves.normals(edge)
    for i in range(count):
        at = int(np.searchsorted(t, (i + 0.5 + rng.uniform(-0.25, 0.25)) / count))
        start = edge[min(at, len(edge) - 1)]
        way = across[min(at, len(edge) - 1)]
        if toward is not None:
            way = np.array(toward) - start
            way = way / (np.linalg.norm(way) + 1e-9)
        reach = length * rng.uniform(0.55, 1.15)
        lean = np.array([-way[1], way[0]]) * reach * rng.uniform(-0.14, 0.14)
        course = np.array([start - way * 0.02, start + way * reach * 0.5 + lean,
                           start + way * reach])  # fmt: skip
        bent = spline([(float(u), float(v)) for u, v in course])
        sheet.shadow(_wedge(bent, reach * 0.20), dim(fill))
        sheet.line(bent, ink(look, fill), look.line * 0.65, 0.1, 1.2, alpha=0.8)


def _wedge(course: Points, width: float) -> Points:
    t = curves.parameter(course)
    return curves.ribbon(course, width / 2 * curves.taper(t, 0.10, 0.9))


def seam(look: Look, sheet: Sheet, path: Path | Points, fill: Colour, weight: float = 0.8) -> None:
    """Draw a seam or the edge of an inner piece."""
    sheet.line(path, ink(look, fill), look.line * weight, 0.15, 0.2)


def stitches(look: Look, sheet: Sheet, course: Points, colour: Colour, step: float = 0.07) -> None:
    """Draw a dashed line of stitches along a course."""
    length = float(np.linalg.norm(np.diff(course, axis=0), axis=1).sum())
    count = max(int(length / step), 1)
    for i in range(count):
        sheet.stroke(curves.cut(course, i / count, (i + 0.55) / count), colour, look.line * 0.55)


def band(course: Points, begin: float, end: float) -> Points:
    """Give the strip between two distances to the right of a course (v down)."""
    across = curves.normals(course)
    return joined(course + across * begin, (course + across * end)[::-1])


def fall(sheet: Sheet, fill: Colour) -> None:
    """Darken cloth softly towards the ground, away from the light."""
    tone = dim(fill)
    stops = [(0.0, tone, 0.0), (0.5, tone, 0.10), (1.0, tone, 0.55)]
    box = [(-2.6, 1.0), (2.6, 1.0), (2.6, BOTTOM + 0.1), (-2.6, BOTTOM + 0.1)]
    sheet.shadow(box, linear((-0.5, 1.9), (0.1, 3.7), stops))


def even(curve: Points, count: int = 48) -> Points:
    """Give a curve by points at even distances."""
    t, at = curves.parameter(curve), np.linspace(0, 1, count)
    return np.column_stack([np.interp(at, t, curve[:, 0]), np.interp(at, t, curve[:, 1])])


def nape(wide: float, top: float, low: float = 1.64) -> Points:
    """Give the piece of a collar that stands behind the neck: an arch, for the layer behind."""
    rise = low - top
    half = [(wide, low), (wide * 0.86, top + 0.38 * rise), (wide * 0.46, top + 0.08 * rise)]
    left = [(-u, v) for u, v in half[::-1]]
    return curves.closed_spline([*half, (0.0, top), *left, (0.0, low + 0.28)])


def cast(sheet: Sheet, fill: Colour, drop: float = 0.0) -> None:
    """Lay the shadow of chin and hair on what lies round the neck."""
    edge = spline(
        [(-1.05, 1.30), (-0.80, 1.60), (-0.52, 1.66), (-0.30, 1.60), (0.02, 1.72), (0.34, 1.66),
         (0.62, 1.78), (0.92, 1.66), (1.12, 1.30)]
    )  # fmt: skip
    sheet.shadow(joined(curves.moved(edge, 0.0, drop), [(1.2, 0.9), (-1.2, 0.9)]), dim(fill))


def hang(sheet: Sheet, fill: Colour, waist: float = 0.80) -> None:
    """Lay the shades that run down both sides of a torso, under the arms."""
    fall(sheet, fill)
    right = spline(
        [
            (1.40, 2.20),
            (1.06, 2.44),
            (waist + 0.05, 2.80),
            (waist + 0.07, 3.3),
            (waist - 0.06, BOTTOM),
        ]
    )
    left = spline([(-1.35, 2.46), (-1.08, 2.64), (-waist - 0.16, 3.0), (-waist - 0.12, 3.5),
                   (-waist - 0.20, BOTTOM)])  # fmt: skip
    sheet.shadow(joined(right, [(1.6, BOTTOM), (1.6, 2.2)]), dim(fill))
    sheet.shadow(joined(left, [(-1.6, BOTTOM), (-1.6, 2.4)]), dim(fill))


def bust(look: Look, sheet: Sheet, fill: Colour) -> None:
    """Hint at a chest by a shade below it, on those who read as grown women."""
    body = look.design.body
    much = min(max((body.presentation - 0.6) / 0.3, 0.0), 1.0)
    if much == 0.0 or body.age < 0.3:
        return
    for side, wide in ((1.0, 0.075), (-1.0, 0.055)):
        course = sided(spline([(0.14, 3.02), (0.36, 3.10), (0.62, 3.07), (0.86, 2.90)]), side)
        swell = curves.taper(curves.parameter(course), 0.8, 0.6)[:, None] * (0.0, wide * much)
        sheet.shadow(joined(course, (course + swell)[::-1]), dim(fill))


# folds that most clothes share
ARMPIT: tuple[Fold, ...] = (
    ([(1.02, 2.62), (0.86, 2.76), (0.66, 2.80), (0.44, 2.74)], 0.10),
    ([(1.04, 2.80), (0.90, 3.00), (0.70, 3.12), (0.48, 3.14)], 0.12),
    ([(1.02, 3.06), (0.90, 3.28), (0.72, 3.42), (0.54, 3.46)], 0.11),
)
