"""Square: a strong jaw with corners and a broad flat chin."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SUITS = (0.0, 0.5)

SHAPE = FaceShape(
    jaw=1.17, cheek=0.985, cheek_low=0.915, side=0.800, corner=0.215, chin=0.60, point=0.002,
    length=0.02,
)  # fmt: skip
