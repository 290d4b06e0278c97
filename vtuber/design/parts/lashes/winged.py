"""Winged: a band along the lid that swells outwards and ends in a wing."""

from __future__ import annotations

from vtuber.design import curves
from vtuber.design.canvas import Sheet, linear
from vtuber.design.colour import Colour
from vtuber.design.craft.eye import Eye
from vtuber.design.curves import bezier, cut, joined, spline


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the upper lash: a band along the lid with a wing."""
    lid = eye.upper
    edge = cut(lid - curves.normals(lid) * eye.swell()[:, None], 0.0, 0.86)
    ox, oy = eye.outer
    wing = (ox + 0.125, oy - 0.068)
    shape = joined(
        lid,
        bezier(
            (ox, oy), (ox - 0.004, oy + 0.02), (ox - 0.008, oy + 0.03), (ox - 0.010, oy + 0.045)
        )[1:],
        bezier((ox - 0.010, oy + 0.045), (ox + 0.03, oy + 0.02), (ox + 0.06, oy - 0.015), wing)[1:],
        bezier(wing, (ox + 0.06, oy - 0.075), (ox + 0.03, oy - 0.115), tuple(edge[-1]), 12)[1:],
        edge[::-1],
    )
    warm = eye.lash.mixed(Colour(0.45, 0.11, 20.0), 0.75)
    left, right = eye.at([(-eye.w, 0.0), (eye.w * 1.3, 0.0)])
    tone = linear(
        tuple(left), tuple(right),
        [(0.0, warm, 1.0), (0.30, eye.lash, 1.0), (0.80, eye.lash, 1.0), (1.0, warm, 1.0)],
    )  # fmt: skip
    sheet.fill(eye.at(shape), tone)


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw the lower lash: the outer part of the lid and one flick."""
    outer_part = cut(eye.lower, 0.03, 0.66)
    warm = eye.lash.mixed(Colour(0.45, 0.11, 20.0), 0.55)
    sheet.line(eye.at(outer_part), warm, 0.020, 0.5, 0.9)
    start = cut(eye.lower, 0.13, 0.16)[0]
    flick = spline(
        [
            tuple(start),
            (start[0] + 0.035, start[1] + 0.012),
            (start[0] + 0.06, start[1] + 0.008),
        ]
    )
    sheet.line(eye.at(flick), warm, 0.018, 0.1, 1.0)
