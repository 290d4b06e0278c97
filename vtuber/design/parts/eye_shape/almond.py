"""Almond: pointed at both corners, calm, a little lifted outside."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.10,
    height=0.88,
    inner=(-1.0, 0.30),
    outer=(1.0, -0.14),
    top=(0.06, -0.95),
    bottom=(0.06, 0.93),
    rise=((-0.74, -0.22), (-0.46, -0.95)),
    fall=((0.52, -0.95), (0.82, -0.62)),
    under=((0.88, 0.42), (0.56, 0.93)),
    back=((-0.42, 0.93), (-0.74, 0.66)),
    tilt=0.03,
    iris=0.92,
    wing=(0.135, -0.075),
)
