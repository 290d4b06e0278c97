"""Doll: long separate lashes fanned over the lid, and three below."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

SUITS = (0.6, 1.0)

ENDS = (0.42, 0.56, 0.69, 0.81, 0.93)
FAN = ((0.40, 0.040, 0.30), (0.54, 0.058, 0.42), (0.67, 0.074, 0.54), (0.79, 0.086, 0.68))


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the band and the fan of lashes out of it."""
    fan = [lash.spike(eye, place, length, sweep, 0.022) for place, length, sweep in FAN]
    lash.fill(eye, sheet, lash.band(eye, 0.92, 1.12), *fan)


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw the lid and its lashes."""
    lash.under(eye, sheet, 0.03, 0.72)
    for place, out, down in ((0.10, 0.070, 0.020), (0.19, 0.062, 0.040), (0.29, 0.046, 0.052)):
        lash.under_flick(eye, sheet, place, out, down)
