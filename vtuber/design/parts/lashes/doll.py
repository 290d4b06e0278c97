"""Doll: long separate lashes fanned over the lid, and three below."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

ENDS = (0.42, 0.56, 0.69, 0.81, 0.93)
FAN = ((0.50, 0.050, 0.020), (0.62, 0.068, 0.036), (0.73, 0.082, 0.054), (0.84, 0.090, 0.074))


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the band and the fan of lashes out of it."""
    fan = [lash.spike(eye, place, length, lean, 0.026) for place, length, lean in FAN]
    lash.fill(eye, sheet, lash.band(eye, 0.92, 1.12), *fan)


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw the lid and its lashes."""
    lash.under(eye, sheet, 0.03, 0.72)
    for place, out, down in ((0.12, 0.060, 0.026), (0.21, 0.046, 0.042), (0.31, 0.030, 0.050)):
        lash.under_flick(eye, sheet, place, out, down)
