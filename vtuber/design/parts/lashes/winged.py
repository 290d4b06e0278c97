"""Winged: a heavy band along the lid that ends in a wing, a small lash over it."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

SUITS = (0.5, 1.0)

ENDS = (0.66, 0.79, 0.92)  # where a closed lid has lashes


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw the band, its wing and the lash above."""
    lash.fill(eye, sheet, lash.band(eye), lash.spike(eye, 0.72, 0.086, 0.80))


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw the outer part of the lid and one flick."""
    lash.under(eye, sheet)
    lash.under_flick(eye, sheet, 0.12, 0.082, 0.014)
