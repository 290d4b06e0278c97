"""Angled: rises steeply from the nose and breaks; bold."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SHAPE = BrowShape(
    arc=((-0.230, 0.095), (-0.05, 0.030), (0.155, -0.055), (0.215, -0.040), (0.300, 0.035)),
    weight=1.22,
    begin=0.20,
    end=0.80,
)
