"""Mature: a long low almond under a heavy lid, the iris smaller; grown up."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.14,
    height=0.72,
    inner=(-1.0, 0.44),
    outer=(1.02, -0.12),
    top=(-0.02, -0.94),
    bottom=(0.14, 0.90),
    rise=((-0.72, -0.16), (-0.44, -0.90)),
    fall=((0.44, -0.98), (0.80, -0.52)),
    under=((0.86, 0.30), (0.58, 0.90)),
    back=((-0.36, 0.90), (-0.72, 0.74)),
    tilt=0.035,
    iris=0.84,
    weight=1.12,
    wing=(0.165, -0.070),
    crease=0.120,
)
