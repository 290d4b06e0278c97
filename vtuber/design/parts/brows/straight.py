"""Straight: level from end to end; calm, a little stern."""

from __future__ import annotations

from vtuber.design.craft.brow import BrowShape

SHAPE = BrowShape(
    arc=((-0.225, 0.020), (-0.06, 0.002), (0.12, -0.006), (0.285, 0.020)),
    weight=1.15,
    begin=0.16,
    end=0.55,
)
