"""Dots: short round brows high on the forehead (maro), as at an old court."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

ODDS = 0.3  # of being rolled, beside a common style

SHAPE = BrowShape(
    arc=((-0.120, 0.010), (-0.04, -0.028), (0.05, -0.030), (0.125, 0.000)),
    weight=2.0,
    begin=0.34,
    end=0.34,
)
