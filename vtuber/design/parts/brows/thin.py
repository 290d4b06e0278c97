"""Thin: a fine long line; delicate."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SUITS = (0.5, 1.0)

SHAPE = BrowShape(
    arc=((-0.215, 0.030), (-0.06, -0.028), (0.11, -0.030), (0.300, 0.070)),
    weight=0.66,
    begin=0.42,
    end=0.70,
)
