"""Plain: one clean line along the lid, short at the corner, no single lashes."""

from __future__ import annotations

from vtuber.design.canvas import Sheet
from vtuber.design.craft import lash
from vtuber.design.craft.eye import Eye

ENDS = (0.93,)


def upper(eye: Eye, sheet: Sheet) -> None:
    """Draw a thinner band with a stub of a wing."""
    lash.fill(eye, sheet, lash.band(eye, 0.74, 0.50))


def lower(eye: Eye, sheet: Sheet) -> None:
    """Draw a short line at the outer corner."""
    lash.under(eye, sheet, 0.10, 0.50, 0.018)
