"""Irises: the ball with its depth, the pupil, the shade under the lid and the rim.

A style draws `ball`, then its figure, then `finish`; all of it inside the disc.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.craft.eye import Eye
from vtuber.design.curves import Point, Points, joined, spline


@dataclass(frozen=True, slots=True)
class Iris:
    """One iris while it is drawn: its disc and its tones from dark (above) to light (below)."""

    centre: Point
    rx: float
    ry: float
    tone: Colour
    ink: Colour  # pupil and rim
    dark: Colour
    low: Colour

    @property
    def disc(self) -> Points:
        return self.ring(1.0)

    def ring(self, share: float, begin_deg: float = 0.0, end_deg: float = 360.0) -> Points:
        """Give an ellipse around the middle, a share of the disc."""
        return curves.ellipse(self.centre, self.rx * share, self.ry * share, begin_deg, end_deg)

    def at(self, points: Points | list[Point]) -> Points:
        """Place points of the unit disc."""
        return np.asarray(np.array(points, float) * (self.rx, self.ry) + self.centre)


def measure(eye: Eye) -> Iris:
    """Work out an iris and its tones."""
    centre, rx, ry = eye.iris
    tone = eye.colour
    pale = 0.35 * max(tone.lightness - 0.68, 0.0)  # a pale one parts from the white by its rim
    # a dark iris lives by the light in its lower half: a longer way up, and colour in it
    deep = min(max((0.58 - tone.lightness) / 0.22, 0.0), 1.0)
    lively = max(tone.chroma * 0.95, min(0.085, tone.chroma * 2.2) * deep)
    turn = 30.0 - 26.0 * max(1.0 - abs(tone.hue_deg - 95.0) / 36.0, 0.0)  # gold, not lime
    return Iris(
        centre,
        rx,
        ry,
        tone,
        ink=Colour(min(0.24, tone.lightness * 0.45), 0.06, tone.hue_deg - 40),
        dark=Colour(
            tone.lightness * (0.50 - pale),
            tone.chroma * 0.90,
            tone.hue_deg - 26,
        ),
        low=Colour(min(tone.lightness + 0.24 + 0.10 * deep, 0.92), lively, tone.hue_deg + turn),
    )


def ball(iris: Iris, sheet: Sheet, glow: float = 1.0) -> None:
    """Fill the disc: dark above, bright below, and a soft bowl of light at the bottom."""
    u, v = iris.centre
    body = [(0.04, iris.dark, 1.0), (0.46, iris.tone, 1.0), (0.96, iris.low, 1.0)]
    sheet.fill(iris.disc, linear((u, v - iris.ry), (u, v + iris.ry), body))
    low = (u, v + iris.ry * 0.66)
    bright = iris.low.light(0.9)
    stops = [(0.0, bright, 0.95 * glow), (0.55, bright, 0.35 * glow), (1.0, iris.low, 0.0)]
    reach = iris.rx * 0.86
    with sheet.clip(iris.disc):
        sheet.fill(curves.ellipse(low, reach, iris.ry * 0.55), radial(low, reach, stops, 0.70))


def pupil(iris: Iris, sheet: Sheet, shape: Points) -> None:
    """Fill a pupil and let a little of the iris shine into its foot."""
    sheet.fill(shape, iris.ink)
    low, high = float(shape[:, 1].min()), float(shape[:, 1].max())
    middle = float(shape[:, 0].mean())
    size = high - low
    with sheet.clip(shape):
        foot = curves.ellipse((middle, high - size * 0.22), size * 0.30, size * 0.24)
        sheet.fill(foot, iris.dark.mixed(iris.tone, 0.35), 0.6)


def finish(iris: Iris, sheet: Sheet, shade: float = 0.62) -> None:
    """Lay the shade of the lid over the upper half and close with the rim."""
    u, v = iris.centre
    rx, ry = iris.rx, iris.ry
    with sheet.clip(iris.disc):
        lid = joined(
            curves.ellipse((u, v), rx * 1.2, ry * 1.2, 180, 360),
            spline([(u + rx * 1.2, v - ry * 0.18), (u, v - ry * 0.36),
                    (u - rx * 1.2, v - ry * 0.18)]),
        )  # fmt: skip
        tone = iris.ink.mixed(iris.dark, 0.35)
        stops = [(0.0, tone, shade + 0.3), (1.0, tone, shade * 0.55)]
        sheet.fill(lid, linear((u, v - ry), (u, v - ry * 0.25), stops))
    rim = [(0.0, iris.ink, 1.0), (0.5, iris.dark, 1.0), (1.0, iris.dark.mixed(iris.tone, 0.5), 1.0)]
    width = 0.024
    edge = curves.ellipse((u, v), rx - width / 2, ry - width / 2)
    sheet.stroke(edge, linear((u, v - ry), (u, v + ry), rim), width, closed=True)
