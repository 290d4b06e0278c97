"""Square: a strong jaw with corners and a broad flat chin."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SHAPE = FaceShape(
    jaw=1.23, cheek=0.985, cheek_low=0.925, side=0.835, corner=0.225, chin=0.56, point=0.002,
    length=0.02,
)  # fmt: skip
