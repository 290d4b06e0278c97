"""Droopy: the outer corner hangs, the lid falls away outwards; gentle."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.04,
    height=0.95,
    inner=(-0.93, 0.10),
    outer=(1.02, 0.36),
    top=(-0.10, -0.97),
    bottom=(0.16, 0.985),
    rise=((-0.86, -0.52), (-0.50, -0.97)),
    fall=((0.40, -0.97), (0.92, -0.46)),
    under=((0.96, 0.68), (0.66, 0.985)),
    back=((-0.34, 0.985), (-0.84, 0.62)),
    tilt=-0.015,
    wing=(0.135, -0.012),
)
