"""Fox: a slender slanted slit, the lower lid pushed up as if amused."""

from __future__ import annotations

from vtuber.design.craft.opening import EyeShape

SHAPE = EyeShape(
    width=1.18,
    height=0.62,
    inner=(-0.98, 0.72),
    outer=(1.02, -0.56),
    top=(0.18, -0.96),
    bottom=(0.20, 0.70),
    rise=((-0.74, 0.06), (-0.36, -0.84)),
    fall=((0.56, -1.06), (0.86, -0.90)),
    under=((0.88, 0.02), (0.58, 0.60)),
    back=((-0.22, 0.82), (-0.66, 0.72)),
    tilt=0.050,
    iris=0.78,
    wing=(0.150, -0.100),
    crease=0.080,
)
