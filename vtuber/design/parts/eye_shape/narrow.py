"""Narrow: long and low, the iris cut by both lids; cool."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SUITS = (0.0, 0.7)

SHAPE = EyeShape(
    width=1.14,
    height=0.60,
    inner=(-0.98, 0.46),
    outer=(1.02, -0.16),
    top=(0.16, -0.94),
    bottom=(0.08, 0.92),
    rise=((-0.70, -0.30), (-0.30, -0.90)),
    fall=((0.60, -0.97), (0.90, -0.66)),
    under=((0.92, 0.36), (0.60, 0.92)),
    back=((-0.36, 0.92), (-0.74, 0.74)),
    tilt=0.030,
    iris=0.80,
    wing=(0.140, -0.045),
    crease=0.090,
)
