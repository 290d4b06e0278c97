"""Doll: long separate lashes fanned over the lid, and three below."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

SUITS = (0.6, 1.0)

ENDS = (0.42, 0.56, 0.69, 0.81, 0.93)
FAN = ((0.36, 0.048, 0.30), (0.50, 0.074, 0.42), (0.64, 0.096, 0.54), (0.77, 0.112, 0.68))


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the band and the fan of lashes out of it."""
    fan = [lash.spike(eye, place, length, sweep, 0.026) for place, length, sweep in FAN]
    lash.fill(eye, sheet, lash.band(eye, 0.92, 1.12), *fan)


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw the lid and its lashes."""
    lash.under(eye, sheet, 0.03, 0.72)
    for place, out, down in ((0.09, 0.098, 0.022), (0.18, 0.086, 0.052), (0.28, 0.062, 0.070)):
        lash.under_flick(eye, sheet, place, out, down)
