"""Arched: high in the outer third, then down to a fine tip; elegant."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SHAPE = BrowShape(
    arc=((-0.215, 0.026), (-0.04, -0.018), (0.145, -0.056), (0.315, 0.055)),
    weight=0.95,
    begin=0.35,
    end=0.95,
)
