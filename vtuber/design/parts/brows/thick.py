"""Thick: heavy, bristling at the inner end; strong-willed."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SUITS = (0.0, 0.7)

ODDS = 0.6  # of being rolled, beside a common style

SHAPE = BrowShape(
    arc=((-0.225, 0.045), (-0.06, -0.005), (0.12, -0.022), (0.290, 0.055)),
    weight=1.85,
    begin=0.16,
    end=0.62,
    hairs=True,
)
