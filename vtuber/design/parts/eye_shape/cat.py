"""Cat: the outer corner drawn far up, the inner one down; sly."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.10,
    height=0.92,
    inner=(-0.98, 0.58),
    outer=(1.03, -0.44),
    top=(0.20, -0.98),
    bottom=(0.10, 0.92),
    rise=((-0.78, -0.12), (-0.36, -0.86)),
    fall=((0.56, -1.05), (0.88, -0.84)),
    under=((0.98, 0.14), (0.66, 0.92)),
    back=((-0.36, 0.92), (-0.72, 0.86)),
    tilt=0.055,
    iris=0.92,
    weight=1.05,
    wing=(0.150, -0.115),
)
