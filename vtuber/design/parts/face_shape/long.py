"""Long: slim, straight cheeks down to a longer jaw."""

from __future__ import annotations

from vtuber.design.craft.head import FaceShape

SHAPE = FaceShape(
    jaw=1.02, cheek=0.965, cheek_low=0.875, side=0.735, corner=0.225, chin=0.52, length=0.085
)
