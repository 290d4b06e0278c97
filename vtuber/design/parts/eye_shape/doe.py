"""Doe: very wide and large, full below, an iris like a pool."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SUITS = (0.5, 1.0)

SHAPE = EyeShape(
    width=1.13,
    height=1.08,
    inner=(-0.95, 0.24),
    outer=(0.99, 0.06),
    top=(0.02, -0.98),
    bottom=(0.08, 0.985),
    rise=((-0.94, -0.50), (-0.56, -0.98)),
    fall=((0.62, -0.98), (0.98, -0.56)),
    under=((1.00, 0.62), (0.64, 0.985)),
    back=((-0.50, 0.985), (-0.92, 0.74)),
    tilt=0.005,
    iris=1.02,
    wing=(0.105, -0.055),
)
