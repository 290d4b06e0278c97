"""Flicks: a band that breaks into three short strokes at the outer end, no wing."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

SUITS = (0.4, 1.0)

ENDS = (0.74, 0.88)
STROKES = ((0.66, 0.062, 0.70), (0.80, 0.080, 0.85))


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the band and the strokes at its end."""
    strokes = [lash.spike(eye, place, length, sweep, 0.034) for place, length, sweep in STROKES]
    lash.fill(eye, sheet, lash.band(eye, 0.86, 0.70), *strokes)


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw a light line below."""
    lash.under(eye, sheet, 0.05, 0.58, 0.019)
    lash.under_flick(eye, sheet, 0.16, 0.050, 0.022)
