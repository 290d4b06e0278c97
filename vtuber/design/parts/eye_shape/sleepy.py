"""Sleepy: a level lid half down over a large iris, a deep fold above."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.10,
    height=0.94,
    inner=(-0.96, 0.10),
    outer=(1.02, 0.12),
    top=(0.04, -0.44),
    bottom=(0.08, 0.985),
    rise=((-0.80, -0.36), (-0.46, -0.45)),
    fall=((0.52, -0.45), (0.88, -0.28)),
    under=((0.98, 0.56), (0.64, 0.985)),
    back=((-0.44, 0.985), (-0.86, 0.66)),
    tilt=-0.005,
    iris=0.94,
    iris_v=0.05,
    weight=1.05,
    wing=(0.130, 0.000),
    crease=0.135,
)
