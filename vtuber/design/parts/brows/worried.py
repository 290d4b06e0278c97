"""Worried: inner ends up, outer ends down; kind and a little helpless."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

ODDS = 0.4  # of being rolled, beside a common style

SHAPE = BrowShape(
    arc=((-0.205, -0.035), (-0.06, -0.022), (0.11, 0.012), (0.265, 0.085)),
    weight=1.0,
    begin=0.30,
    end=0.72,
)
