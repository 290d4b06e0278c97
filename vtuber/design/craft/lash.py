"""Lashes: the band along the upper lid with its wing, single lashes, and the line below."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Ink, Sheet, linear, union
from vtuber.design.craft.eye import Eye
from vtuber.design.curves import Point, Points, bezier, cut, joined, spline


def ink(eye: Eye) -> Ink:
    """Give the colour of the upper lash: warm where it thins out."""
    warm = eye.lash.mixed(eye.warm, 0.75)
    left, right = eye.at([(-eye.w, 0.0), (eye.w * 1.3, 0.0)]).tolist()
    stops = [(0.0, warm, 1.0), (0.28, eye.lash, 1.0), (0.82, eye.lash, 1.0), (1.0, warm, 1.0)]
    return linear((left[0], left[1]), (right[0], right[1]), stops)


def band(eye: Eye, weight: float = 1.0, wing: float = 1.0) -> Points:
    """Give the band along the lid: it swells outwards and ends in a wing."""
    lid, (ox, oy) = eye.upper, eye.outer
    mass = eye.swell() * weight
    edge = cut(lid - curves.normals(lid) * mass[:, None], 0.0, 0.84)
    long = wing * (1.0 - 0.45 * eye.man)
    tip = (ox + eye.shape.wing[0] * long, oy + eye.shape.wing[1] * long)
    low = (ox - 0.008, oy + 0.040 * (1.0 - 0.5 * eye.man))
    last = _point(edge[-1])
    flow = (edge[-1] - edge[-4]) / np.linalg.norm(edge[-1] - edge[-4])
    reach = 0.45 * float(np.linalg.norm(np.array(tip) - edge[-1]))
    lead = _point(edge[-1] + flow * reach)
    return joined(
        lid,
        bezier((ox, oy), (ox - 0.002, oy + 0.02), (ox - 0.004, oy + 0.03), low, 8)[1:],
        bezier(low, _between(low, tip, 0.30, 0.004), _between(low, tip, 0.7, 0.020), tip)[1:],
        bezier(tip, _between(tip, lead, 0.45, 0.022), lead, last)[1:],
        edge[::-1],
    )


def _between(a: Point, b: Point, t: float, drop: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t + drop)


def spike(eye: Eye, place: float, length: float, sweep: float, root: float = 0.030) -> Points:
    """Give one lash out of the upper band: `place` along the lid; `sweep` 0 stands up, 1 lies."""
    lid, mass = eye.upper, eye.swell()
    root = root * (1.0 - 0.45 * eye.man)
    i = int(np.abs(curves.parameter(lid) - place).argmin())
    normal = -curves.normals(lid)[i]
    along = np.array([-normal[1], normal[0]])
    start = lid[i] + normal * mass[i] * 0.50 - along * root * 0.6
    reach = (length + mass[i] * 0.55) * (1.0 - 0.40 * eye.man)
    tip = start + (normal * (1.0 - 0.72 * sweep) + along * (0.25 + sweep)) * reach
    bend = start + (normal * 0.30 + along * (0.35 + 0.45 * sweep)) * reach
    curve = bezier(_point(start), _point((start + bend) / 2), _point(bend), _point(tip))
    return curves.ribbon(curve, (1.0 - curves.parameter(curve)) ** 0.85 * root)


def _point(at: np.ndarray) -> Point:
    return (float(at[0]), float(at[1]))


def fill(eye: Eye, sheet: Sheet, *shapes: Points) -> None:
    """Fill the band and its lashes as one silhouette."""
    for outline in union(*(eye.at(shape) for shape in shapes)):
        sheet.fill(outline, ink(eye), eye.alpha)


def under(
    eye: Eye, sheet: Sheet, begin: float = 0.03, end: float = 0.66, weight: float = 0.022
) -> None:
    """Draw the line of the lower lid, from the outer corner inwards."""
    warm = eye.lash.mixed(eye.warm, 0.55)
    thin = weight * (1.0 - 0.25 * eye.man)
    # a breath of a line along the whole lid: it ends an iris that a squint cuts
    sheet.line(eye.at(cut(eye.lower, begin, 0.97)), warm, 0.011, 0.4, 0.9, alpha=0.55)
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
    sheet.line(eye.at(flick), eye.lash.mixed(eye.warm, 0.55), 0.024, 0.08, 1.0)
