"""Rays: dark above, bright below, fine streaks around the pupil and a glow at the bottom."""

from __future__ import annotations

import numpy as np

from vtuber.design import curves
from vtuber.design.canvas import Sheet, linear, radial
from vtuber.design.colour import Colour
from vtuber.design.craft.eye import Eye
from vtuber.design.curves import joined, spline


def draw(eye: Eye, sheet: Sheet) -> None:
    """Draw the whole iris; the eye white cuts it."""
    (u, v), rx, ry = eye.iris
    tone = eye.colour
    disc = curves.ellipse((u, v), rx, ry)
    dark = Colour(tone.lightness * 0.42, tone.chroma * 0.85, tone.hue_deg - 28)
    low = Colour(min(tone.lightness + 0.23, 0.94), tone.chroma * 0.95, tone.hue_deg + 32)
    body = [(0.05, dark, 1.0), (0.52, tone, 1.0), (0.98, low, 1.0)]
    sheet.fill(disc, linear((0, v - ry), (0, v + ry), body))
    ink = Colour(0.24, 0.06, tone.hue_deg - 40)
    with sheet.clip(disc):
        for i in range(26):
            angle = 2 * np.pi * (i + 0.5) / 26
            ray = np.array([np.cos(angle) * rx, np.sin(angle) * ry])
            reach = 0.93 if i % 2 else 0.80
            streak = np.linspace((u, v) + ray * 0.42, (u, v) + ray * reach, 8)
            sheet.line(streak, low, 0.011, alpha=0.42)
        glow = (u, v + ry * 0.62)
        lit = radial(glow, rx * 0.62, [(0.0, low.light(0.9), 0.95), (1.0, low, 0.0)], 0.75)
        sheet.fill(curves.ellipse(glow, rx * 0.62, ry * 0.34), lit)
        sheet.fill(curves.ellipse((u, v + ry * 0.02), rx * 0.40, ry * 0.40), ink)
        below = curves.ellipse((u, v + ry * 0.14), rx * 0.26, ry * 0.20)
        sheet.fill(below, dark.mixed(tone, 0.25), 0.5)
        lid = joined(
            curves.ellipse((u, v), rx * 1.2, ry * 1.2, 180, 360),
            spline([(u + rx * 1.2, v - ry * 0.30), (u, v - ry * 0.42),
                    (u - rx * 1.2, v - ry * 0.30)]),
        )  # fmt: skip
        sheet.fill(lid, ink.mixed(dark, 0.3), 0.55)
    rim = [(0.0, ink, 1.0), (0.45, dark, 1.0), (1.0, dark.mixed(tone, 0.55), 1.0)]
    edge = curves.ellipse((u, v), rx - 0.009, ry - 0.009)
    sheet.stroke(edge, linear((0, v - ry), (0, v + ry), rim), 0.019, closed=True)
