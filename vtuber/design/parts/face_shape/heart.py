"""Heart: broad cheekbones that run to a small chin."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SUITS = (0.5, 1.0)

SHAPE = FaceShape(
    jaw=0.82, cheek=1.0, cheek_low=0.945, side=0.745, corner=0.205, chin=0.44, point=0.012
)
