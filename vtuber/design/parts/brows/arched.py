"""Arched: high in the outer third, then down to a fine tip; elegant."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SHAPE = BrowShape(
    arc=((-0.215, 0.046), (-0.04, -0.008), (0.145, -0.065), (0.315, 0.055)),
    weight=0.95,
    begin=0.35,
    end=0.95,
)
