"""Lashes: the band along the upper lid with its wing, single lashes, and the line below."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Ink, Sheet, linear, union
from vtuber.design.craft.eye import WARM, Eye
from vtuber.design.curves import Point, Points, bezier, cut, joined, spline


def ink(eye: Eye) -> Ink:
    """Give the colour of the upper lash: warm where it thins out."""
    warm = eye.lash.mixed(WARM, 0.75)
    left, right = eye.at([(-eye.w, 0.0), (eye.w * 1.3, 0.0)]).tolist()
    stops = [(0.0, warm, 1.0), (0.28, eye.lash, 1.0), (0.82, eye.lash, 1.0), (1.0, warm, 1.0)]
    return linear((left[0], left[1]), (right[0], right[1]), stops)


def band(eye: Eye, weight: float = 1.0, wing: float = 1.0) -> Points:
    """Give the band along the lid: it swells outwards and ends in a wing."""
    lid, (ox, oy) = eye.upper, eye.outer
    mass = eye.swell() * weight
    edge = cut(lid - curves.normals(lid) * mass[:, None], 0.0, 0.86)
    long = wing * (1.0 - 0.45 * eye.man)
    tip = (ox + eye.shape.wing[0] * long, oy + eye.shape.wing[1] * long)
    low = (ox - 0.010, oy + 0.045 * (1.0 - 0.5 * eye.man))
    last: Point = (float(edge[-1, 0]), float(edge[-1, 1]))
    return joined(
        lid,
        bezier((ox, oy), (ox - 0.004, oy + 0.02), (ox - 0.008, oy + 0.03), low, 8)[1:],
        bezier(low, _between(low, tip, 0.35, -0.004), _between(low, tip, 0.7, 0.016), tip)[1:],
        bezier(tip, _between(tip, last, 0.35, 0.018), _between(tip, last, 0.75, -0.012), last)[1:],
        edge[::-1],
    )


def _between(a: Point, b: Point, t: float, drop: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + drop)


def spike(eye: Eye, place: float, length: float, lean: float, root: float = 0.05) -> Points:
    """Give one lash out of the upper band: `place` along the lid, `lean` outwards (W)."""
    lid = eye.upper
    i = round(place * (len(lid) - 1))
    t = curves.parameter(lid)
    i = int(np.abs(t - place).argmin())
    normal = -curves.normals(lid)[i]
    start = lid[i] + normal * eye.swell()[i] * 0.45
    reach = (length + eye.swell()[i] * 0.55) * (1.0 - 0.35 * eye.man)
    tip = start + normal * reach + np.array([lean, 0.0])
    bend = start + normal * reach * 0.55 + np.array([lean * 0.25, 0.0])
    curve = spline([_point(start), _point(bend), _point(tip)])
    thick = (1.0 - curves.parameter(curve)) ** 0.8 * root
    return curves.ribbon(curve, thick)


def _point(at: np.ndarray) -> Point:
    return (float(at[0]), float(at[1]))


def fill(eye: Eye, sheet: Sheet, *shapes: Points) -> None:
    """Fill the band and its lashes as one silhouette."""
    for outline in union(*(eye.at(shape) for shape in shapes)):
        sheet.fill(outline, ink(eye))


def under(
    eye: Eye, sheet: Sheet, begin: float = 0.03, end: float = 0.66, weight: float = 0.022
) -> None:
    """Draw the line of the lower lid, from the outer corner inwards."""
    warm = eye.lash.mixed(WARM, 0.55)
    thin = weight * (1.0 - 0.25 * eye.man)
    sheet.line(eye.at(cut(eye.lower, begin, end)), warm, thin, 0.5, 0.9)


def under_flick(eye: Eye, sheet: Sheet, place: float, out: float, down: float) -> None:
    """Draw one lash of the lower lid."""
    start = cut(eye.lower, place, place + 0.03)[0]
    short = 1.0 - 0.4 * eye.man
    out, down = out * short, down * short
    flick = spline(
        [_point(start), (start[0] + out * 0.55, start[1] + down * 0.8),
         (start[0] + out, start[1] + down)]
    )  # fmt: skip
    sheet.line(eye.at(flick), eye.lash.mixed(WARM, 0.55), 0.020, 0.1, 1.0)
