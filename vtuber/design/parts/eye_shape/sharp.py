"""Sharp: a straight lid that climbs to a corner far outside; keen."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.10,
    height=0.80,
    inner=(-0.97, 0.46),
    outer=(1.02, -0.30),
    top=(0.42, -0.95),
    bottom=(0.10, 0.92),
    rise=((-0.70, -0.22), (-0.12, -0.82)),
    fall=((0.70, -1.02), (0.92, -0.80)),
    under=((0.94, 0.24), (0.66, 0.86)),
    back=((-0.30, 0.96), (-0.70, 0.78)),
    tilt=0.045,
    iris=0.90,
    weight=1.05,
    wing=(0.140, -0.060),
    crease=0.085,
)
